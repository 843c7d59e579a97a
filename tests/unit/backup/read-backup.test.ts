import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import type { BackupManifest } from '../../../src/domain/backup/manifest.ts';
import { isFault } from '../../../src/domain/fault.ts';
import type { BackupFiles, DatabaseSnapshot } from '../../../src/exchange/backup/backup-files.ts';
import { readBackup } from '../../../src/exchange/backup/read-backup.ts';
import { writeBackup } from '../../../src/exchange/backup/write-backup.ts';
import { bytesOf, chunked, collected, noise } from '../../support/chunks.ts';

const long = `data/handoffs/${'h'.repeat(60)}/${'e'.repeat(80)}`;
const contents = new Map<string, Uint8Array>([
  ['data/mimamori.db', noise(1200)],
  ['config/mimamori.toml', bytesOf('[workspace]\n')],
  ['config/sources/注文.toml', new Uint8Array(0)],
  ['data/outbox/one.pgp', noise(512, 7)],
  [long, bytesOf('evidence')],
]);

function manifestOf(files: ReadonlyMap<string, Uint8Array>): BackupManifest {
  return {
    ...{ type: 'mimamori/backup/v1', backup: 'b2345678', workspace: 'live-1', mode: 'live' },
    ...{ createdAt: '2026-11-22T03:00:00.000Z', program: '0.1.0', vkey: 'a+0123abcd+AAAA' },
    ...{ size: 12, root: 'b'.repeat(64) },
    files: [...files].map(([path, bytes]) => ({
      ...{ path, bytes: bytes.length },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
  };
}

const archiveOf = (files = contents, from = files): Promise<Uint8Array> => {
  const read = (path: string): AsyncIterable<Uint8Array> => chunked(from.get(path)!, 100);
  const sources = {
    files: { read } as Partial<BackupFiles> as BackupFiles,
    snapshot: { read: () => read('data/mimamori.db') } as DatabaseSnapshot,
  };
  return collected(writeBackup(manifestOf(files), sources, () => undefined));
};

async function readAll(
  archive: Uint8Array,
  size = 333,
): Promise<{ manifest: BackupManifest; files: Map<string, Uint8Array> }> {
  const files = new Map<string, Uint8Array>();
  const write = async (path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk.slice());
    files.set(path, new Uint8Array(Buffer.concat(parts)));
  };
  const manifest = await readBackup(chunked(archive, size), 'x', { write }, () => undefined);
  return { manifest, files };
}

describe('readBackup()', () => {
  it.each([1, 512, 100_000])('gives back every file, in chunks of %i bytes', async (size) => {
    const { manifest, files } = await readAll(await archiveOf(), size);
    expect(manifest).toEqual(manifestOf(contents));
    expect(files).toEqual(contents);
  });

  it('reads what tar lists with the same names and sizes', async () => {
    const listed = execFileSync('tar', ['-tv', '--quoting-style=literal'], {
      input: await archiveOf(),
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    const rows = listed
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/));
    const wanted = [...contents].map(([path, bytes]) => [
      String(bytes.length),
      `workspace/${path}`,
    ]);
    expect(rows.slice(1).map((row) => [row[2], row[5]])).toEqual(wanted);
    expect(rows[0]![5]).toBe('manifest.json');
  });

  it('takes no altered byte for another content, whatever the cipher lets through', async () => {
    const archive = await archiveOf();
    let refused = 0;
    let tried = 0;
    for (let at = 0; at < archive.length; at += 3) {
      tried += 1;
      const altered = archive.slice();
      altered[at]! ^= 1 << (at % 8);
      try {
        const { files } = await readAll(altered, 4096);
        // Times and names of the manifest may differ; files may not.
        expect(files, `byte ${at}`).toEqual(contents);
      } catch (error) {
        if (!isFault(error)) throw error;
        expect(error.code).toMatch(/^backup-/);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(tried * 0.9);
  });

  it('refuses an archive cut anywhere, or with more behind it', async () => {
    const archive = await archiveOf();
    for (const end of [0, 511, 512, 3000, archive.length - 1024, archive.length - 1]) {
      await expect(readAll(archive.subarray(0, end))).rejects.toMatchObject({
        code: 'backup-altered',
      });
    }
    const more = new Uint8Array([...archive, 0]);
    await expect(readAll(more)).rejects.toMatchObject({ code: 'backup-altered' });
  });
});

describe('writeBackup()', () => {
  it.each([
    ['longer', noise(513, 7)],
    ['shorter', noise(511, 7)],
    ['another', noise(512, 8)],
  ])('refuses a file that is %s by now', async (_how, bytes) => {
    const now = new Map([...contents, ['data/outbox/one.pgp', bytes] as const]);
    await expect(archiveOf(contents, now)).rejects.toMatchObject({
      ...{ code: 'backup-changed', facts: { path: 'data/outbox/one.pgp' } },
    });
  });
});
