import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armored } from '../../../src/edge/openpgp/armor.ts';
import { Dearmor } from '../../../src/edge/openpgp/dearmor.ts';
import { PacketFraming } from '../../../src/edge/openpgp/packet-framing.ts';
import { gathered } from '../../../src/edge/openpgp/stream-bridge.ts';
import { bytesOf, chunked, collected, noise } from '../../support/chunks.ts';

interface Seen {
  readonly packets: { tag: number; body: number[] }[];
  readonly isWhole: boolean;
}

function split(bytes: Uint8Array, size: number): Seen {
  const packets: Seen['packets'] = [];
  let ended = 0;
  const framing = new PacketFraming(
    {
      begin: (tag) => packets.push({ tag, body: [] }),
      body: (part) => packets.at(-1)!.body.push(...part),
      end: () => (ended += 1),
    },
    'source-malformed',
  );
  for (let at = 0; at < bytes.length; at += size) {
    framing.feed(bytes.subarray(at, at + size));
  }
  const isWhole = framing.finish();
  expect(ended).toBe(isWhole ? packets.length : packets.length - 1);
  return { packets, isWhole };
}

const body = (length: number) => [...noise(length, length + 1)];

describe('PacketFraming', () => {
  it.each<[string, number[], number, number]>([
    ['one byte', [0xd2, 191], 18, 191],
    ['none at all', [0xd2, 0], 18, 0],
    ['two bytes, least', [0xd2, 192, 0], 18, 192],
    ['two bytes, most', [0xd2, 223, 255], 18, 8383],
    ['five bytes', [0xd2, 255, 0, 0, 32, 192], 18, 8384],
    ['old, one byte', [0x84, 10], 1, 10],
    ['old, two bytes', [0x85, 1, 0], 1, 256],
    ['old, four bytes', [0x86, 0, 0, 1, 1], 1, 257],
    ['old, to the end', [0x87], 1, 300],
  ])('reads a length of %s', (_, header, tag, length) => {
    for (const size of [1, 3, 100_000]) {
      const bytes = Uint8Array.from([...header, ...body(length)]);
      expect(split(bytes, size)).toEqual({ packets: [{ tag, body: body(length) }], isWhole: true });
    }
  });

  it('joins partial lengths', () => {
    const bytes = [0xd2, 0xe9, ...body(512), 0xe0, 7, 192, 0, ...body(192)];
    const joined = [...body(512), 7, ...body(192)];
    for (const size of [1, 5, 100_000]) {
      const seen = split(Uint8Array.from(bytes), size);
      expect(seen).toEqual({ packets: [{ tag: 18, body: joined }], isWhole: true });
    }
  });

  it('tells an early end: in the header, the length, the body, between parts', () => {
    for (const bytes of [[0xd2], [0xd2, 192], [0xd2, 3, 1, 2], [0xd2, 0xe0, 1], [0x86, 0, 0]]) {
      expect(split(Uint8Array.from(bytes), 1).isWhole).toBe(false);
    }
  });

  it('refuses a byte that starts no packet', () => {
    expect(() => split(Uint8Array.of(0xd2, 1, 0, 0x41), 1)).toThrow(
      expect.objectContaining({ code: 'source-malformed' }) as Error,
    );
  });

  it('does not depend on how bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (bytes, size) => {
          const whole = outcome(bytes, 1000);
          expect(outcome(bytes, size)).toEqual(whole);
        },
      ),
    );
  });
});

function outcome(bytes: Uint8Array, size: number): unknown {
  try {
    return split(bytes, size);
  } catch {
    return 'refused';
  }
}

describe('armored() and Dearmor', () => {
  const dearmored = (text: Uint8Array, size: number) => {
    const dearmor = new Dearmor('source-not-openpgp');
    const parts: Uint8Array[] = [];
    for (let at = 0; at < text.length; at += size) {
      parts.push(dearmor.feed(text.subarray(at, at + size)));
    }
    dearmor.finish();
    return new Uint8Array(Buffer.concat(parts));
  };

  it('are inverses, however the bytes are cut', async () => {
    for (const length of [0, 1, 2, 3, 47, 48, 49, 95, 96, 1000, 100_000]) {
      const bytes = noise(length, length + 1);
      for (const size of [1, 48, 65_536]) {
        const text = await collected(armored(chunked(bytes, Math.max(size, length / 500))));
        expect(dearmored(text, size === 1 ? 7 : size)).toEqual(bytes);
      }
    }
  });

  it('take text in front, headers and CRLF', async () => {
    const text = new TextDecoder().decode(await collected(armored(chunked(noise(200), 50))));
    const mailed = `Dear all,\n${text.replace('-----\n', '-----\nComment: by mail\nVersion: 1\n')}`;
    expect(dearmored(bytesOf(mailed.replaceAll('\n', '\r\n')), 11)).toEqual(noise(200));
  });

  it.each<[string, (text: string) => string]>([
    ['no end', (text) => text.replace(/-----END[^]*$/, '')],
    ['a wrong checksum', (text) => text.replace(/^=.{4}$/m, '=AAAA')],
    ['a changed letter', (text) => text.replace(/^(.{10})./m, (_, start: string) => `${start}#`)],
    ['another kind', (text) => text.replaceAll('MESSAGE', 'SIGNED MESSAGE')],
    ['text behind', (text) => `${text}more\n`],
    ['a line without end', (text) => `${text.slice(0, 40)}${'A'.repeat(20_000)}`],
    ['no armor', () => 'only text\n'],
  ])('refuse %s', async (_, change) => {
    const text = new TextDecoder().decode(await collected(armored(chunked(noise(300), 50))));
    expect(() => dearmored(bytesOf(change(text)), 64)).toThrow(
      expect.objectContaining({ code: 'source-not-openpgp' }) as Error,
    );
  });
});

describe('gathered()', () => {
  it('gives the same bytes in chunks of 64 KiB and more, and lets large chunks through', async () => {
    const bytes = noise(200_000);
    const sizes: number[] = [];
    const parts: Uint8Array[] = [];
    for await (const chunk of gathered(chunked(bytes, 1000))) {
      sizes.push(chunk.length);
      parts.push(chunk);
    }
    expect(sizes).toEqual([66_000, 66_000, 66_000, 2000]);
    expect(new Uint8Array(Buffer.concat(parts))).toEqual(bytes);
    for await (const only of gathered([bytes])) {
      expect(only).toBe(bytes);
    }
  });
});
