import { Writable } from 'node:stream';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { assertTally } from '../../../src/cde/assert-tally.ts';
import { FindingBuffer } from '../../../src/cde/finding-buffer.ts';
import {
  decodeDocument,
  encodeDocument,
  encodeFrameHeader,
  frameBytesMax,
  frameKind,
  readFrames,
} from '../../../src/cde/frames.ts';
import type { Frame } from '../../../src/cde/frames.ts';
import { Outbound, splitRows } from '../../../src/cde/outbound.ts';
import { refuseToBeInspected } from '../../../src/cde/refuse-inspection.ts';
import { readFinding } from '../../../src/domain/handoff/card-page.ts';
import { allOf } from '../../support/all-of.ts';
import { chunked } from '../../support/chunks.ts';

/** Keeps what was written to it. */
function sink(): { outbound: Outbound; written: () => Uint8Array } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      // As a pipe does: the bytes are taken now, the memory is the caller's again.
      parts.push(Buffer.from(chunk));
      done();
    },
  });
  return { outbound: new Outbound(stream), written: () => new Uint8Array(Buffer.concat(parts)) };
}

async function framesIn(bytes: Uint8Array, size: number): Promise<Frame[]> {
  return allOf(readFrames(chunked(bytes, size)));
}

describe('readFrames()', () => {
  const message = fc.record({
    kind: fc.constantFrom(...Object.values(frameKind)),
    payload: fc.uint8Array({ maxLength: 300 }),
  });

  it('gives back what was sent, whatever the chunking', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message), fc.integer({ min: 1, max: 64 }), async (all, size) => {
        const { outbound, written } = sink();
        for (const { kind, payload } of all) await outbound.send(kind, payload);
        const found = await framesIn(written(), size);
        expect(found.map(({ kind, payload }) => [kind, [...payload]])).toEqual(
          all.map(({ kind, payload }) => [kind, [...payload]]),
        );
      }),
    );
  });

  it('gives empty frames that end with a chunk or with the stream', async () => {
    const { outbound, written } = sink();
    for (let at = 0; at < 3; at += 1) await outbound.send(frameKind.begin, new Uint8Array(0));
    for (const size of [1, 4, 5, 10, 15]) expect(await framesIn(written(), size)).toHaveLength(3);
  });

  it('just ends when the stream ends inside a frame', async () => {
    const { outbound, written } = sink();
    await outbound.send(frameKind.result, new Uint8Array(10));
    const bytes = written();
    for (let cut = 0; cut < bytes.length; cut += 1) {
      expect(await framesIn(bytes.subarray(0, cut), 3)).toEqual([]);
    }
  });

  it('refuses a length over the maximum before it takes memory for it', async () => {
    const header = encodeFrameHeader(frameKind.findings, 0);
    new DataView(header.buffer).setUint32(0, frameBytesMax + 1, true);
    await expect(framesIn(header, 5)).rejects.toThrow(RangeError);
    new DataView(header.buffer).setUint32(0, 0xffff_ffff, true);
    await expect(framesIn(header, 1)).rejects.toThrow(RangeError);
  });
});

describe('encodeFrameHeader()', () => {
  it('takes the maximum and refuses one byte more', () => {
    expect(encodeFrameHeader(frameKind.job, frameBytesMax)).toHaveLength(5);
    expect(() => encodeFrameHeader(frameKind.job, frameBytesMax + 1)).toThrow(RangeError);
  });
});

describe('Outbound and splitRows()', () => {
  it('keep document and rows apart', async () => {
    const { outbound, written } = sink();
    const rows = Uint8Array.from({ length: 100 }, (_, at) => at);
    await outbound.sendRows(frameKind.cardPage, { batch: 'b-1', 名: '①' }, rows);
    const [frame] = await framesIn(written(), 7);
    const parts = splitRows(frame!.payload);
    expect(decodeDocument(parts.head)).toEqual({ batch: 'b-1', 名: '①' });
    expect(parts.rows).toEqual(rows);
  });

  it('keep frames whole that are sent while another is under way', async () => {
    const { outbound, written } = sink();
    const rows = new Uint8Array(30).fill(7);
    const pieces = [rows.subarray(0, 10), rows.subarray(10, 20), rows.subarray(20)];
    await Promise.all([
      outbound.sendPieces(frameKind.cardPage, { batch: 'b-1' }, rows.length, pieces),
      outbound.sendDocument(frameKind.progress, { done: 1 }),
      outbound.sendRows(frameKind.hashPages, { batch: 'b-1' }, rows),
    ]);
    const frames = await framesIn(written(), 5);
    const kinds = frames.map(({ kind }) => kind);
    expect(kinds).toEqual([frameKind.cardPage, frameKind.progress, frameKind.hashPages]);
    expect(splitRows(frames[0]!.payload).rows).toEqual(rows);
    expect(decodeDocument(frames[1]!.payload)).toEqual({ done: 1 });
  });

  it('take rows in pieces that share one buffer', async () => {
    const { outbound, written } = sink();
    function* pieces(): Generator<Uint8Array> {
      const piece = new Uint8Array(4);
      for (let at = 0; at < 5; at += 1) yield piece.fill(at);
    }
    await outbound.sendPieces(frameKind.hashPages, { batch: 'b-1' }, 20, pieces());
    const [frame] = await framesIn(written(), 9);
    const expected = Array.from({ length: 20 }, (_, at) => Math.floor(at / 4));
    expect([...splitRows(frame!.payload).rows]).toEqual(expected);
  });

  it('wait for the reader before the next frame', async () => {
    let release = (): void => undefined;
    const stream = new Writable({ write: (_chunk, _, done) => (release = done) });
    let isSent = false;
    const sent = new Outbound(stream).send(frameKind.result, new Uint8Array(1)).then(() => {
      isSent = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    release();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isSent).toBe(false);
    release();
    await sent;
  });

  it('encodeDocument() and decodeDocument() are the inverse of each other', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(decodeDocument(encodeDocument(value)))).toBe(text);
      }),
    );
  });
});

