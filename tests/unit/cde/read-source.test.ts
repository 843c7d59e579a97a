import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { receiveSource } from '../../../src/cde/read-source.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { noise } from '../../support/chunks.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await scratchFolder();
  path = join(directory, 'card-4111111111111111.csv');
});

/** Reads to the end; each chunk is copied, since its memory is used again. */
async function readAll(source: Awaited<ReturnType<typeof receiveSource>>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of source.chunks) parts.push(chunk.slice());
  return new Uint8Array(Buffer.concat(parts));
}

describe('receiveSource()', () => {
  it.each([0, 1, 512 * 1024 - 1, 512 * 1024, 512 * 1024 + 1, 2_000_000])(
    'reads %i bytes, counts them and tells their digest',
    async (size) => {
      const bytes = noise(size);
      await writeFile(path, bytes);
      const source = await receiveSource(path, 0);
      expect(source.totalBytes).toBe(size);
      expect(await readAll(source)).toEqual(bytes);
      expect(source.receivedBytes()).toBe(size);
      expect(source.sha256()).toBe(digestOf(bytes));
    },
  );

  it('zeroes its buffer at the end, also when it is left early', async () => {
    await writeFile(path, noise(600_000));
    for (const stopsAfter of [1, 2]) {
      const seen: Uint8Array[] = [];
      for await (const chunk of (await receiveSource(path, 0)).chunks) {
        seen.push(chunk);
        if (seen.length === stopsAfter) break;
      }
      expect(new Uint8Array(seen[0]!.buffer).every((byte) => byte === 0)).toBe(true);
    }
  });

  it('does not use the pool that other buffers share', async () => {
    await writeFile(path, 'a few bytes');
    for await (const chunk of (await receiveSource(path, 0)).chunks) {
      expect(chunk.byteOffset).toBe(0);
      expect(chunk.buffer.byteLength).toBe(4096);
    }
  });

  it('reads a file that says it is empty and is not', async () => {
    const source = await receiveSource('/proc/self/maps', 0);
    expect(source.totalBytes).toBe(0);
    expect((await readAll(source)).length).toBeGreaterThan(4096);
  });

  it('follows a link', async () => {
    await writeFile(path, 'x');
    await symlink(path, join(directory, 'link'));
    expect(await readAll(await receiveSource(join(directory, 'link'), 0))).toHaveLength(1);
  });

  it.each([
    ['nothing', () => Promise.resolve(), 'source-missing'],
    ['a folder', () => mkdir(path), 'source-not-a-file'],
    [
      'a pipe nobody writes to',
      () => Promise.resolve(execFileSync('mkfifo', [path])),
      'source-not-a-file',
    ],
    ['a link in a circle', () => symlink(path, path), 'source-unreadable'],
  ])('refuses %s, by number and not by name', async (_, make, code) => {
    await make();
    const refused = receiveSource(path, 4);
    await expect(refused).rejects.toMatchObject({ code, facts: { source: 5 } });
    await expect(refused).rejects.not.toMatchObject({
      message: expect.stringContaining('4111') as string,
    });
  });

  it('refuses a device', async () => {
    await expect(receiveSource('/dev/null', 0)).rejects.toMatchObject({
      code: 'source-not-a-file',
    });
  });

  it('refuses a file whose reading fails later', async () => {
    // Reading the memory of this process from its start fails with EIO; the file itself opens.
    const source = await receiveSource('/proc/self/mem', 2);
    await expect(readAll(source)).rejects.toMatchObject({
      ...{ code: 'source-unreadable', facts: { source: 3 } },
    });
  });
});
