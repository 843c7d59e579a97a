import { randomInt } from 'node:crypto';

import { brands } from '../domain/cards/brands.ts';
import { PACKED_PAN_BYTES } from '../domain/cards/packed-pan.ts';
import type { OutgoingCards } from '../domain/formats/outgoing-cards.ts';
import { packReference } from '../domain/intake/packed-reference.ts';
import { encodeReadBack } from '../domain/recipients/read-back.ts';

/** References that stand for nothing, and what whoever opens their file will read back. */
export interface DrawnReferences {
  readonly references: OutgoingCards;
  readonly answer: Uint8Array;
}

const FOUR = 4;
const window = 'TEST';

/**
 * Invents references for the test file of a profile for references: `TEST-` and eight digits, of which the last four are
 * what is read back. The first half tells the references of a file apart, and every ending is as likely as the others.
 */
export function drawReferences(count: number, at: Date): DrawnReferences {
  const packed = new Uint8Array(count * PACKED_PAN_BYTES);
  const endings = Array.from({ length: count }, () => randomInt(10_000));
  const texts = endings.map((ending, place) => `TEST-${four(place + 1)}${four(ending)}`);
  for (let place = 0; place < count; place += 1) {
    packReference(0, place, packed.subarray(place * PACKED_PAN_BYTES));
  }
  const bytes = texts.map((text) => new TextEncoder().encode(text));
  let end = 0;
  const seen = new Float64Array(count).fill(at.getTime());
  const places = Int32Array.from({ length: count }, (_, place) => place);
  return {
    references: {
      columns: {
        ...{ packed, brand: new Uint8Array(count), expiry: new Uint16Array(count) },
        ...{ firstSeen: seen, lastSeen: seen, firstReference: places },
        referenceBytes: new Uint8Array(Buffer.concat(bytes)),
        referenceEnds: Uint32Array.from(bytes, ({ length }) => (end += length)),
        windows: new Uint32Array(count).fill(1),
      },
      order: places,
      issuers: [{ issuer: '', end: count }],
      brandNames: brands.map(({ name }, place) => (place === 0 ? '' : name)),
      firstReference: 1,
      windowNames: [window],
      merchants: new Map([[0, { ids: window, numbers: window }]]),
    },
    answer: encodeReadBack({
      count,
      firstFour: digitsOf(endings[0]!),
      lastFour: digitsOf(endings.at(-1)!),
    }),
  };
}

function four(value: number): string {
  return String(value).padStart(FOUR, '0');
}

function digitsOf(ending: number): Uint8Array {
  return Uint8Array.from(four(ending), Number);
}
