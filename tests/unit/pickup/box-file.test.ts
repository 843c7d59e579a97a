import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ByteRange } from '../../../src/domain/pickup/byte-ranges.ts';
import { BoxFile } from '../../../src/edge/pickup-server/box-file.ts';
import { ServeLine } from '../../../src/edge/pickup-server/serve-line.ts';
import { UnsureBytes } from '../../../src/edge/pickup-server/unsure-bytes.ts';
import type { WireBatch } from '../../../src/edge/pickup-server/wire.ts';

const SIZE = 1_000;
const psp = { box: 'psp', key: 'SHA256:x', from: '127.0.0.1' };
const batch: WireBatch = {
  ...{ batch: 'b-1', handoff: 'h-1', name: 'file.pgp', file: 'b-1.pgp', shelf: 'outbox' },
  ...{ sizeBytes: SIZE, sha256: '', state: 'partly-read', changedAtMs: 0 },
};

let folder: string;
let unsure: UnsureBytes;
/** What `serve` was told was sent. */
let told: ByteRange[];
const line: ServeLine = new ServeLine((message) => {
  if (message.kind !== 'ask' || message.asked.what !== 'covered') return;
  told.push(...message.asked.ranges);
  line.receive({ kind: 'answer', id: message.id, value: true });
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mimamori-box-'));
  writeFileSync(join(folder, 'file'), Buffer.alloc(SIZE));
  unsure = new UnsureBytes();
  told = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = (visitor = psp): BoxFile =>
  new BoxFile(
    { batch, descriptor: openSync(join(folder, 'file'), 'r') },
    { line, visitor, unsure },
  );

/** A fetch that breaks with 300 bytes known to be sent, and 400 more given to the connection. */
async function broken(): Promise<void> {
  const file = open();
  file.read(0, 300).onSent();
  file.read(300, 400);
  await file.leave();
  expect(told).toEqual([[0, 300]]);
  told = [];
}

/** What counts of a fetch that begins there and ends well. */
async function goingOn(from: number, visitor = psp): Promise<ByteRange[]> {
  const file = open(visitor);
  file.read(from, SIZE).onSent();
  await file.report(true);
  file.close();
  return told;
}

describe('BoxFile', () => {
  it('takes it from who goes on within what was given that they have what stands before', async () => {
    await broken();
    expect(await goingOn(450)).toEqual([[300, SIZE]]);
  });

  it('takes it also of a copy that ends with the last byte that was given', async () => {
    await broken();
    expect(await goingOn(700)).toEqual([[300, SIZE]]);
  });

  it.each([
    ['behind what was given', 701],
    ['where what is known to be sent ends', 300],
  ])('counts what is sent alone of a fetch that goes on %s', async (_where, from) => {
    await broken();
    expect(await goingOn(from)).toEqual([[from, SIZE]]);
  });

  it('believes it of the same key alone', async () => {
    await broken();
    expect(await goingOn(450, { ...psp, key: 'SHA256:y' })).toEqual([[450, SIZE]]);
  });

  it('believes the first read alone: clients that fetch in pieces leap', async () => {
    await broken();
    const file = open();
    file.read(0, 10).onSent();
    file.read(450, 10).onSent();
    await file.report(true);
    file.close();
    expect(told).toEqual([
      [0, 10],
      [450, 460],
    ]);
  });
});
