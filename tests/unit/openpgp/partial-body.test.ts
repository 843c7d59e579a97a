import { describe, expect, it } from 'vitest';
import { PacketFraming } from '../../../src/edge/openpgp/packet-framing.ts';
import { lengthOctets, PART_BYTES, PartialBody } from '../../../src/edge/openpgp/partial-body.ts';
import { noise } from '../../support/chunks.ts';

/** What a body becomes that comes in chunks of `size` from memory that is used again. */
function written(body: Uint8Array, size: number): Uint8Array {
  const packet = new PartialBody(11);
  const kept = new Uint8Array(PART_BYTES);
  const chunk = new Uint8Array(size);
  const pieces: Uint8Array[] = [];
  const write = (piece: Uint8Array): void => {
    pieces.push(piece.slice());
  };
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    chunk.set(part);
    packet.push(chunk.subarray(0, part.length));
    packet.writeParts(write);
    packet.keepIn(kept);
    chunk.fill(0xff);
  }
  packet.end(write);
  return new Uint8Array(Buffer.concat(pieces));
}

function read(bytes: Uint8Array): { tags: number[]; body: Uint8Array } {
  const tags: number[] = [];
  const parts: Uint8Array[] = [];
  const framing = new PacketFraming(
    {
      begin: (tag) => tags.push(tag),
      body: (part) => parts.push(part),
      end: () => undefined,
    },
    'source-malformed',
  );
  framing.feed(bytes);
  expect(framing.finish()).toBe(true);
  return { tags, body: new Uint8Array(Buffer.concat(parts)) };
}

const part = PART_BYTES;

describe('PartialBody', () => {
  it.each([0, 1, 191, 192, 8383, 8384, part - 1, part, part + 1, 2 * part, 2 * part + 1, 500_001])(
    'writes a packet of %i bytes that is read back, however the bytes come',
    (length) => {
      const body = noise(length, length + 1);
      for (const size of [997, 16_384, part - 1, part, part + 1, 262_144]) {
        const { tags, body: found } = read(written(body, size));
        expect(tags).toEqual([11]);
        expect(Buffer.compare(found, body)).toBe(0);
      }
    },
  );

  it('writes parts of 64 KiB and a last one that is never empty', () => {
    const bytes = written(noise(2 * part), 262_144);
    expect([...bytes.subarray(0, 2)]).toEqual([0xcb, 0xf0]);
    expect([...bytes.subarray(2 + part, 2 + part + 5)]).toEqual([255, 0, 1, 0, 0]);
    expect(bytes.length).toBe(1 + 1 + part + 5 + part);
  });

  it('writes no part when the whole body fits into one', () => {
    expect([...written(noise(part), 1000).subarray(0, 6)]).toEqual([0xcb, 255, 0, 1, 0, 0]);
    expect([...written(noise(0), 1000)]).toEqual([0xcb, 0]);
  });
});

describe('lengthOctets()', () => {
  it.each([
    [0, [0]],
    [191, [191]],
    [192, [192, 0]],
    [8383, [223, 255]],
    [8384, [255, 0, 0, 32, 192]],
    [0xffff_fffe, [255, 255, 255, 255, 254]],
  ])('writes %i as RFC 9580 §4.2.1 does', (length, octets) => {
    expect(lengthOctets(length)).toEqual(octets);
  });
});
