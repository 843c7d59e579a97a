import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { WaitingStatements } from '../../../src/edge/files/waiting-statements.ts';
import { bytesOf } from '../../support/chunks.ts';

const pair = { statement: bytesOf('signed'), said: bytesOf('free text') };
let folder: string;
let waiting: WaitingStatements;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waiting-'));
  waiting = new WaitingStatements(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('WaitingStatements', () => {
  it('writes what was said after the statement that names it', async () => {
    mkdirSync(join(folder, 'a.json'));
    writeFileSync(join(folder, 'a.said.json'), 'old');
    await expect(waiting.put('a', pair)).rejects.toMatchObject({ code: 'file-write-failed' });
    expect(readFileSync(join(folder, 'a.said.json'), 'utf8')).toBe('old');
  });

  it('removes what was said before the statement that names it', async () => {
    await waiting.put('a', pair);
    rmSync(join(folder, 'a.json'));
    mkdirSync(join(folder, 'a.json'));
    await expect(waiting.remove('a')).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('removes what a process left in part, and nothing that is whole, when the next one is put', async () => {
    await waiting.put('a', pair);
    for (const part of ['.b.said.json.0a1b.tmp', 'b.said.json', 'c.json']) {
      writeFileSync(join(folder, part), 'free text');
    }
    await waiting.put('d', pair);
    expect(readdirSync(folder).sort()).toEqual([
      ...['a.json', 'a.said.json', 'd.json', 'd.said.json'],
    ]);
  });

  it('lists none of which a file is missing, or went meanwhile', async () => {
    await waiting.put('a', pair);
    writeFileSync(join(folder, 'b.said.json'), 'free text');
    writeFileSync(join(folder, 'c.json'), 'signed');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'c.said.json'));
    expect((await waiting.list()).map(({ name }) => name)).toEqual(['a']);
  });
});
