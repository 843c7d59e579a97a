import type { ByteEncoding } from './code-points.ts';
import { IntakeFault, type IntakeCode } from './errors.ts';
import { visitHead, type Head } from './head-sample.ts';
import { DELIMITER_RECORDS } from './limits.ts';

/** In the order in which they win where nothing tells them apart. */
export const delimiters = [',', '\t', ';', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

interface Trial {
  readonly delimiter: Delimiter;
  /** The number of columns that most records have. */
  readonly columns: number;
  /** Share of the records that have it. */
  readonly share: number;
}

/**
 * The delimiter that splits most records of the head into the same number of columns, two at least; undefined where
 * none does: a line is one field then.
 *
 * A delimiter under which quotes make no sense, or columns are too many, is out of the question. Where no other splits
 * the records either, its fault is thrown; so are faults that do not depend on the delimiter.
 */
export function detectDelimiter(head: Head, encoding: ByteEncoding): Delimiter | undefined {
  const trials: Trial[] = [];
  let refusal: IntakeFault | undefined;
  for (const delimiter of delimiters) {
    try {
      trials.push(tryDelimiter(head, encoding, delimiter));
    } catch (error) {
      if (!(error instanceof IntakeFault) || !dependsOnDelimiter(error.code)) throw error;
      refusal ??= error;
    }
  }
  const splitting = trials.filter(({ columns }) => columns > 1);
  if (splitting.length === 0 && refusal !== undefined) throw refusal;
  const [best] = splitting.sort((a, b) => b.share - a.share || b.columns - a.columns);
  return best?.delimiter;
}

function tryDelimiter(head: Head, encoding: ByteEncoding, delimiter: Delimiter): Trial {
  const counts = new Map<number, number>();
  const options = { encoding, delimiter: delimiter.charCodeAt(0), quoting: true };
  const records = visitHead(head, options, DELIMITER_RECORDS, ({ fieldCount }) => {
    counts.set(fieldCount, (counts.get(fieldCount) ?? 0) + 1);
  });
  const [columns, times] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return { delimiter, columns, share: records === 0 ? 0 : times / records };
}

function dependsOnDelimiter(code: IntakeCode): boolean {
  return code === 'quote-misplaced' || code === 'quote-unbalanced' || code === 'too-many-columns';
}
