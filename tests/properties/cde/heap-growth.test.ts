import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

import type { HeapReading } from '../../support/heap-meter.ts';

const meter = fileURLToPath(new URL('../../support/heap-meter.ts', import.meta.url));

/** The first is read to warm up: code that is not compiled yet allocates more. */
const sizes = [150_000, 150_000, 450_000] as const;

/**
 * A number that does not fit a register is boxed in 16 bytes, and one a record may be; the smallest object takes as much
 * again, a string or the view of a buffer several times that.
 */
const allocatedMax = 40;
/** What is kept of a record lies in columns outside the heap. */
const keptMax = 8;

let base: HeapReading;
let more: HeapReading;

beforeAll(async () => {
  const args = ['--expose-gc', meter, ...sizes.map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  [, base, more] = JSON.parse(stdout) as [HeapReading, HeapReading, HeapReading];
});

describe('runPrepare()', () => {
  it('makes no string and no object for a record or a card', () => {
    const allocated = (more.allocated - base.allocated) / (more.records - base.records);
    expect({ allocated, mostBy: more.mostBy }).toSatisfy(() => allocated < allocatedMax);
  });

  it('keeps nothing on the heap for a record or a card', () => {
    expect((more.kept - base.kept) / (more.records - base.records)).toBeLessThan(keptMax);
  });

  it('is measured with cards and with records that become none', () => {
    expect(more.cards).toBeGreaterThan(sizes[2] * 0.7);
    expect(more.cards).toBeLessThan(sizes[2] * 0.9);
  });
});
