import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { errnoOf } from './errno.ts';

/** A passphrase or an unwrapped key; anything longer is the wrong file. */
const SECRET_BYTES_MAX = 64 * 1024;

export interface SecretFileOptions {
  /**
   * The file stands in a directory that systemd made for this service ($CREDENTIALS_DIRECTORY). Access is then
   * granted by an ACL, whose mask shows as group bits in the mode: they are no sign that others can read it.
   */
  readonly isCredential?: boolean;
}

/**
 * Reads a file that holds one secret, and refuses it where others could have read or replaced it.
 *
 * Mode and owner are taken from the open file, so that it cannot be swapped in between. Pipes are taken too: that is
 * how shells pass the output of a password manager. The final line end, which editors add, is dropped.
 *
 * @returns bytes of their own (not of Node's buffer pool); the caller zeroes them after use
 * @throws WorkspaceFault `secret-missing`, `secret-unreadable`, `secret-readable-by-others`, `secret-not-ours`,
 * `secret-empty`, `secret-too-large`
 */
export async function readSecretFile(
  path: string,
  options: SecretFileOptions = {},
): Promise<Uint8Array> {
  const handle = await openSecret(path);
  const scratch = new Uint8Array(SECRET_BYTES_MAX + 1);
  try {
    await assertPrivate(handle, path, options.isCredential === true);
    const length = await readAll(handle, path, scratch);
    if (length > SECRET_BYTES_MAX) {
      throw new WorkspaceFault('secret-too-large', { file: path, limit: SECRET_BYTES_MAX });
    }
    const secret = scratch.slice(0, withoutLineEnd(scratch, length));
    if (secret.length === 0) throw new WorkspaceFault('secret-empty', { file: path });
    return secret;
  } finally {
    scratch.fill(0);
    await handle.close();
  }
}

async function openSecret(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOCTTY);
  } catch (error) {
    const reason = errnoOf(error);
    if (reason === 'ENOENT') throw new WorkspaceFault('secret-missing', { file: path }, error);
    throw new WorkspaceFault('secret-unreadable', { file: path, reason }, error);
  }
}

async function assertPrivate(
  handle: FileHandle,
  path: string,
  isCredential: boolean,
): Promise<void> {
  const found = await handle.stat();
  if (!found.isFile() && !found.isFIFO()) {
    throw new WorkspaceFault('secret-unreadable', { file: path, reason: 'not-a-file' });
  }
  const uid = process.getuid?.();
  if (found.uid !== 0 && found.uid !== uid) {
    throw new WorkspaceFault('secret-not-ours', { file: path, owner: found.uid });
  }
  if ((found.mode & (isCredential ? 0o007 : 0o077)) !== 0) {
    const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
    throw new WorkspaceFault('secret-readable-by-others', { file: path, mode });
  }
}

async function readAll(handle: FileHandle, path: string, into: Uint8Array): Promise<number> {
  let length = 0;
  try {
    while (length < into.length) {
      const { bytesRead } = await handle.read(into, length, into.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
  } catch (error) {
    throw new WorkspaceFault('secret-unreadable', { file: path, reason: errnoOf(error) }, error);
  }
  return length;
}

function withoutLineEnd(bytes: Uint8Array, length: number): number {
  if (length === 0 || bytes[length - 1] !== 0x0a) return length;
  return length > 1 && bytes[length - 2] === 0x0d ? length - 2 : length - 1;
}
