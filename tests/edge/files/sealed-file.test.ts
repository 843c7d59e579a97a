import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeSealedFile } from '../../../src/edge/files/sealed-file.ts';
import { OpenpgpSealer } from '../../../src/edge/openpgp/seal.ts';
import { bytesOf, chunked, collected, noise } from '../../support/chunks.ts';
import { ourTestKey } from '../../support/our-test-key.ts';

let directory: string;
let sealed: Uint8Array;
let armored: Uint8Array;
let subkey: string;

beforeAll(async () => {
  const { ourKey } = await ourTestKey();
  subkey = (await ourKey.unlocked.getEncryptionKey()).getFingerprint().toUpperCase();
  const seal = (armor: boolean) =>
    collected(
      new OpenpgpSealer(ourKey).seal({
        payload: [noise(200_000)],
        certificate: bytesOf(ourKey.certificate),
        fingerprint: ourKey.fingerprint,
        encryptionSubkey: subkey,
        allow: [],
        armor,
      }),
    );
  sealed = await seal(false);
  armored = await seal(true);
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mm-sealed-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const write = (bytes: Uint8Array, pinned = subkey, where = directory) =>
  writeSealedFile(where, 'b1.pgp', chunked(bytes, 10_000), pinned);

describe('writeSealedFile()', () => {
  it.each(['binary', 'armored'])(
    'writes the whole file, 0600, and tells its digest: %s',
    async (form) => {
      const bytes = form === 'binary' ? sealed : armored;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(await write(bytes)).toEqual({ bytes: bytes.length, sha256 });
      expect(new Uint8Array(await readFile(join(directory, 'b1.pgp')))).toEqual(bytes);
      expect((await stat(join(directory, 'b1.pgp'))).mode & 0o777).toBe(0o600);
      expect(await readdir(directory)).toEqual(['b1.pgp']);
    },
  );

  it.each<[string, () => Uint8Array, string?]>([
    ['for another subkey', () => sealed, '0'.repeat(40)],
    ['cut short', () => sealed.subarray(0, -1)],
    ['with bytes behind', () => Buffer.concat([sealed, sealed])],
    ['not sealed', () => bytesOf('card\n')],
    ['empty', () => new Uint8Array(0)],
    ['armored and cut short', () => armored.subarray(0, -40)],
  ])('leaves nothing of a file that is %s', async (_, bytes, pinned) => {
    const writing = write(bytes(), pinned);
    await expect(writing).rejects.toMatchObject({ code: 'seal-shape-unexpected' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('leaves nothing when the seal breaks, and passes its error on', async () => {
    const broken = new Error('the seal broke');
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield sealed.subarray(0, 50_000);
      await Promise.resolve();
      throw broken;
    }
    await expect(writeSealedFile(directory, 'b1.pgp', chunks(), subkey)).rejects.toBe(broken);
    expect(await readdir(directory)).toEqual([]);
  });

  it('never replaces a file, and never writes over the part of another writer', async () => {
    await writeFile(join(directory, 'b1.pgp'), 'earlier');
    await expect(write(sealed)).rejects.toMatchObject({ code: 'file-exists' });
    expect(await readFile(join(directory, 'b1.pgp'), 'utf8')).toBe('earlier');
    await rm(join(directory, 'b1.pgp'));
    await writeFile(join(directory, '.b1.pgp.part'), 'of another');
    await expect(write(sealed)).rejects.toMatchObject({ code: 'file-exists' });
    expect(await readdir(directory)).toEqual(['.b1.pgp.part']);
  });

  it('tells a directory that is missing', async () => {
    await mkdir(join(directory, 'a'));
    const writing = write(sealed, subkey, join(directory, 'a', 'b'));
    await expect(writing).rejects.toMatchObject({
      code: 'file-write-failed',
      facts: { file: 'b1.pgp', reason: 'ENOENT' },
    });
  });
});
