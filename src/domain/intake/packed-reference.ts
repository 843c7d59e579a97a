// A reference in the ten bytes of a card table that a packed card number takes otherwise. No nibble of a card number is
// 0xA, so neither can be taken for the other.
//
//   byte  0       0xA0 and the kind, its place in `referenceKinds`
//   byte  1 … 4   number in the reference arena, little endian
//   byte  5 … 9   0
//
// The table's `expiry` of a reference holds the last four digits of its card, plus 1, and 0 where none were given; its
// `brand` is 0 where none was given.

const MARK = 0xa0;

/** Writes reference number `reference` of a kind to the front of `into`, ten bytes that are zero otherwise. */
export function packReference(kind: number, reference: number, into: Uint8Array): void {
  into[0] = MARK | kind;
  into[1] = reference & 0xff;
  into[2] = (reference >>> 8) & 0xff;
  into[3] = (reference >>> 16) & 0xff;
  into[4] = reference >>> 24;
}

/** Place of the kind in `referenceKinds`, of the packed reference at byte `at`. */
export function packedKind(packed: Uint8Array, at: number): number {
  return packed[at]! & 0x0f;
}

/** Whether a reference stands at byte `at`, and no card number. */
export function isPackedReference(packed: Uint8Array, at: number): boolean {
  return (packed[at]! & 0xf0) === MARK;
}
