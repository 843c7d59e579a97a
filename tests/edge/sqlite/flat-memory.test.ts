import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

import type { LogReading } from '../../support/log-meter.ts';

const meter = fileURLToPath(new URL('../../support/log-meter.ts', import.meta.url));

/** The first is read to warm up: code that is not compiled yet is in use later. All fill the largest page that is read. */
const sizes = [3_000, 3_000, 12_000] as const;

/** Of the anchor the names of the files are held: some 100 bytes for every fourth entry. A note alone is 200, a text 200. */
const storeMax = 60;
const exportMax = 15;

let base: LogReading;
let more: LogReading;

beforeAll(async () => {
  const args = ['--expose-gc', meter, ...sizes.map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  [, base, more] = JSON.parse(stdout) as [LogReading, LogReading, LogReading];
});

const grown = (act: 'verifyStore' | 'verifyExport' | 'export'): number =>
  (more[act] - base[act]) / (more.entries - base.entries);

describe('a longer log', () => {
  it('takes verifyAudit() no more memory for its entries, hashes, checkpoints and texts', () => {
    expect(grown('verifyStore')).toBeLessThan(storeMax);
  });

  it('takes exportAudit() and verifyExport() no more memory', () => {
    expect(grown('export')).toBeLessThan(exportMax);
    expect(grown('verifyExport')).toBeLessThan(exportMax);
  });

  it('is measured with a checkpoint for every fourth entry', () => {
    expect(more.checkpoints).toBe(sizes[2] / 4);
  });
});
