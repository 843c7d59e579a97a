import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { newFiles } from '../../../src/edge/files/new-files.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-new-'));
  path = join(folder, 'list.csv');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const text = (part: string): Uint8Array => new TextEncoder().encode(part);

describe('newFiles', () => {
  it('puts a file in its place only when it is published, for its owner alone', async () => {
    const file = await newFiles.begin(path);
    await file.write(text('a'));
    await file.write(text('b'));
    expect(readdirSync(folder)).not.toContain('list.csv');
    await file.publish();
    await file.discard();
    expect(readdirSync(folder)).toEqual(['list.csv']);
    expect(readFileSync(path, 'utf8')).toBe('ab');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing of a file that is discarded', async () => {
    const file = await newFiles.begin(path);
    await file.write(text('a'));
    await file.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never replaces a file, whether it was there before or came meanwhile', async () => {
    const file = await newFiles.begin(path);
    writeFileSync(path, 'theirs');
    await expect(newFiles.begin(path)).rejects.toMatchObject({ code: 'file-exists' });
    await expect(file.publish()).rejects.toMatchObject({ code: 'file-exists' });
    await file.discard();
    expect(readdirSync(folder)).toEqual(['list.csv']);
    expect(readFileSync(path, 'utf8')).toBe('theirs');
  });

  it('tells a folder that is not there', async () => {
    const missing = newFiles.begin(join(folder, 'none', 'list.csv'));
    await expect(missing).rejects.toMatchObject({ code: 'file-write-failed' });
  });
});
