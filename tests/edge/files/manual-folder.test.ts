import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ManualFolder } from '../../../src/edge/files/manual-folder.ts';
import type { DeliveryReport } from '../../../src/exchange/delivery/delivery-lease.ts';
import { writeBatch } from '../../../src/exchange/delivery/write-batch.ts';
import { BATCH, FILE, sealedBytes, sha256Of } from '../../support/delivery-bench.ts';
import { MemoryJournal } from '../../support/memory-journal.ts';

const bytes = sealedBytes(300_000);
const sheets = [`${FILE}.call-sheet.en.txt`, `${FILE}.call-sheet.ja.txt`];
let home: string;
let directory: string;
let journal: MemoryJournal;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mimamori-folder-'));
  directory = join(home, 'courier');
  mkdirSync(directory);
  journal = new MemoryJournal();
  journal.add({
    batch: BATCH,
    state: 'approved',
    name: FILE,
    sizeBytes: bytes.length,
    sha256: sha256Of(bytes),
  });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function* payload(of: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield of.subarray(0, 100_000);
  yield of.subarray(100_000);
}

function write(of = bytes): Promise<DeliveryReport> {
  return writeBatch(
    { folder: new ManualFolder(), journal, clock: { now: () => new Date(0) } },
    {
      batch: BATCH,
      directory,
      openPayload: () => payload(of),
      callSheets: [
        { language: 'ja', text: '電話で読み上げる' },
        { language: 'en', text: 'Read out by phone' },
      ],
    },
  );
}

describe('writeBatch()', () => {
  it('leaves the sealed file and a call sheet in each language', async () => {
    expect(await write()).toMatchObject({
      state: 'written',
      evidence: { by: 'folder', final: 'same' },
    });
    expect(readdirSync(directory).sort()).toEqual([FILE, ...sheets]);
    expect(readFileSync(join(directory, FILE)).equals(bytes)).toBe(true);
    expect(readFileSync(join(directory, sheets[1]!), 'utf8')).toBe('電話で読み上げる');
    expect(statSync(join(directory, FILE)).mode & 0o777).toBe(0o600);
  });

  it('writes once, however often it is called', async () => {
    await write();
    const { mtimeMs } = statSync(join(directory, FILE));
    expect(await write()).toMatchObject({ state: 'written', attempts: 0 });
    expect(statSync(join(directory, FILE)).mtimeMs).toBe(mtimeMs);
  });

  it('goes on after a death between file and record', async () => {
    journal.failsIn = 2;
    await expect(write()).rejects.toThrow('journal broken');
    journal.failsIn = undefined;
    journal.expireLeases();
    expect((await write()).state).toBe('written');
  });

  it('takes the place of its own unfinished file', async () => {
    writeFileSync(join(directory, `.${FILE}.part`), 'half');
    expect((await write()).state).toBe('written');
    expect(readdirSync(directory).sort()).toEqual([FILE, ...sheets]);
  });

  it('overwrites no other file of that name', async () => {
    writeFileSync(join(directory, FILE), 'theirs');
    expect(await write()).toMatchObject({ state: 'approved', fault: { code: 'target-taken' } });
    expect(readFileSync(join(directory, FILE), 'utf8')).toBe('theirs');
  });

  it('does not write a sealed file that is no longer what was approved', async () => {
    const report = await write(sealedBytes(bytes.length, 'other'));
    expect(report).toMatchObject({ state: 'approved', fault: { code: 'sealed-file-differs' } });
    expect(readdirSync(directory).sort()).toEqual(sheets);
  });

  it('reports a folder that is missing', async () => {
    rmSync(directory, { recursive: true });
    expect(await write()).toMatchObject({ state: 'approved', fault: { code: 'folder-missing' } });
    writeFileSync(directory, 'a file');
    expect((await write()).fault?.code).toBe('folder-missing');
  });

  it('reports a folder that is full and leaves no half file', async () => {
    if (process.getuid?.() === 0) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory]);
    } else {
      execFileSync('chmod', ['500', directory]);
    }
    try {
      expect(await write()).toMatchObject({
        state: 'approved',
        fault: { code: 'folder-unwritable' },
      });
      expect(readdirSync(directory)).not.toContain(FILE);
      expect(readdirSync(directory)).not.toContain(`.${FILE}.part`);
    } finally {
      if (process.getuid?.() === 0) execFileSync('umount', ['-l', directory]);
      else execFileSync('chmod', ['700', directory]);
    }
  });

  it('refuses a batch that is not approved', async () => {
    journal.add({ batch: BATCH, state: 'built', name: FILE, sizeBytes: 1, sha256: '' });
    await expect(write()).rejects.toMatchObject({ code: 'state-forbids' });
    expect(readdirSync(directory)).toEqual([]);
  });
});
