import { execFile } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSecretFile } from '../../../src/edge/files/secret-file.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mimamori-secret-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true });
});

async function secret(content: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = join(directory, 'secret');
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('readSecretFile()', () => {
  it.each([
    ['open sesame', 'open sesame'],
    ['open sesame\n', 'open sesame'],
    ['open sesame\r\n', 'open sesame'],
    ['open sesame\n\n', 'open sesame\n'],
    [' spaces stay ', ' spaces stay '],
    ['開けゴマ\n', '開けゴマ'],
  ])('reads %j without its line end', async (content, expected) => {
    expect(text(await readSecretFile(await secret(content)))).toBe(expected);
  });

  it('reads a file that only its owner can read', async () => {
    expect(text(await readSecretFile(await secret('x', 0o400)))).toBe('x');
  });

  it('follows a link to a private file', async () => {
    const link = join(directory, 'link');
    await symlink(await secret('x'), link);
    expect(text(await readSecretFile(link))).toBe('x');
  });

  it('reads a pipe', async () => {
    const pipe = join(directory, 'pipe');
    await promisify(execFile)('mkfifo', ['-m', '600', pipe]);
    const [bytes] = await Promise.all([readSecretFile(pipe), writeFile(pipe, 'x\n')]);
    expect(text(bytes)).toBe('x');
  });

  it('takes memory of its own, so that zeroing reaches every copy', async () => {
    const bytes = await readSecretFile(await secret('x'));
    expect(bytes.buffer.byteLength).toBe(1);
  });

  it.each([0o640, 0o604, 0o660, 0o602, 0o644])('refuses mode %o', async (mode) => {
    const path = await secret('x', mode);
    await expect(readSecretFile(path)).rejects.toMatchObject({
      code: 'secret-readable-by-others',
      facts: { file: path, mode: `0${mode.toString(8)}` },
    });
  });

  it('takes group bits of a systemd credential for the mask they are', async () => {
    expect(text(await readSecretFile(await secret('x', 0o440), { isCredential: true }))).toBe('x');
  });

  it('refuses a credential that everyone can read', async () => {
    const path = await secret('x', 0o444);
    await expect(readSecretFile(path, { isCredential: true })).rejects.toMatchObject({
      code: 'secret-readable-by-others',
    });
  });

  it('refuses a file of someone else', async () => {
    const path = await secret('x');
    // As root, files of root pass for ours: the file is given away; otherwise we pretend to be another.
    if (process.getuid?.() === 0) await chown(path, 12_345, 12_345);
    else vi.spyOn(process, 'getuid').mockReturnValue(12_345);
    await expect(readSecretFile(path)).rejects.toMatchObject({ code: 'secret-not-ours' });
  });

  it('refuses a file that is not there', async () => {
    await expect(readSecretFile(join(directory, 'none'))).rejects.toMatchObject({
      code: 'secret-missing',
    });
  });

  it('refuses a directory', async () => {
    await expect(readSecretFile(directory)).rejects.toMatchObject({
      code: 'secret-unreadable',
      facts: { reason: 'not-a-file' },
    });
  });

  it.each(['', '\n', '\r\n'])('refuses %j as empty', async (content) => {
    await expect(readSecretFile(await secret(content))).rejects.toMatchObject({
      code: 'secret-empty',
    });
  });

  it('refuses what is too long to be a secret', async () => {
    await expect(readSecretFile(await secret(new Uint8Array(65_537)))).rejects.toMatchObject({
      code: 'secret-too-large',
    });
  });
});
