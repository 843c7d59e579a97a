import { RecordScanner } from './scanner.ts';
import type { ScannerOptions } from './scanner-options.ts';

/** The beginning of a source as text in one of the scanned encodings, without its byte order mark. */
export interface Head {
  readonly text: Uint8Array;
  /** Whether that is all of the source; otherwise its last record may be cut off and is not looked at. */
  readonly isWhole: boolean;
}

/**
 * Scans the records of a head, at most `recordsMax`, and shows each to `visit` while the scanner stands on it. Returns
 * their number. Throws the scanner's faults.
 */
export function visitHead(
  head: Head,
  options: ScannerOptions,
  recordsMax: number,
  visit: (scanner: RecordScanner, record: number) => void,
): number {
  const scanner = new RecordScanner(options, head.text.length);
  let records = 0;
  try {
    for (let at = 0; at < head.text.length && records < recordsMax;) {
      at += scanner.push(head.text.subarray(at));
      if (head.isWhole && at === head.text.length) scanner.end();
      while (records < recordsMax && scanner.next()) visit(scanner, records++);
    }
    return records;
  } finally {
    scanner.wipe();
  }
}
