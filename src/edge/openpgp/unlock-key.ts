import { decryptKey, type PrivateKey } from 'openpgp';
import { OpenpgpFault, type OpenpgpCode } from './errors.ts';
import { frozenConfig, judgingConfig } from './frozen-config.ts';
import { readOneKey } from './read-one-key.ts';

/**
 * Reads a private key and takes its passphrase off.
 *
 * The passphrase has to become a JavaScript string for the library and cannot be erased from memory: do this in a
 * short-lived process. Throws `key-unreadable` and `passphrase-wrong` (also when there is a passphrase and none was
 * given).
 */
export async function unlockKey(
  bytes: Uint8Array,
  passphrase: Uint8Array | undefined,
  unreadable: OpenpgpCode = 'key-unreadable',
): Promise<PrivateKey> {
  const key = await readPrivateKey(bytes, unreadable);
  if (key.isDecrypted()) {
    return key;
  }
  if (passphrase === undefined || passphrase.length === 0) {
    throw new OpenpgpFault('passphrase-wrong', { found: 'no passphrase' });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(passphrase);
    return await decryptKey({ privateKey: key, passphrase: text, config: frozenConfig() });
  } catch (error) {
    throw new OpenpgpFault('passphrase-wrong', {}, error);
  }
}

/** Reads a private key as it is, mostly locked. Throws `unreadable`, also for a certificate. */
export async function readPrivateKey(
  bytes: Uint8Array,
  unreadable: OpenpgpCode,
): Promise<PrivateKey> {
  let key;
  try {
    key = await readOneKey(bytes, judgingConfig());
  } catch (error) {
    throw new OpenpgpFault(
      unreadable,
      error instanceof OpenpgpFault ? { found: error.code } : {},
      error,
    );
  }
  if (!key.isPrivate()) {
    throw new OpenpgpFault(unreadable, { found: 'no-private-key' });
  }
  return key;
}
