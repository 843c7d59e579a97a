import { bytesOfNumbers, type SearchedEncoding } from './bytes-of-numbers.ts';
import { holdsCardGroups, holdsWrappedCard } from './card-groups.ts';
import { DIGITS_MIN, holdsCardRun } from './card-runs.ts';
import { hasMarkedDigits, hasMarkup, undoMarkup } from './markup.ts';
import { narrowIso2022, narrowText, narrowUtf16, narrowUtf32 } from './narrowing.ts';
import { nextStretch } from './stretches.ts';
import {
  nextBase64Run,
  undoBase64,
  undoPercent,
  undoQuotedPrintable,
} from './transfer-encodings.ts';

const ESCAPE = 0x1b;
const EQUALS = 0x3d;
const PERCENT = 0x25;

/**
 * Whether a card number stands in the bytes of a file or a mail: as text in ASCII, UTF-8, Shift_JIS, EUC-JP, ISO-2022-JP,
 * UTF-16 or UTF-32 of either order, with or without a mark, in half-width or full-width digits, also in HTML; and the
 * same once more behind quoted-printable, percent-encoding or base64, one layer of them. No encoding is asked for or
 * guessed: each is tried, because a mail holds several. What a number is, say `holdsCardRun` (digits with single spaces
 * or hyphens, data of a stripe), `holdsCardGroups` (other signs between groups) and `holdsWrappedCard` (line ends).
 *
 * Not found: what is drawn, compressed or encrypted, a second layer of an encoding, digits with more than one sign
 * between them, columns of several numbers that are cut by line ends, numbers in words that read as hexadecimal.
 * Takes time in proportion to the bytes, four times their memory at most, and wipes what it wrote. Throws nothing.
 */
export function holdsCardNumber(bytes: Uint8Array): boolean {
  const room: Room = {
    narrow: new Uint8Array(bytes.length),
    unmarked: new Uint8Array(bytes.length),
    undone: new Uint8Array(bytes.length),
  };
  try {
    return (
      holdsReadable(bytes, room) ||
      holdsUndone(bytes, EQUALS, undoQuotedPrintable, room) ||
      holdsUndone(bytes, PERCENT, undoPercent, room) ||
      holdsInBase64(bytes, room)
    );
  } finally {
    for (const part of [room.narrow, room.unmarked, room.undone]) part.fill(0);
  }
}

/** Memory for copies of the bytes, each as long as they are. */
interface Room {
  readonly narrow: Uint8Array;
  readonly unmarked: Uint8Array;
  readonly undone: Uint8Array;
}

function holdsUndone(
  bytes: Uint8Array,
  sign: number,
  undo: (bytes: Uint8Array, into: Uint8Array) => number,
  room: Room,
): boolean {
  if (!bytes.includes(sign)) return false;
  const length = undo(bytes, room.undone);
  return length < bytes.length && holdsReadable(room.undone.subarray(0, length), room);
}

/** The text encodings, each in its own pass; where a number cannot be, nothing is narrowed. */
function holdsReadable(bytes: Uint8Array, room: Room): boolean {
  const { narrow } = room;
  const isMarked = hasMarkedDigits(bytes);
  const mayHold = (encoding: SearchedEncoding): boolean =>
    isMarked || nextStretch(bytes, 0, bytesOfNumbers(encoding), DIGITS_MIN) >= 0;
  const holds = (length: number): boolean => holdsNarrowed(narrow.subarray(0, length), room);
  if (mayHold('utf-8') && holds(narrowText(bytes, 'utf-8', narrow))) return true;
  if (bytes.includes(ESCAPE) && mayHold('iso-2022-jp') && holds(narrowIso2022(bytes, narrow))) {
    return true;
  }
  if (isBeyondAscii(bytes)) {
    for (const encoding of ['shift_jis', 'euc-jp'] as const) {
      if (mayHold(encoding) && holds(narrowText(bytes, encoding, narrow))) return true;
    }
  }
  // One byte of a digit in UTF-16 is 0x00, of a full-width one 0xFF.
  if (!bytes.includes(0x00) && !bytes.includes(0xff)) return false;
  if (!mayHold('utf-16')) return false;
  for (const isLittle of [true, false]) {
    for (const start of [0, 1] as const) {
      if (holds(narrowUtf16(bytes, start, isLittle, narrow))) return true;
    }
    if (!bytes.includes(0x00)) continue;
    for (const start of [0, 1, 2, 3]) {
      if (holds(narrowUtf32(bytes, start, isLittle, narrow))) return true;
    }
  }
  return false;
}

function holdsNarrowed(text: Uint8Array, { unmarked }: Room): boolean {
  if (holdsInText(text)) return true;
  if (!hasMarkup(text)) return false;
  return holdsInText(unmarked.subarray(0, undoMarkup(text, unmarked)));
}

function holdsInText(text: Uint8Array): boolean {
  return holdsCardRun(text) || holdsCardGroups(text) || holdsWrappedCard(text);
}

function holdsInBase64(bytes: Uint8Array, room: Room): boolean {
  let run = nextBase64Run(bytes, 0);
  while (run !== undefined) {
    const encoded = bytes.subarray(run.start, run.end);
    for (let skipped = 0; skipped < 4; skipped++) {
      const length = undoBase64(encoded, skipped, room.undone);
      if (holdsReadable(room.undone.subarray(0, length), room)) return true;
    }
    run = nextBase64Run(bytes, run.end);
  }
  return false;
}

function isBeyondAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return true;
  return false;
}
