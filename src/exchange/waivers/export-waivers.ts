import { createHash } from 'node:crypto';

import { csvLine, markOf } from '../../domain/notices/notice-cells.ts';
import type { NewFiles } from '../workspace/new-files.ts';
import type { WaiverReport, WaiverRow } from './waiver-report.ts';

/** What the cells of the table say, in the language of whoever opens it. */
export interface WaiverTableWords {
  readonly heading: readonly string[];
  readonly cells: (row: WaiverRow) => readonly string[];
}

/**
 * Writes the report as a table for spreadsheets: UTF-8 with its mark, every cell guarded against being computed. Returns
 * the digest of the file. Throws `file-exists`, `file-write-failed`, `disk-full`.
 */
export async function exportWaivers(
  { newFiles }: { readonly newFiles: NewFiles },
  { rows }: WaiverReport,
  output: string,
  words: WaiverTableWords,
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const lines = [words.heading, ...rows.map(words.cells)].map(csvLine);
  const bytes = Buffer.concat([markOf('utf-8'), Buffer.from(lines.join(''), 'utf8')]);
  const file = await newFiles.begin(output);
  try {
    await file.write(bytes);
    await file.publish();
  } finally {
    await file.discard();
  }
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}