describe('FindingBuffer', () => {
  const pageRows = 16_384;

  it('keeps findings until a page is full, and sends the rest at the end', async () => {
    const { outbound, written } = sink();
    const buffer = new FindingBuffer(outbound);
    buffer.finding(1, 2, 3);
    await buffer.flush(false);
    expect(written()).toHaveLength(0);
    await buffer.flush(true);
    const [frame] = await framesIn(written(), 100);
    expect(frame!.kind).toBe(frameKind.findings);
    expect(readFinding(frame!.payload, 0)).toEqual({ source: 1, line: 2, reason: 3 });
  });

  it('sends nothing when there is nothing', async () => {
    const { outbound, written } = sink();
    await new FindingBuffer(outbound).flush(true);
    expect(written()).toHaveLength(0);
  });

  it('loses none when more come between two flushes than a page holds', async () => {
    const { outbound, written } = sink();
    const buffer = new FindingBuffer(outbound);
    const rounds = [pageRows - 1, 1, pageRows * 5 + 7, 3];
    let line = 0;
    for (const count of rounds) {
      for (let at = 0; at < count; at += 1) buffer.finding(line % 60_000, line++, line % 17);
      await buffer.flush(false);
    }
    await buffer.flush(true);
    const frames = await framesIn(written(), 1_000_000);
    expect(frames.map(({ payload }) => payload.length / 8)).toEqual([
      pageRows,
      pageRows * 5 + 7,
      3,
    ]);
    let expected = 0;
    for (const { payload } of frames) {
      for (let row = 0; row < payload.length / 8; row += 1, expected += 1) {
        if (readFinding(payload, row).line !== expected) throw new Error(`lost ${expected}`);
      }
    }
    expect(expected).toBe(line);
  });

  it('keeps the largest values of its columns', async () => {
    const { outbound, written } = sink();
    const buffer = new FindingBuffer(outbound);
    buffer.finding(65_535, 4_294_967_295, 255);
    await buffer.flush(true);
    const [frame] = await framesIn(written(), 100);
    expect(readFinding(frame!.payload, 0)).toEqual({
      ...{ source: 65_535, line: 4_294_967_295, reason: 255 },
    });
  });
});

describe('assertTally()', () => {
  it('takes counts that add up', () => {
    assertTally({ read: 10, cards: 4, excluded: { luhn: 3, duplicate: 1 }, held: { length: 2 } });
    assertTally({ read: 0, cards: 0, excluded: {}, held: {} });
  });

  it.each([
    { read: 10, cards: 4, excluded: { luhn: 5 }, held: {} },
    { read: 10, cards: 4, excluded: { luhn: 5 }, held: { length: 2 } },
    { read: 1, cards: 0, excluded: {}, held: {} },
  ])('refuses a record too few or too many', (tally) => {
    expect(() => assertTally(tally)).toThrow(expect.objectContaining({ code: 'tally-wrong' }));
  });
});

describe('refuseToBeInspected()', () => {
  it.each([
    [[], undefined],
    [['--disable-proto=throw', '--disable-sigusr1'], ''],
    [[], '--max-old-space-size=512'],
    [['--enable-source-maps'], undefined],
  ])('takes %j with NODE_OPTIONS %s', (args, options) => {
    expect(() => refuseToBeInspected(args, options)).not.toThrow();
  });

  it.each([
    '--inspect',
    '--inspect=127.0.0.1:9229',
    '--inspect-brk',
    '--inspect-port=1',
    '--heapsnapshot-signal=SIGUSR2',
    '--heapsnapshot-near-heap-limit=3',
    '--heap-prof',
    '--cpu-prof',
    '--report-on-signal',
    '--report-uncaught-exception',
    '--abort-on-uncaught-exception',
    '--require=./spy.js',
    '-r ./spy.js',
    '--import=./spy.mjs',
    '--loader=./spy.mjs',
    '--experimental-loader=./spy.mjs',
    '--openssl-config=./spy.cnf',
    '--openssl-shared-config',
  ])('refuses %s as an argument and in NODE_OPTIONS', (option) => {
    const refusal = expect.objectContaining({ code: 'process-inspectable' }) as Error;
    const [first = ''] = option.split(' ');
    expect(() => refuseToBeInspected([first], undefined)).toThrow(refusal);
    expect(() => refuseToBeInspected([], `--no-warnings ${option}`)).toThrow(refusal);
  });

  it('names the option without its value', () => {
    expect(() => refuseToBeInspected(['--require=/home/sato/x.js'], undefined)).toThrow(
      expect.objectContaining({ facts: { option: '--require' } }),
    );
  });
});
