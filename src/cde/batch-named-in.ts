import type { AnswerFormat } from '../domain/responses/answer-format.ts';
import { widthOf } from '../domain/responses/fixed-records.ts';
import { placeOf } from '../domain/responses/known-texts.ts';
import type { AnswerJob, AskedBatch } from '../exchange/responses/answer-reader.ts';

const HEAD_BYTES_MAX = 1_024;
const LF = 0x0a;
/** Comma, quote, semicolon, bar, blank, tab, line ends. */
const separators = new Set([0x2c, 0x22, 0x3b, 0x7c, 0x20, 0x09, 0x0d, LF]);

/**
 * The batch whose id, or file, stands in a cell of the first record; undefined unless it is exactly one. What stands where,
 * and whether the rest is as it should be, the parser says.
 */
export function batchNamedIn(
  clear: Uint8Array,
  { batches, format }: Pick<AnswerJob, 'batches' | 'format'>,
): AskedBatch | undefined {
  const named = batches.filter(({ batch, list }) => {
    // Batches of references are answered in one format, in lines.
    if (list === undefined) return holdsCell(firstLine(clear), batch);
    const texts = [batch, ...list.names, list.sha256];
    if (format.shape === 'fixed') return holdsText(headCells(clear, format), texts);
    const head = format.shape === 'json' ? clear.subarray(0, HEAD_BYTES_MAX) : firstLine(clear);
    return texts.some((text) => holdsCell(head, text));
  });
  return named.length === 1 ? named[0] : undefined;
}

function firstLine(clear: Uint8Array): Uint8Array {
  const end = clear.indexOf(LF);
  return clear.subarray(0, Math.min(end < 0 ? clear.length : end, HEAD_BYTES_MAX));
}

/** Whether `text` stands between two separators. Compared as bytes: the line may hold a card number by mistake. */
function holdsCell(line: Uint8Array, text: string): boolean {
  for (let at = placeOf(text, line, 0); at >= 0; at = placeOf(text, line, at + 1)) {
    const around = [line[at - 1] ?? LF, line[at + text.length] ?? LF];
    if (around.every((byte) => separators.has(byte))) return true;
  }
  return false;
}

function* headCells(clear: Uint8Array, { header }: AnswerFormat): Generator<Uint8Array> {
  const record = clear.subarray(0, widthOf(header));
  let at = 0;
  for (const { width = 0 } of header) {
    yield record.subarray(at, at + width);
    at += width;
  }
}

/** Whether one of the cells is one of the texts, with blanks around it or not. */
function holdsText(cells: Iterable<Uint8Array>, texts: readonly string[]): boolean {
  for (const cell of cells) if (texts.some((text) => holdsCell(cell, text))) return true;
  return false;
}
