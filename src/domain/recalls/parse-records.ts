import { RecallFault } from './errors.ts';

/** A file of so many record references is read at most; a recall of more names whole batches. */
const RECORDS_MAX = 1_000_000;
/** Ten digits and CRLF each, and a byte order mark. */
export const RECORDS_BYTES_MAX = RECORDS_MAX * 12 + 3;

const DIGITS = 10;
const [LF, CR, ZERO] = [0x0a, 0x0d, 0x30];

/**
 * Reads record references that an officer names, ten digits a line and nothing else; empty lines are passed over. Digits
 * are read as bytes: a list of card numbers that is given by mistake is refused at its first line, and no line becomes text.
 *
 * Returns them ascending, each once, with the line on which it stands. Throws RecallFault `recall-records-malformed` with
 * the line.
 */
export function parseRecords(bytes: Uint8Array): ReadonlyMap<number, number> {
  const start = hasMark(bytes) ? 3 : 0;
  if (bytes.length > RECORDS_BYTES_MAX) throw malformed(1);
  const found = new Map<number, number>();
  let line = 1;
  for (let at = start; at < bytes.length; line += 1) {
    const next = bytes.indexOf(LF, at);
    const end = next < 0 ? bytes.length : next;
    const last = end > at && bytes[end - 1] === CR ? end - 1 : end;
    if (last > at) {
      const record = recordIn(bytes, at, last, line);
      if (!found.has(record)) found.set(record, line);
    }
    at = end + 1;
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}

function recordIn(bytes: Uint8Array, start: number, end: number, line: number): number {
  if (end - start !== DIGITS) throw malformed(line);
  let record = 0;
  for (let at = start; at < end; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) throw malformed(line);
    record = record * 10 + digit;
  }
  return record;
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function malformed(line: number): RecallFault {
  return new RecallFault('recall-records-malformed', { line });
}
