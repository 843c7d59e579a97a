import { join, resolve } from 'node:path';

import type { Recipient } from './domain/recipients/recipient.ts';
import { LogKeyFolder } from './edge/files/log-key-files.ts';
import { HostKeyFolder } from './edge/files/host-key-files.ts';
import { readSecretFile } from './edge/files/secret-file.ts';
import { SftpKeyFolder, sftpKeyPaths, sftpKeyPurpose } from './edge/files/sftp-key-files.ts';
import type { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import type { OpenedKey } from './edge/keys/command-credential.ts';
import { openKeyRing, openKeyRingBy } from './edge/keys/open-key-ring.ts';
import type { SftpCredentials } from './exchange/delivery/courier.ts';
import type { TestAnswers } from './exchange/recipients/confirm-recipient-test.ts';
import type { ServeSecrets } from './exchange/serve/serve-workspace.ts';
import type { KeyRing } from './exchange/keys/key-ring.ts';
import type { RecoverySecrets } from './exchange/audit/approve-recovery.ts';
import { currentNumber } from './exchange/keys/own-keys.ts';
import type { OwnKeys, SftpKeyFiles } from './exchange/keys/own-keys.ts';
import type { PassphraseSource } from './exchange/keys/passphrases.ts';
import { signCheckpoint } from './exchange/audit/sign-checkpoint.ts';

/** Opens what a delivery needs of our keys. Throws as `openKeyRing` and `LogKeyFolder`, and what the passphrase throws. */
export async function openSecrets(
  folder: WorkspaceDirectory,
  workspace: string,
  opening: Opening,
  ports: Omit<Parameters<typeof signCheckpoint>[0], 'openSigner'> & {
    readonly ownKeys: Pick<OwnKeys, 'list'>;
  },
): Promise<ServeSecrets & TestAnswers & Pick<SftpKeyFiles, 'make'> & RecoverySecrets> {
  const keys = await openRing(folder, workspace, opening);
  const logKeys = new LogKeyFolder(folder.root, ports.ownKeys);
  // What is wrong with a key is told before anything is done.
  await logKeys.openSigner(keys);
  return {
    signCheckpoint: () => signCheckpoint({ ...ports, openSigner: () => logKeys.openSigner(keys) }),
    makeLogKey: (number, origin) => logKeys.make(number, origin, keys),
    assertLogKeyOpens: (number: number, vkey: string) => logKeys.assertOpens(number, vkey, keys),
    credentials: (recipient) => credentialsFor(folder, ports.ownKeys, recipient, keys),
    make: async (number, kind) => {
      const { generateSftpKey } = await import('./edge/sftp/sftp-key.ts');
      const generate = () => generateSftpKey(kind, `mimamori ${workspace}`);
      return new SftpKeyFolder(folder.root).make(number, generate, keys);
    },
    makeHostKey: async (number) => {
      const { generateSftpKey } = await import('./edge/sftp/sftp-key.ts');
      const generate = () => generateSftpKey('ed25519', `mimamori ${workspace} pickup`);
      return new HostKeyFolder(folder.root).make(number, generate, keys);
    },
    hostKey: (key) => new HostKeyFolder(folder.root).open(key, keys),
    testAnswer: (test, wrapped) => keys.unwrap(`recipient-test/${test}`, wrapped),
    close: () => {
      keys.destroy();
    },
  };
}

/** What opens the key ring: a key that a credential brought, else the passphrase. */
interface Opening {
  readonly openedKey: OpenedKey;
  readonly passphrases: PassphraseSource;
}

async function openRing(
  { workspaceKeyPath }: WorkspaceDirectory,
  workspace: string,
  { openedKey, passphrases }: Opening,
): Promise<KeyRing> {
  const key = await openedKey();
  if (key !== undefined) return openKeyRingBy(workspaceKeyPath, workspace, key);
  const passphrase = await passphrases.read('workspace');
  try {
    return await openKeyRing(workspaceKeyPath, workspace, passphrase);
  } finally {
    passphrase.fill(0);
  }
}

async function credentialsFor(
  folder: WorkspaceDirectory,
  ownKeys: Pick<OwnKeys, 'list'>,
  recipient: Recipient,
  ring: Pick<KeyRing, 'unwrap'>,
): Promise<SftpCredentials> {
  const endpoint = recipient.endpoints[0];
  if (endpoint?.kind !== 'sftp') return {};
  const needsKey = endpoint.authentication !== 'password';
  const needsPassword = endpoint.authentication !== 'key' && endpoint.password_file !== undefined;
  return {
    ...(needsKey ? await sftpKeys(folder, ownKeys, ring) : {}),
    ...(needsPassword
      ? {
          password: new TextDecoder().decode(
            await readSecretFile(resolve(folder.root, endpoint.password_file!)),
          ),
        }
      : {}),
  };
}

/** A retired one is not even read. */
async function sftpKeys(
  folder: WorkspaceDirectory,
  ownKeys: Pick<OwnKeys, 'list'>,
  ring: Pick<KeyRing, 'unwrap'>,
): Promise<SftpCredentials> {
  const keys = await ownKeys.list('sftp');
  const retiring = keys.find(({ state }) => state === 'retiring');
  const opened = async (number: number): Promise<Uint8Array> => {
    const known = keys.find((key) => key.number === number);
    const purpose =
      known === undefined || number === 1 ? 'sftp' : sftpKeyPurpose(known.fingerprint);
    return ring.unwrap(purpose, await wrappedSftpKey(folder, number));
  };
  return {
    privateKey: await opened(currentNumber(keys)),
    ...(retiring === undefined ? {} : { retiringKey: await opened(retiring.number) }),
  };
}

async function wrappedSftpKey(folder: WorkspaceDirectory, number: number): Promise<Uint8Array> {
  const bytes = await readSecretFile(join(folder.root, sftpKeyPaths(number).key));
  const { wrapped } = JSON.parse(new TextDecoder().decode(bytes)) as { wrapped: string };
  return Uint8Array.from(Buffer.from(wrapped, 'hex'));
}
