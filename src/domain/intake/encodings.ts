import { codePointRead, TRUNCATED, type ByteEncoding } from './code-points.ts';
import { IntakeFault } from './errors.ts';

export type Encoding = ByteEncoding | 'utf-16le' | 'utf-16be';

export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, which are no text. */
  readonly markBytes: number;
}

/**
 * Decides the encoding of a source by its beginning: byte order mark, strict UTF-8, then Shift_JIS or EUC-JP by which
 * of them has all the bytes, and where both have, by which reading looks like Japanese. A declared encoding is taken
 * as it is; only its byte order mark is passed.
 *
 * `isWhole` tells that `head` is all there is; otherwise a character may be cut off at its end.
 *
 * Throws `encoding-ambiguous` where two readings are as likely, and `encoding-invalid` where there is none.
 */
export function detectEncoding(
  head: Uint8Array,
  isWhole: boolean,
  declared: Encoding | 'auto',
): DetectedEncoding {
  const mark = byteOrderMark(head);
  if (declared !== 'auto') {
    return { encoding: declared, markBytes: mark?.encoding === declared ? mark.markBytes : 0 };
  }
  if (mark !== undefined) return mark;
  if (head.every((byte) => byte < 0x80)) return { encoding: 'utf-8', markBytes: 0 };
  if (isValid('utf-8', head, isWhole)) return { encoding: 'utf-8', markBytes: 0 };
  const isShiftJis = isValid('shift_jis', head, isWhole);
  const isEucJp = isValid('euc-jp', head, isWhole);
  if (isShiftJis && isEucJp) return { encoding: moreLikely(head), markBytes: 0 };
  if (isShiftJis) return { encoding: 'shift_jis', markBytes: 0 };
  if (isEucJp) return { encoding: 'euc-jp', markBytes: 0 };
  throw new IntakeFault('encoding-invalid', { encoding: 'auto', ...firstInvalid(head) });
}

/** `utf-16le` or `utf-16be` where every other byte of text without a mark is zero; undefined otherwise. */
export function looksLikeUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) zeros[at & 1]! += 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = head.length / 4;
  if (odd > most && even < odd / 10) return 'utf-16le';
  if (even > most && odd < even / 10) return 'utf-16be';
  return undefined;
}

function byteOrderMark(head: Uint8Array): DetectedEncoding | undefined {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return { encoding: 'utf-8', markBytes: 3 };
  }
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  return undefined;
}

function isValid(encoding: ByteEncoding, head: Uint8Array, isWhole: boolean): boolean {
  return validLength(encoding, head, isWhole) === head.length;
}

/** Bytes from the start that the encoding has; all of them where only the last character is cut off by the head. */
function validLength(encoding: ByteEncoding, head: Uint8Array, isWhole: boolean): number {
  const read = codePointRead(encoding);
  for (let at = 0; at < head.length;) {
    const character = read(head, at, head.length);
    if (character === TRUNCATED && !isWhole) return head.length;
    if (character <= 0) return at;
    at += character & 7;
  }
  return head.length;
}

/** Where the reading that gets furthest breaks off: the most helpful place to look at. */
function firstInvalid(head: Uint8Array): { line: number; offset: number } {
  const encodings = ['utf-8', 'shift_jis', 'euc-jp'] as const;
  const offset = Math.max(...encodings.map((encoding) => validLength(encoding, head, true)));
  let line = 1;
  for (let at = 0; at < offset; at++) {
    if (head[at] === 0x0a ? head[at - 1] !== 0x0d : head[at] === 0x0d) line++;
  }
  return { line, offset };
}

/**
 * Bytes that both encodings have hold no Shift_JIS pair with the lead bytes of kana, punctuation and common kanji
 * (0x81 to 0x9F are no EUC-JP, but for two). So the Shift_JIS reading is half-width katakana, which is plausible where
 * voicing marks follow letters that can be voiced and nothing else mixes in; the EUC-JP reading is plausible where
 * kana or common kanji (JIS level 1, rows 16 to 47) make up most of it. Short kanji words can be both.
 */
function moreLikely(head: Uint8Array): ByteEncoding {
  const isKatakana = looksLikeKatakana(head);
  const isKanji = looksLikeEucJp(head);
  if (isKatakana === isKanji) {
    throw new IntakeFault('encoding-ambiguous', { candidates: ['shift_jis', 'euc-jp'] });
  }
  return isKatakana ? 'shift_jis' : 'euc-jp';
}

function looksLikeKatakana(head: Uint8Array): boolean {
  let letters = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at]!;
    if (byte < 0x80) continue;
    const previous = head[at - 1] ?? 0;
    letters++;
    const isPair = byte < 0xa1 || byte > 0xdf;
    const isPunctuation = byte <= 0xa5;
    const isLostMark = byte >= 0xde && !canBeVoiced(previous, byte);
    if (isPair || isPunctuation || isLostMark) odd++;
  }
  return odd * 20 < letters;
}

function canBeVoiced(letter: number, mark: number): boolean {
  const isHa = letter >= 0xca && letter <= 0xce;
  return isHa || (mark === 0xde && (letter === 0xb3 || (letter >= 0xb6 && letter <= 0xc4)));
}

function looksLikeEucJp(head: Uint8Array): boolean {
  let characters = 0;
  let common = 0;
  for (let at = 0; at < head.length; at++) {
    const lead = head[at]!;
    if (lead < 0x80) continue;
    characters++;
    if (lead <= 0xa5 || (lead >= 0xb0 && lead <= 0xcf)) common++;
    at += lead === 0x8f ? 2 : 1;
  }
  return common * 2 > characters;
}
