import type { AlgorithmInfo } from 'openpgp';

const names: Readonly<Record<string, string>> = {
  elgamal: 'ElGamal',
  dsa: 'DSA',
  ecdh: 'ECDH',
  ecdsa: 'ECDSA',
  eddsaLegacy: 'Ed25519',
  ed25519: 'Ed25519',
  x25519: 'X25519',
  ed448: 'Ed448',
  x448: 'X448',
};

/** An algorithm as people write it: `RSA-4096`, `Ed25519`, `X25519`, `ECDH-nistP256`. */
export function algorithmName(info: AlgorithmInfo): string {
  const { algorithm, bits, curve } = info;
  if (algorithm.startsWith('rsa')) {
    return `RSA-${bits ?? 0}`;
  }
  if (curve === 'curve25519Legacy') {
    return 'X25519';
  }
  const name = names[algorithm] ?? algorithm;
  if (bits !== undefined) {
    return `${name}-${bits}`;
  }
  return curve === undefined || curve === 'ed25519Legacy' ? name : `${name}-${curve}`;
}

/** A fingerprint or key id as we write it everywhere: upper-case hex without spaces. */
export function normalFingerprint(text: string): string {
  return text.replace(/[\s:]/g, '').replace(/^0x/i, '').toUpperCase();
}

/** A user id for people: control and formatting characters, which could rearrange what is shown, are replaced. */
export function shownUserId(userId: string): string {
  return userId.slice(0, 200).replace(/\p{C}/gu, '\u{fffd}');
}
