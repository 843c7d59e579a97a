import { wipeMemory } from '../domain/intake/column-memory.ts';
import type { ByteEncoding, CodePointRead } from '../domain/intake/code-points.ts';
import type { LanePlaces } from './lane-memory.ts';

const SINGLE = 1;
const PAIR = 2;
const THREE = 3;

/** Lead bytes of UTF-8 behind which any two continuation bytes stand: nearly all of Japanese. */
const threesMin = 0xe1;
const threesMax = 0xec;

/** The full-width zero; the other digits follow it in its last byte. */
const fullWidthZeros: Readonly<Record<ByteEncoding, readonly number[]>> = {
  'utf-8': [0xef, 0xbc, 0x90],
  shift_jis: [0x82, 0x4f],
  'euc-jp': [0xa3, 0xb0],
};

/** How the plain records know full-width digits: first and last byte of the zero, the one between them, how many. */
export interface WideDigits {
  readonly wideLead: number;
  readonly wideMiddle: number;
  readonly wideZero: number;
  readonly wideBytes: number;
}

/** No byte is like that. */
export const noWideDigits: WideDigits = { wideLead: 256, wideMiddle: 0, wideZero: 0, wideBytes: 0 };

export function wideDigitsOf(encoding: ByteEncoding): WideDigits {
  const zero = fullWidthZeros[encoding];
  const { length: wideBytes } = zero;
  return { wideLead: zero[0]!, wideMiddle: zero[1]!, wideZero: zero[wideBytes - 1]!, wideBytes };
}

interface WideEncoding {
  readonly read: CodePointRead;
  /** The encoding is UTF-8. */
  readonly hasThrees: boolean;
}

/**
 * Writes which bytes beyond ASCII are characters: per lead byte how many bytes they have, and which pairs are one. Those
 * that are left out, and all of them without an encoding, are looked at one by one elsewhere.
 */
export function fillWideTables(
  memory: SharedArrayBuffer,
  { leads: leadsAt, pairs: pairsAt }: Pick<LanePlaces, 'leads' | 'pairs'>,
  encoding: WideEncoding | undefined,
): void {
  const leads = new Uint8Array(memory, leadsAt, 256);
  const pairs = new Uint8Array(memory, pairsAt, 65_536);
  for (const table of [leads, pairs]) wipeMemory(table);
  if (encoding === undefined) return;
  const { read, hasThrees } = encoding;
  const bytes = new Uint8Array(2);
  for (let lead = 0x80; lead <= 0xff; lead++) {
    bytes[0] = lead;
    if ((read(bytes, 0, 1) & 7) === SINGLE && read(bytes, 0, 1) > 0) {
      leads[lead] = SINGLE;
      continue;
    }
    if (hasThrees && lead >= threesMin && lead <= threesMax) {
      leads[lead] = THREE;
      continue;
    }
    for (let trail = 0x40; trail <= 0xff; trail++) {
      bytes[1] = trail;
      const character = read(bytes, 0, 2);
      if (character <= 0 || (character & 7) !== PAIR) continue;
      leads[lead] = PAIR;
      pairs[(lead << 8) | trail] = 1;
    }
  }
}
