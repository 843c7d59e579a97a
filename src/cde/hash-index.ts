import { KEYED_HASH_BYTES } from '../domain/cards/keyed-hash.ts';
import { HASH_ROW_BYTES } from '../domain/handoff/card-page.ts';

/** Rows made at a time: a mebibyte of them. */
const pieceRows = 65_536;
/** Places fit into 26 bits, as card numbers in the table do; with 26 bits of the hash, 52 are whole in a float. */
const placeRange = 2 ** 26;
const placeMask = placeRange - 1;

/**
 * The hash index of one batch: rows sorted by hash, in pieces of one buffer that the next piece overwrites.
 *
 * `order` holds the batch's cards in the order of the batch; a row is the hash of a card and its place in it.
 * Memory: 8 bytes a card and one piece.
 */
export function* hashRowPieces(hashes: Uint8Array, order: Int32Array): Generator<Uint8Array> {
  const sorted = sortedKeys(hashes, order);
  const piece = new Uint8Array(Math.min(sorted.length, pieceRows) * HASH_ROW_BYTES);
  const view = new DataView(piece.buffer);
  for (let first = 0; first < sorted.length; first += pieceRows) {
    const count = Math.min(pieceRows, sorted.length - first);
    for (let row = 0; row < count; row += 1) {
      const place = placeOf(sorted[first + row]!);
      const at = row * HASH_ROW_BYTES;
      copyHash(hashes, order[place]!, piece, at);
      view.setUint32(at + KEYED_HASH_BYTES, place, true);
    }
    yield piece.subarray(0, count * HASH_ROW_BYTES);
  }
}

/** Writes the keyed hash of a card to `into` at byte `at`. */
export function copyHash(hashes: Uint8Array, card: number, into: Uint8Array, at: number): void {
  const from = card * KEYED_HASH_BYTES;
  for (let i = 0; i < KEYED_HASH_BYTES; i += 1) into[at + i] = hashes[from + i]!;
}

/**
 * One key per card, sorted by its hash. A key is the first 26 bits of the hash and the place in one float, which typed
 * arrays sort natively; neighbours with equal bits are put right by insertion.
 */
function sortedKeys(hashes: Uint8Array, order: Int32Array): Float64Array {
  const view = new DataView(hashes.buffer, hashes.byteOffset);
  const keys = new Float64Array(order.length);
  for (let place = 0; place < keys.length; place += 1) {
    const bits = view.getUint32(order[place]! * KEYED_HASH_BYTES, false) >>> 6;
    keys[place] = bits * placeRange + place;
  }
  keys.sort();
  const cardOf = (key: number): number => order[placeOf(key)]!;
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i]!;
    let at = i;
    for (; at > 0 && bitsOf(keys[at - 1]!) === bitsOf(key); at -= 1) {
      if (!isAfter(hashes, cardOf(keys[at - 1]!), cardOf(key))) break;
      keys[at] = keys[at - 1]!;
    }
    keys[at] = key;
  }
  return keys;
}

/** Whether the hash of one card sorts behind that of another. */
function isAfter(hashes: Uint8Array, left: number, right: number): boolean {
  for (let i = 0; i < KEYED_HASH_BYTES; i += 1) {
    const difference = hashes[left * KEYED_HASH_BYTES + i]! - hashes[right * KEYED_HASH_BYTES + i]!;
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function bitsOf(key: number): number {
  return Math.floor(key / placeRange);
}

/** Bit operations take the lowest 32 bits of a whole number, however large. */
function placeOf(key: number): number {
  return key & placeMask;
}
