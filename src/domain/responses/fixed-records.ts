import type { AnswerCell, AnswerFormat } from './answer-format.ts';
import { LINES_MAX } from './answer-lines.ts';
import { ResponsesFault } from './errors.ts';
import type { PlainLine } from './plain-cells.ts';

const newlines = { crlf: '\r\n', lf: '\n', none: '' } as const;
const decoder = new TextDecoder('latin1');

/**
 * Cuts fixed records of ASCII into cells, each trimmed: the first by the header, the last ones by the trailer, and those
 * between by the line. A record that is shorter or longer than all others are, or ends otherwise, is no record.
 *
 * Throws `response-malformed`, `response-too-large`.
 */
export function fixedRecords(bytes: Uint8Array, format: AnswerFormat): PlainLine[] {
  const { header, line, trailer } = format;
  const width = widthOf(header);
  const end = newlines[format.newline];
  const step = width + end.length;
  const count = Math.ceil(bytes.length / step);
  // A narrow record makes many of a few megabytes: none is built before they are known to be few enough.
  if (count > LINES_MAX) throw new ResponsesFault('response-too-large', { max: LINES_MAX });
  const records: PlainLine[] = [];
  for (let at = 0; at < count; at += 1) {
    const cells = at === 0 ? header : (trailer[at - count + trailer.length] ?? line ?? []);
    const record = bytes.subarray(at * step, (at + 1) * step);
    const text = decoder.decode(record);
    // The end of the last record may be missing: some programs write none.
    const isWhole = text.endsWith(end)
      ? text.length === step
      : at === count - 1 && text.length === width;
    const body = text.slice(0, width);
    if (!isWhole || !/^[\x20-\x7e]*$/.test(body)) {
      throw new ResponsesFault('response-malformed', { line: at + 1, column: 0 });
    }
    records.push({ number: at + 1, cells: cut(body, cells) });
  }
  return records;
}

/** Bytes of a record. */
export function widthOf(cells: readonly AnswerCell[]): number {
  return cells.reduce((sum, { width = 0 }) => sum + width, 0);
}

function cut(body: string, cells: readonly AnswerCell[]): string[] {
  let at = 0;
  return cells.map(({ width = 0 }) => {
    at += width;
    return body.slice(at - width, at).trim();
  });
}
