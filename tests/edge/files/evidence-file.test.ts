import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isFault } from '../../../src/domain/fault.ts';
import { readEvidence } from '../../../src/edge/files/evidence-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-evidence-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const codeOf = (path: string, bytesMax = 100): Promise<unknown> =>
  readEvidence(path, bytesMax).then(
    () => '',
    (error: unknown) => (isFault(error) ? error.code : error),
  );

describe('readEvidence()', () => {
  it('reads a regular file up to the limit', async () => {
    const path = join(folder, 'mail.eml');
    writeFileSync(path, 'x'.repeat(100));
    expect(await readEvidence(path, 100)).toHaveLength(100);
    expect(await codeOf(path, 99)).toBe('input-too-large');
  });

  it('refuses a folder, a link and a pipe, and does not wait at the pipe', async () => {
    writeFileSync(join(folder, 'mail.eml'), 'x');
    const [inner, link, pipe] = ['inner', 'link', 'pipe'].map((name) => join(folder, name));
    mkdirSync(inner!);
    symlinkSync(join(folder, 'mail.eml'), link!);
    execFileSync('mkfifo', [pipe!]);
    for (const path of [inner!, link!, pipe!])
      expect(await codeOf(path)).toBe('evidence-not-a-file');
    expect(await codeOf('/dev/null')).toBe('evidence-not-a-file');
  });

  it('tells a missing file', async () => {
    expect(await codeOf(join(folder, 'none'))).toBe('input-missing');
  });
});
