import type { AlgorithmInfo, Key, PublicKey, Subkey } from 'openpgp';
import type { Certificate, InspectRequest, Weakness } from '../../exchange/keys/certificates.ts';
import { OpenpgpFault } from './errors.ts';
import { frozenConfig, judgingConfig, RSA_BITS } from './frozen-config.ts';
import { algorithmName, normalFingerprint, shownUserId } from './key-names.ts';
import { chosenKey, refuseUnusable } from './key-validity.ts';
import { readOneKey } from './read-one-key.ts';

/** A certificate that passed, as facts and as the library's object. */
export interface ExaminedCertificate {
  readonly certificate: Certificate;
  readonly key: PublicKey;
  /** Configuration with this certificate's allowed weaknesses, for the calls that use it. */
  readonly relaxations: { readonly minRSABits: number; readonly allowSha1Bindings: boolean };
}

const SEIPD_V1 = 0x01;
const SEIPD_V2 = 0x08;

/**
 * Reads a certificate and judges it. The order is fixed, so that the first code names the first thing to ask for:
 * what the file is, whose it is, whether it is still good, whether it can do what is wanted, how strong it is.
 */
export async function examineCertificate(
  bytes: Uint8Array,
  request: InspectRequest,
): Promise<ExaminedCertificate> {
  const judging = judgingConfig();
  const key = await readOneKey(bytes, judging);
  const fingerprint = normalFingerprint(key.getFingerprint());
  if (key.isPrivate()) {
    throw new OpenpgpFault('certificate-private', { fingerprint });
  }
  const expected = normalFingerprint(request.fingerprint);
  if (fingerprint !== expected) {
    throw new OpenpgpFault('certificate-fingerprint-mismatch', { expected, found: fingerprint });
  }
  // Before the signatures are looked at: the library cannot even check those of some algorithms we refuse.
  refuseWeak(key, fingerprint);
  await refuseUnusable(key, request.at);
  const chosen = await chosenKey(key, request.purpose, request.at);
  const weaknesses = await weaknessesOf(key, chosen, request);
  if (request.purpose === 'encrypt') {
    await refuseWithoutSeipd1(key, request.at);
  }
  const certificate = await factsOf(key, chosen, request, weaknesses);
  return {
    certificate,
    key: key.toPublic(),
    relaxations: {
      minRSABits: weaknesses.includes('rsa-2048') ? RSA_BITS.excepted : RSA_BITS.usual,
      allowSha1Bindings: weaknesses.includes('sha1-self-signature'),
    },
  };
}

async function weaknessesOf(
  key: Key,
  chosen: Key | Subkey,
  request: InspectRequest,
): Promise<Weakness[]> {
  const found: Weakness[] = [];
  const fingerprint = normalFingerprint(key.getFingerprint());
  refuseWeak(chosen, fingerprint);
  const short = [key, chosen].map((part) => part.getAlgorithmInfo()).find(isShortRsa);
  if (short !== undefined) {
    const facts = { fingerprint, algorithm: algorithmName(short) };
    allowOrRefuse('rsa-2048', 'certificate-rsa-short', facts, request);
    found.push('rsa-2048');
  }
  if (!(await holdsUnder(key, chosen, request, false))) {
    if (!(await holdsUnder(key, chosen, request, true))) {
      throw new OpenpgpFault('certificate-weak', { fingerprint, algorithm: 'self-signature' });
    }
    allowOrRefuse('sha1-self-signature', 'certificate-sha1', { fingerprint }, request);
    found.push('sha1-self-signature');
  }
  return found;
}

/** Algorithms nobody can record an exception for. Throws `certificate-weak`. */
function refuseWeak(part: Key | Subkey, fingerprint: string): void {
  const info = part.getAlgorithmInfo();
  const isRefused =
    info.algorithm === 'dsa' || info.algorithm === 'elgamal' || info.curve === 'secp256k1';
  const isTooShort = isShortRsa(info) && (info.bits ?? 0) < RSA_BITS.excepted;
  if (isRefused || isTooShort) {
    throw new OpenpgpFault('certificate-weak', { fingerprint, algorithm: algorithmName(info) });
  }
}

function isShortRsa({ algorithm, bits }: AlgorithmInfo): boolean {
  return algorithm.startsWith('rsa') && (bits ?? 0) < RSA_BITS.usual;
}

function allowOrRefuse(
  weakness: Weakness,
  code: 'certificate-rsa-short' | 'certificate-sha1',
  facts: Readonly<Record<string, string>>,
  request: InspectRequest,
): void {
  if (!request.allow.includes(weakness)) {
    throw new OpenpgpFault(code, { ...facts, weakness });
  }
}

/** Whether the library itself would use this key with SHA-1 bindings rejected or allowed. */
async function holdsUnder(
  key: Key,
  chosen: Key | Subkey,
  { purpose, at }: InspectRequest,
  allowSha1Bindings: boolean,
): Promise<boolean> {
  const config = frozenConfig({ minRSABits: RSA_BITS.excepted, allowSha1Bindings });
  try {
    await (purpose === 'encrypt'
      ? key.getEncryptionKey(chosen.getKeyID(), at, undefined, config)
      : key.getSigningKey(chosen.getKeyID(), at, undefined, config));
    return true;
  } catch {
    return false;
  }
}

/**
 * We always write integrity-protected data of version 1, which every OpenPGP program of the last twenty years reads.
 * A certificate that announces version 2 besides is fine; one that announces only version 2 is not for us.
 */
async function refuseWithoutSeipd1(key: Key, at: Date): Promise<void> {
  const { selfCertification } = await key.getPrimaryUser(at, undefined, judgingConfig());
  const features = selfCertification.features?.[0] ?? SEIPD_V1;
  if ((features & SEIPD_V2) !== 0 && (features & SEIPD_V1) === 0) {
    const fingerprint = normalFingerprint(key.getFingerprint());
    throw new OpenpgpFault('certificate-needs-rfc9580', { fingerprint });
  }
}

async function factsOf(
  key: Key,
  chosen: Key | Subkey,
  { purpose, at }: InspectRequest,
  weaknesses: readonly Weakness[],
): Promise<Certificate> {
  const config = judgingConfig();
  const ends = [await key.getExpirationTime(undefined, config)];
  if (chosen !== key && 'bindingSignatures' in chosen) {
    ends.push(await chosen.getExpirationTime(at, config));
  }
  const [primaryEnd, ...rest] = ends.map((end) => (end instanceof Date ? end : undefined));
  const chosenEnd = rest[0] ?? primaryEnd;
  const primaryName = algorithmName(key.getAlgorithmInfo());
  const chosenName = algorithmName(chosen.getAlgorithmInfo());
  return {
    fingerprint: normalFingerprint(key.getFingerprint()),
    userIds: key.getUserIDs().map(shownUserId),
    algorithm: primaryName === chosenName ? primaryName : `${primaryName}/${chosenName}`,
    createdAt: key.getCreationTime(),
    expiresAt: earlier(primaryEnd, chosenEnd),
    encryptionSubkey:
      purpose === 'encrypt'
        ? {
            fingerprint: normalFingerprint(chosen.getFingerprint()),
            keyId: normalFingerprint(chosen.getKeyID().toHex()),
            algorithm: chosenName,
            expiresAt: chosenEnd,
          }
        : undefined,
    weaknesses,
    armored: key.armor(config),
  };
}

function earlier(first: Date | undefined, second: Date | undefined): Date | undefined {
  if (first === undefined || second === undefined) {
    return first ?? second;
  }
  return first < second ? first : second;
}
