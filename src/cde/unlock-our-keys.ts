import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { KeyFault } from '../edge/keys/errors.ts';
import { unlockOurKey } from '../edge/openpgp/our-key.ts';
import type { OurKey } from '../edge/openpgp/our-key.ts';
import type { KeyRing } from '../exchange/keys/key-ring.ts';
import type { OurKeyFile } from '../exchange/keys/own-keys.ts';

/** Our OpenPGP keys that are being opened before it is known which of them count, by their paths. */
export type EarlyKeys = ReadonlyMap<string, Promise<OurKey>>;

/** Begins to unlock keys that will probably be asked for. One that cannot be opened matters only if it is. */
export function unlockEarly(
  ring: Promise<KeyRing>,
  keys: readonly Pick<OurKeyFile, 'path'>[],
  passphrase: Uint8Array,
): EarlyKeys {
  return new Map(
    keys.map(({ path }) => {
      const opening = unlockBeside(ring, path, passphrase);
      opening.catch(() => undefined);
      return [path, opening];
    }),
  );
}

/**
 * The keys that a job names, as one: the first signs, and the others open what is still sealed to them. Throws
 * `passphrase-wrong`, `key-unreadable`, `key-unprotected`, and `key-file-altered` for a file that holds another key.
 */
export async function unlockOurKeys(
  ring: Promise<KeyRing>,
  files: readonly OurKeyFile[],
  passphrase: Uint8Array,
  early: EarlyKeys,
): Promise<OurKey> {
  const keys = await Promise.all(
    files.map(async ({ path, fingerprint }) => {
      const key = await (early.get(path) ?? unlockBeside(ring, path, passphrase));
      if (key.fingerprint === fingerprint) return key;
      throw new KeyFault('key-file-altered', { file: `keys/${basename(path)}` });
    }),
  );
  const [first, ...others] = keys;
  if (first === undefined) throw new RangeError('a job without a key of ours');
  return { ...first, retiring: others.map(({ unlocked }) => unlocked) };
}

/**
 * Unlocks an OpenPGP key beside the key ring. A wrong passphrase is told by whichever is asked for first, in the words
 * of the ring, which name the file.
 */
async function unlockBeside(
  ring: Promise<KeyRing>,
  path: string,
  passphrase: Uint8Array,
): Promise<OurKey> {
  try {
    return await unlockOurKey(await readFile(path), passphrase);
  } catch (error) {
    await ring;
    throw error;
  }
}
