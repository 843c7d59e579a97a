import { join, resolve } from 'node:path';

import type { Recipient } from './domain/recipients/recipient.ts';
import { readSecretFile } from './edge/files/secret-file.ts';
import { SftpKeyFolder, sftpKeyPaths, sftpKeyPurpose } from './edge/files/sftp-key-files.ts';
import { keyPaths } from './edge/files/workspace-directory.ts';
import type { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import { openLogKey } from './edge/keys/log-key.ts';
import { openKeyRing } from './edge/keys/open-key-ring.ts';
import type { SftpCredentials } from './exchange/courier.ts';
import type { TestAnswers } from './exchange/confirm-recipient-test.ts';
import type { DeliverySecrets } from './exchange/deliver-ports.ts';
import type { KeyRing } from './exchange/key-ring.ts';
import { currentNumber } from './exchange/own-keys.ts';
import type { OwnKeys, SftpKeyFiles } from './exchange/own-keys.ts';
import type { PassphraseSource } from './exchange/passphrases.ts';
import { signCheckpoint } from './exchange/sign-checkpoint.ts';

/** Opens what a delivery needs of our keys. Throws as `openKeyRing` and `openLogKey`, and what the passphrase throws. */
export async function openSecrets(
  folder: WorkspaceDirectory,
  workspace: string,
  passphrases: PassphraseSource,
  ports: Omit<Parameters<typeof signCheckpoint>[0], 'signer'> & {
    readonly ownKeys: Pick<OwnKeys, 'list'>;
  },
): Promise<DeliverySecrets & TestAnswers & Pick<SftpKeyFiles, 'make'>> {
  const passphrase = await passphrases.read('workspace');
  try {
    const keys = await openKeyRing(folder.workspaceKeyPath, workspace, passphrase);
    const signer = await openLogKey(join(folder.root, keyPaths.log), keys);
    return {
      signCheckpoint: () => signCheckpoint({ ...ports, signer }),
      credentials: (recipient) => credentialsFor(folder, ports.ownKeys, recipient, keys),
      make: async (number, kind) => {
        const { generateSftpKey } = await import('./edge/sftp/sftp-key.ts');
        const generate = () => generateSftpKey(kind, `mimamori ${workspace}`);
        return new SftpKeyFolder(folder.root).make(number, generate, keys);
      },
      testAnswer: (test, wrapped) => keys.unwrap(`recipient-test/${test}`, wrapped),
      close: () => {
        keys.destroy();
      },
    };
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
  const keys = await ownKeys.list();
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
