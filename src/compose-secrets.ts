import { join, resolve } from 'node:path';

import type { Recipient } from './domain/recipients/recipient.ts';
import { readSecretFile } from './edge/files/secret-file.ts';
import { keyPaths } from './edge/files/workspace-directory.ts';
import type { WorkspaceDirectory } from './edge/files/workspace-directory.ts';
import { openLogKey } from './edge/keys/log-key.ts';
import { openKeyRing } from './edge/keys/open-key-ring.ts';
import type { TestAnswers } from './exchange/confirm-recipient-test.ts';
import type { DeliverySecrets } from './exchange/deliver-ports.ts';
import type { PassphraseSource } from './exchange/passphrases.ts';
import { signCheckpoint } from './exchange/sign-checkpoint.ts';

/** Opens what a delivery needs of our keys. Throws as `openKeyRing` and `openLogKey`, and what the passphrase throws. */
export async function openSecrets(
  folder: WorkspaceDirectory,
  workspace: string,
  passphrases: PassphraseSource,
  logPorts: Omit<Parameters<typeof signCheckpoint>[0], 'signer'>,
): Promise<DeliverySecrets & TestAnswers> {
  const passphrase = await passphrases.read('workspace');
  try {
    const keys = await openKeyRing(folder.workspaceKeyPath, workspace, passphrase);
    const signer = await openLogKey(join(folder.root, keyPaths.log), keys);
    return {
      signCheckpoint: () => signCheckpoint({ ...logPorts, signer }),
      credentials: (recipient) =>
        credentialsFor(folder, recipient, (wrapped) => keys.unwrap('sftp', wrapped)),
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
  recipient: Recipient,
  unwrap: (wrapped: Uint8Array) => Uint8Array,
): Promise<{ privateKey?: Uint8Array; password?: string }> {
  const endpoint = recipient.endpoints[0];
  if (endpoint?.kind !== 'sftp') return {};
  const needsKey = endpoint.authentication !== 'password';
  const needsPassword = endpoint.authentication !== 'key' && endpoint.password_file !== undefined;
  return {
    ...(needsKey ? { privateKey: unwrap(await wrappedSftpKey(folder)) } : {}),
    ...(needsPassword
      ? {
          password: new TextDecoder().decode(
            await readSecretFile(resolve(folder.root, endpoint.password_file!)),
          ),
        }
      : {}),
  };
}

async function wrappedSftpKey(folder: WorkspaceDirectory): Promise<Uint8Array> {
  const bytes = await readSecretFile(join(folder.root, keyPaths.sftp));
  const { wrapped } = JSON.parse(new TextDecoder().decode(bytes)) as { wrapped: string };
  return Uint8Array.from(Buffer.from(wrapped, 'hex'));
}
