import stringWidth from 'string-width';

/** Nothing is wider: it fits half a screen, a printed page and a mail. */
export const LINE_COLUMNS = 100;

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const wordsOf = new Intl.Segmenter('ja', { granularity: 'word' });
const ELLIPSIS = '…';

/** Columns a text takes on a terminal: East Asian wide and full-width characters take two (Unicode UAX #11). */
export function widthOf(text: string): number {
  // Almost every text; the general rule has to find its graphemes first.
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text);
}

/** Fills with spaces up to a width; longer text stays as it is. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** Cuts a text without style sequences to a width; what was cut shows as `…` at the end or in the middle. */
export function clip(text: string, columns: number, where: 'end' | 'middle' = 'end'): string {
  if (widthOf(text) <= columns) return text;
  const room = Math.max(0, columns - 1);
  if (where === 'end') return takeColumns(text, room) + ELLIPSIS;
  const tail = Math.floor(room / 2);
  return takeColumns(text, room - tail) + ELLIPSIS + takeLastColumns(text, tail);
}

/**
 * Breaks a text without style sequences into lines of at most `columns`: between words, Japanese ones by the dictionary,
 * and inside a word only when the word alone is too long. No line begins with closing punctuation or ends with an
 * opening bracket (JIS X 4051 line-start and line-end prohibition, in short).
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of piecesOf(text)) {
    for (const part of splitLong(piece, columns)) {
      const isOver = line !== '' && used + widthOf(part.trimEnd()) > columns;
      if (isOver) lines.push(line.trimEnd());
      const added = isOver ? part.trimStart() : part;
      line = isOver ? added : line + added;
      used = isOver ? widthOf(added) : used + widthOf(added);
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Wrapped text behind a head such as a label: the first line follows it, later lines stand under its end. */
export function hang(head: string, text: string, columns = LINE_COLUMNS): string[] {
  const indent = widthOf(head);
  return wrap(text, Math.max(20, columns - indent)).map((line, index) =>
    (index === 0 ? head + line : ' '.repeat(indent) + line).trimEnd(),
  );
}

/**
 * Texts of one column that hold one number each, `3,402 cards` above `1 card`: filled in front so that their digits end
 * under each other, and behind so that all are of one width.
 */
export function alignFigures(texts: readonly string[]): string[] {
  const heads = texts.map((text) => widthOf(/^[^\d]*[\d,.]*/u.exec(text)![0]));
  const column = Math.max(0, ...heads);
  const filled = texts.map((text, at) => ' '.repeat(column - heads[at]!) + text);
  const width = Math.max(0, ...filled.map(widthOf));
  return filled.map((text) => pad(text, width));
}

const noLineStart = /^[、。，．・：；？！）」』】〕〉》｝ー々,.:;?!)\]}…％]/u;
const noLineEnd = /[（「『【〔〈《｛([{]$/u;
const wide = /^[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}\u3000-\u303F\uFF01-\uFF60ー]/u;

/** Unbreakable pieces: a Latin word with the space behind it, or one Japanese word with its punctuation. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of wordsOf.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && belongsTo(last, segment)) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

function belongsTo(piece: string, next: string): boolean {
  if (next === ' ' || next === '…') return true;
  if (piece.endsWith(' ')) return false;
  if (noLineStart.test(next) || noLineEnd.test(piece)) return true;
  // A number stays with what it counts.
  if (/\d$/.test(piece) && wide.test(next)) return true;
  return !wide.test(next) && !wide.test(lastOf(piece));
}

function lastOf(piece: string): string {
  return Array.from(piece).at(-1) ?? '';
}

function splitLong(piece: string, columns: number): string[] {
  const parts: string[] = [];
  let rest = piece;
  while (widthOf(rest.trimEnd()) > columns) {
    const part = takeColumns(rest, columns);
    if (part === '') break;
    parts.push(part);
    rest = rest.slice(part.length);
  }
  parts.push(rest);
  return parts;
}

function takeColumns(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > columns) break;
    taken += segment;
  }
  return taken;
}

function takeLastColumns(text: string, columns: number): string {
  const all = Array.from(graphemes.segment(text), ({ segment }) => segment);
  let taken = '';
  let used = 0;
  while (all.length > 0) {
    const segment = all.pop()!;
    used += widthOf(segment);
    if (used > columns) break;
    taken = segment + taken;
  }
  return taken;
}
