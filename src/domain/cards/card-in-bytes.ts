import { bytesOfNumbers, type SearchedEncoding } from './bytes-of-numbers.ts';
import { DIGITS_MIN, holdsCardRun } from './card-runs.ts';
import { narrowIso2022, narrowText, narrowUtf16 } from './narrowing.ts';
import { nextStretch } from './stretches.ts';
import { nextBase64Run, undoBase64, undoQuotedPrintable } from './transfer-encodings.ts';

const ESCAPE = 0x1b;
const EQUALS = 0x3d;

/**
 * Whether a card number stands in the bytes of a file or a mail (`holdsCardRun` says what one is): as text in ASCII,
 * UTF-8, Shift_JIS, EUC-JP, ISO-2022-JP or UTF-16 of either order, with or without a mark, in half-width or full-width
 * digits; and the same once more behind quoted-printable or base64, one layer of them. No encoding is asked for or
 * guessed: each is tried, because a mail holds several.
 *
 * Not found: what is drawn, compressed or encrypted, a second layer of base64, digits with more than one sign between
 * them. Takes time in proportion to the bytes, three times their memory at most, and wipes what it wrote. Throws nothing.
 */
export function holdsCardNumber(bytes: Uint8Array): boolean {
  const narrow = new Uint8Array(bytes.length);
  const undone = new Uint8Array(bytes.length);
  try {
    if (holdsReadable(bytes, narrow)) return true;
    if (bytes.includes(EQUALS)) {
      const length = undoQuotedPrintable(bytes, undone);
      if (length < bytes.length && holdsReadable(undone.subarray(0, length), narrow)) return true;
    }
    return holdsInBase64(bytes, undone, narrow);
  } finally {
    narrow.fill(0);
    undone.fill(0);
  }
}

/** The text encodings, each in its own pass; where a number cannot be, nothing is narrowed. */
function holdsReadable(bytes: Uint8Array, narrow: Uint8Array): boolean {
  const mayHold = (encoding: SearchedEncoding): boolean =>
    nextStretch(bytes, 0, bytesOfNumbers(encoding), DIGITS_MIN) >= 0;
  const holds = (length: number): boolean => holdsCardRun(narrow.subarray(0, length));
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
  for (const start of [0, 1] as const) {
    for (const isLittle of [true, false]) {
      if (holds(narrowUtf16(bytes, start, isLittle, narrow))) return true;
    }
  }
  return false;
}

function holdsInBase64(bytes: Uint8Array, undone: Uint8Array, narrow: Uint8Array): boolean {
  let run = nextBase64Run(bytes, 0);
  while (run !== undefined) {
    const encoded = bytes.subarray(run.start, run.end);
    for (let skipped = 0; skipped < 4; skipped++) {
      const length = undoBase64(encoded, skipped, undone);
      if (holdsReadable(undone.subarray(0, length), narrow)) return true;
    }
    run = nextBase64Run(bytes, run.end);
  }
  return false;
}

function isBeyondAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return true;
  return false;
}
