import { KeyLifeFault } from '../../domain/keys/errors.ts';
import type { LogBook } from '../audit/log-book.ts';
import type { BackupFiles } from '../backup/backup-files.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { NewFile, NewFiles } from '../workspace/new-files.ts';
import type { PassphraseSource } from './passphrases.ts';
import { keyLifeActor } from './rotate-key.ts';
import type { KeyLifeRequest } from './rotate-key.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** A new credential and what the workspace keeps of it; the caller zeroes the secret. */
export interface MadeCredential {
  /** The line for the credential. */
  readonly secret: Uint8Array;
  /** For the workspace: worth nothing without the secret. */
  readonly content: Uint8Array;
  /** Of `content`, in hexadecimal. */
  readonly sha256: string;
}

/** What a workspace keeps of its credential: one file or none. */
export interface CredentialFiles {
  /** Where the file stands. */
  readonly path: string;
  /** SHA-256 of the file as it is, even if it is damaged; undefined where there is none. */
  digest(): Promise<string | undefined>;
  /** Throws `key-file-altered` and what reading a secret file throws. */
  find(): Promise<{ readonly createdAt: Date } | undefined>;
  /** Writes nothing. The passphrase stays the caller's to zero. Throws `passphrase-wrong`, `key-file-altered`. */
  make(passphrase: Uint8Array, at: Date): Promise<MadeCredential>;
  remove(): Promise<void>;
}

export interface CredentialPorts {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly configuration: Configuration;
  readonly log: Pick<LogBook, 'append'>;
  readonly clock: Clock;
  readonly credentialFiles: CredentialFiles;
}

export interface CredentialRequest extends KeyLifeRequest {
  /** Where to put the secret; nothing may be there. */
  readonly output: string;
  /** The directory of `output`. */
  readonly directory: string;
}

/**
 * Makes the credential of a workspace: a random secret in a new file, for its owner alone, that opens the workspace in
 * place of the passphrase. It works only once its leaf is in the log; a secret that was written before opens nothing.
 *
 * Throws `reason-required`, `credential-exists`, `credential-inside-workspace`, `file-exists`, `disk-full`, what
 * `actingOfficer` and the passphrase throw, and as `CredentialFiles.make`.
 */
export async function createCredential(
  ports: CredentialPorts & {
    readonly newFiles: NewFiles;
    readonly passphrases: PassphraseSource;
    readonly backupFiles: Pick<BackupFiles, 'holds'>;
  },
  request: CredentialRequest,
): Promise<void> {
  const { credentialFiles, newFiles, log, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'credential-create');
  const { output, directory } = request;
  if (await ports.backupFiles.holds(directory)) {
    throw new KeyLifeFault('credential-inside-workspace', { file: output });
  }
  if ((await credentialFiles.digest()) !== undefined) throw new KeyLifeFault('credential-exists');
  const secret = await newFiles.begin(output);
  let kept: NewFile | undefined;
  let made: MadeCredential | undefined;
  try {
    kept = await newFiles.begin(credentialFiles.path);
    made = await madeCredential(ports);
    await secret.write(made.secret);
    await kept.write(made.content);
    await secret.publish();
    await log.append({
      draft: {
        ...{ actor: officer, act: 'credential-create', result: 'done', origin },
        object: `workspace:${facts.id}`,
        data: { sha256: made.sha256 },
      },
      texts: { reason },
    });
    await kept.publish();
  } finally {
    made?.secret.fill(0);
    await secret.discard();
    await kept?.discard();
  }
}

async function madeCredential({
  passphrases,
  credentialFiles,
  clock,
}: Pick<CredentialPorts, 'credentialFiles' | 'clock'> & {
  readonly passphrases: PassphraseSource;
}): Promise<MadeCredential> {
  const passphrase = await passphrases.read('workspace');
  try {
    return await credentialFiles.make(passphrase, clock.now());
  } finally {
    passphrase.fill(0);
  }
}

/**
 * Takes the credential of a workspace back: what the workspace keeps of it is removed, even if it is damaged, and from then on
 * the secret opens nothing here. A copy of `keys/` from before still opens with it.
 *
 * Throws `reason-required`, `credential-none` and what `actingOfficer` throws.
 */
export async function revokeCredential(
  ports: CredentialPorts,
  request: KeyLifeRequest,
): Promise<void> {
  const { credentialFiles, log, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'credential-revoke');
  const sha256 = await credentialFiles.digest();
  if (sha256 === undefined) throw new KeyLifeFault('credential-none');
  await log.append({
    draft: {
      ...{ actor: officer, act: 'credential-revoke', result: 'done', origin },
      object: `workspace:${facts.id}`,
      data: { sha256 },
    },
    texts: { reason },
  });
  // After the leaf: whoever is interrupted here has not been told that it is done, and revokes again.
  await credentialFiles.remove();
}
