import type { ActRecord } from '../acts/act-record.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** Keys of ours that another may follow. */
export type OwnKeyPurpose = PartnerKeyPurpose | 'log';

/** Those of them that recipients know. */
export type PartnerKeyPurpose = 'openpgp' | 'sftp';

/** One of our keys, as the database knows it. */
export interface OwnKey {
  /** 1 for the one that `init` made. */
  readonly number: number;
  /** As partners are told it: as gpg or as OpenSSH prints it; of the log the whole verifier key. */
  readonly fingerprint: string;
  readonly state: 'in-use' | 'retiring' | 'retired';
  /** Undefined for the one of `init`. */
  readonly madeAt: Date | undefined;
}

/** A key that is about to be used. */
export interface NextOwnKey {
  readonly number: number;
  readonly fingerprint: string;
  readonly madeAt: Date;
}

/** Which of our keys are used. The files hold keys; which of them counts is told here alone. */
export interface OwnKeys {
  /** By number. Empty until a key follows the one of `init`. */
  list(purpose: OwnKeyPurpose): Promise<readonly OwnKey[]>;
  /**
   * Puts a key in use; the one that was, `before`, retires. With the leaf, in one transaction. Throws KeyLifeFault
   * `key-still-retiring`, and `key-retired` where `before` was replaced and retired meanwhile.
   */
  rotate(
    purpose: OwnKeyPurpose,
    before: Pick<OwnKey, 'number' | 'fingerprint'>,
    next: NextOwnKey,
    act: ActRecord,
  ): Promise<void>;
  /** Throws KeyLifeFault `key-not-retiring`. */
  retire(purpose: OwnKeyPurpose, number: number, act: ActRecord): Promise<void>;
}

export type SftpKeyKind = 'ed25519' | 'rsa-3072';

/** Keys as files. A file that no row names is nobody's key. */
export interface SftpKeyFiles {
  /** Makes a key pair and stores it wrapped, under this number or, where a file has it already, the next one that is free. */
  make(number: number, kind: SftpKeyKind): Promise<Pick<OwnKey, 'number' | 'fingerprint'>>;
  /** Removes the private half; does nothing where there is none. */
  remove(number: number): Promise<boolean>;
}

/** The key that counts: its number is 1 until another follows. */
export function currentNumber(keys: readonly OwnKey[]): number {
  return keys.find(({ state }) => state === 'in-use')?.number ?? 1;
}

/** Every OpenPGP key of ours that there was, the one in use first, then those that it followed, newest first. */
export async function ourOpenpgpKeys(ports: {
  readonly facts: Pick<WorkspaceFacts, 'signer'>;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
}): Promise<readonly OwnKey[]> {
  const known = await ports.ownKeys.list('openpgp');
  if (known.length > 0) return known.toReversed();
  const { signer: fingerprint } = ports.facts;
  return [{ number: 1, fingerprint, state: 'in-use', madeAt: undefined }];
}

/** A private key of ours: its file, and which key has to be in it. */
export interface OurKeyFile {
  readonly path: string;
  readonly fingerprint: string;
}

/** The files of the OpenPGP keys that may be used: the one that signs in front, then the retiring one, which only opens. */
export async function openpgpKeyFiles(
  ports: Parameters<typeof ourOpenpgpKeys>[0] & {
    readonly folder: { openpgpKeyPath(number: number): string };
  },
): Promise<readonly OurKeyFile[]> {
  const keys = await ourOpenpgpKeys(ports);
  return keys
    .filter(({ state }) => state !== 'retired')
    .map(({ number, fingerprint }) => ({
      path: ports.folder.openpgpKeyPath(number),
      fingerprint,
    }));
}
