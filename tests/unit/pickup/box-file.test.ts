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
  expect(file.read(SIZE, 1).data).toHaveLength(0);
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

  it('takes it also of a copy that was whole but for its end', async () => {
    const file = open();
    file.read(0, SIZE);
    await file.leave();
    const again = open();
    expect(again.read(SIZE, 1).data).toHaveLength(0);
    await again.report(true);
    again.close();
    expect(told).toEqual([[0, SIZE]]);
  });

  it('takes it also of what broke more than once', async () => {
    await broken();
    const file = open();
    file.read(450, 350).onSent();
    file.read(800, 150);
    await file.leave();
    expect(told).toEqual([[450, 800]]);
    told = [];
    expect(await goingOn(900)).toEqual([
      [300, 700],
      [800, SIZE],
    ]);
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

  it('believes it once the last byte has left, and no sooner', async () => {
    await broken();
    const file = open();
    const first = file.read(450, 500);
    const last = file.read(950, 50);
    first.onSent();
    await file.report(false);
    expect(told).toEqual([[450, 950]]);
    told = [];
    last.onSent();
    await file.report(true);
    file.close();
    expect(told).toEqual([
      [300, 450],
      [950, SIZE],
    ]);
  });

  it.each([
    ['before the end', [[450, 540]]],
    [
      'to the end, and leaves some out',
      [
        [450, 10],
        [470, 530],
      ],
    ],
    [
      'to the end, from its beginning',
      [
        [0, 10],
        [450, 550],
      ],
    ],
  ])('does not believe it of who reads %s', async (_, reads) => {
    await broken();
    const file = open();
    for (const [from, bytes] of reads) file.read(from!, bytes!).onSent();
    await file.report(true);
    file.close();
    expect(told).toEqual(reads.map(([from, bytes]) => [from!, from! + bytes!]));
  });

  it.each(['opened before', 'opened later'])(
    'does not believe it while the same key has the file open elsewhere, %s',
    async (when) => {
      await broken();
      const other = when === 'opened before' ? open() : undefined;
      const file = open();
      const { onSent } = file.read(450, SIZE);
      const later = other ?? open();
      later.close();
      onSent();
      await file.report(true);
      file.close();
      expect(told).toEqual([[450, SIZE]]);
    },
  );

  it('believes it although others have the file open', async () => {
    await broken();
    const other = open({ ...psp, key: 'SHA256:y' });
    expect(await goingOn(450)).toEqual([[300, SIZE]]);
    other.close();
  });

  it('remembers nothing of segments, of which the next one begins where it begins', async () => {
    const segments = [open(), open()] as const;
    segments[0].read(0, 500);
    segments[1].read(500, 400);
    for (const segment of segments) await segment.leave();
    expect(await goingOn(500)).toEqual([[500, SIZE]]);
  });

  it('remembers nothing of who read here and there', async () => {
    const file = open();
    file.read(0, 100);
    file.read(400, 100);
    await file.leave();
    expect(await goingOn(450)).toEqual([[450, SIZE]]);
  });
});
