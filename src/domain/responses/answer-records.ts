import { answerLines, assertNoCard, assertNotLong, LINES_MAX } from './answer-lines.ts';
import type { AnswerLine } from './answer-lines.ts';
import type { AnswerFormat } from './answer-format.ts';
import { ResponsesFault } from './errors.ts';
import { fixedRecords } from './fixed-records.ts';
import { jsonRecords } from './json-records.ts';
import type { KnownTexts } from './known-texts.ts';
import { assertFewDigits } from './plain-cells.ts';

/**
 * The records of an answer as its format cuts them, header and trailer among them. The bytes are searched for card
 * numbers before anything is made text, and digits are counted cell by cell.
 *
 * Throws ResponsesFault `response-too-large`, `response-holds-card`, `response-digits`, `response-malformed`.
 */
export function answerRecords(
  bytes: Uint8Array,
  format: AnswerFormat,
  known: KnownTexts,
): readonly AnswerLine[] {
  const cells = format.line ?? [];
  const reference = cells.findIndex((cell) => 'field' in cell && cell.field === 'record');
  if (format.shape === 'delimited') {
    return answerLines(bytes, { reference, digits: new Map(), known }, format.delimiter);
  }
  assertNotLong(bytes);
  assertNoCard(bytes, known);
  const isFixed = format.shape === 'fixed';
  const records = isFixed ? fixedRecords(bytes, format) : jsonRecords(bytes, format);
  if (records.length > LINES_MAX)
    throw new ResponsesFault('response-too-large', { max: LINES_MAX });
  for (const [at, record] of records.entries()) assertFewDigits(record, reference, at === 0, known);
  return records;
}
