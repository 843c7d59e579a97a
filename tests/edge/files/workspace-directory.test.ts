import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import {
  WorkspaceDirectory,
  workspaceDirectories,
} from '../../../src/edge/files/workspace-directory.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { bytesOf, collected, noise } from '../../support/chunks.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let root: string;
let folder: WorkspaceDirectory;
beforeEach(async () => {
  root = await scratchFolder();
  for (const part of workspaceDirectories) await mkdir(join(root, part), { recursive: true });
  folder = new WorkspaceDirectory(root);
});

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('WorkspaceDirectory and the issuer table', () => {
  it('has none before the first import', async () => {
    expect(await folder.issuerTable()).toBeUndefined();
  });

  it('gives back what was put, with the digest of its bytes', async () => {
    const text = 'low,high,issuer\n400000,400099,みどりの銀行\n';
    await folder.replaceIssuerTable(text);
    const table = await folder.issuerTable();
    expect(table).toMatchObject({ text, sha256: digestOf(bytesOf(text)) });
    expect(await readFile(table!.path, 'utf8')).toBe(text);
    expect(await modeOf(table!.path)).toBe(0o600);
  });

  it('replaces it whole', async () => {
    await folder.replaceIssuerTable('a'.repeat(10_000));
    await folder.replaceIssuerTable('b');
    expect((await folder.issuerTable())!.text).toBe('b');
  });

  it('rejects when it is there and cannot be read', async () => {
    await mkdir(join(root, 'config/bins/issuers.csv'));
    await expect(folder.issuerTable()).rejects.toThrow();
    await expect(folder.replaceIssuerTable('x')).rejects.toMatchObject({
      code: 'file-write-failed',
    });
  });
});

describe('WorkspaceDirectory and documents', () => {
  it('keeps them for the owner alone, in a folder of the handoff', async () => {
    const path = await folder.putDocument('h-1', 'plan.json', bytesOf('{}'));
    expect(path).toBe(join(root, 'data/handoffs/h-1/plan.json'));
    expect(await modeOf(path)).toBe(0o600);
    expect(await modeOf(join(root, 'data/handoffs/h-1'))).toBe(0o700);
    expect(await folder.readDocument('h-1', 'plan.json')).toEqual(bytesOf('{}'));
  });

  it('says that there is none, and rejects what cannot be read', async () => {
    expect(await folder.readDocument('h-1', 'plan.json')).toBeUndefined();
    await mkdir(join(root, 'data/handoffs/h-1/plan.json'), { recursive: true });
    await expect(folder.readDocument('h-1', 'plan.json')).rejects.toThrow();
  });

  it('removes those of one handoff, also twice', async () => {
    await folder.putDocument('h-1', 'plan.json', bytesOf('1'));
    await folder.putDocument('h-2', 'plan.json', bytesOf('2'));
    await folder.removeDocuments('h-1');
    await folder.removeDocuments('h-1');
    expect(await folder.readDocument('h-1', 'plan.json')).toBeUndefined();
    expect(await folder.readDocument('h-2', 'plan.json')).toEqual(bytesOf('2'));
  });
});

describe('WorkspaceDirectory and the outbox', () => {
  it('lists and removes files; what is not there is no error', async () => {
    await writeFile(join(folder.outbox, 'a.pgp'), 'a');
    await writeFile(join(folder.outbox, '.b.pgp.tmp'), 'b');
    expect([...(await folder.outboxFiles())].sort()).toEqual(['.b.pgp.tmp', 'a.pgp']);
    await folder.removeFromOutbox('a.pgp');
    await folder.removeFromOutbox('a.pgp');
    expect(await folder.outboxFiles()).toEqual(['.b.pgp.tmp']);
  });

  it('reads a sealed file in large chunks, anew each time', async () => {
    const bytes = noise(700_000);
    await writeFile(join(folder.outbox, 'a.pgp'), bytes);
    const sizes: number[] = [];
    for await (const chunk of folder.readSealed('a.pgp')) sizes.push(chunk.length);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(65_536);
    expect(await collected(folder.readSealed('a.pgp'))).toEqual(bytes);
    expect(await collected(folder.readSealed('a.pgp'))).toEqual(bytes);
  });

  it('rejects with the first read when a sealed file is gone', async () => {
    await expect(collected(folder.readSealed('none.pgp'))).rejects.toThrow();
  });

  it('rejects when there is no outbox', async () => {
    await expect(new WorkspaceDirectory(join(root, 'none')).outboxFiles()).rejects.toThrow();
  });
});

describe('WorkspaceDirectory', () => {
  it('makes relative roots absolute', () => {
    expect(new WorkspaceDirectory('somewhere').root).toBe(join(process.cwd(), 'somewhere'));
  });
});
