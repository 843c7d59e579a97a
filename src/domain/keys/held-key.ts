/** What a key is for: ours first, then those that others gave us and a person confirmed. */
export const keyPurposes = [
  'openpgp',
  'sftp',
  'pickup',
  'log',
  'workspace',
  'credential',
  'keyed-hash',
  'recipient',
  'officer',
  'sender',
] as const;

export type KeyPurpose = (typeof keyPurposes)[number];

/** What is done with a key, here or by its holder. */
export type KeyUse =
  | 'sign'
  | 'decrypt'
  | 'log-in'
  | 'show'
  | 'sign-checkpoints'
  | 'wrap'
  | 'open'
  | 'hash'
  | 'encrypt'
  | 'verify';

/**
 * `next`: partners may enter it, and it is not used yet. `retiring`: still opens or logs in, and makes nothing new.
 * `destroyed`: nobody has it any more.
 */
export type KeyState = 'next' | 'in-use' | 'retiring' | 'retired' | 'destroyed';

/** One key of the inventory that PCI DSS v4.0.1 req. 3.6.1.1 and 4.2.1.1 ask for. */
export interface HeldKey {
  readonly purpose: KeyPurpose;
  /** Which one: an incident or a partner's id; of our own keys, the workspace's id. */
  readonly id: string;
  /** OpenPGP fingerprint, `SHA256:…` of an SSH key, verifier key of the log; absent for keys that have no public half. */
  readonly fingerprint?: string;
  /** `RSA-4096`, `Ed25519`, `AES-256-CMAC`; empty when a certificate could not be read. */
  readonly algorithm: string;
  /** Security strength in bits; absent where the table of `strengthOf` does not know the algorithm. */
  readonly strengthBits?: number;
  readonly createdAt?: Date;
  readonly expiresAt?: Date;
  readonly uses: readonly KeyUse[];
  /** Who answers for it, as `[keys]` says; a partner answers for their own. */
  readonly custodian?: string;
  /** When the cryptoperiod that `[keys]` sets is over. */
  readonly periodEndsAt?: Date;
  readonly state: KeyState;
  /** Fault code of what is wrong with it now. */
  readonly problem?: string;
}

/**
 * Security strength of an algorithm name as certificates tell it; of `A/B` the weaker one. Undefined for a name that is
 * not in the table. Source: NIST SP 800-57 Part 1 rev. 5, tables 2 and 3.
 */
export function strengthOf(algorithm: string): number | undefined {
  const strengths = algorithm.split('/').map(oneStrength);
  return strengths.includes(undefined) ? undefined : Math.min(...(strengths as number[]));
}

function oneStrength(name: string): number | undefined {
  const rsa = /^RSA-(\d+)$/.exec(name);
  if (rsa !== null) return rsaStrengths.find(({ from }) => Number(rsa[1]) >= from)?.bits;
  return strengths.get(name);
}

const rsaStrengths = [
  { from: 15_360, bits: 256 },
  { from: 7_680, bits: 192 },
  { from: 3_072, bits: 128 },
  { from: 2_048, bits: 112 },
];

const strengths: ReadonlyMap<string, number> = new Map([
  ['Ed25519', 128],
  ['X25519', 128],
  ['Ed448', 224],
  ['X448', 224],
  ['ECDSA-nistP256', 128],
  ['ECDH-nistP256', 128],
  ['ECDSA-nistP384', 192],
  ['ECDH-nistP384', 192],
  ['ECDSA-nistP521', 256],
  ['ECDH-nistP521', 256],
  ['AES-256-GCM', 256],
  ['AES-256-CMAC', 256],
]);
