import { Fault, type Facts, type Retry } from '../fault.ts';

/** Refusals of an issuer table. The same table is refused again. */
export const binsCodes = {
  /** Two ranges of the same number of digits, in force on the same day, share a prefix. */
  'bin-overlap': 'never',
  /** A range ends before it begins, in digits or in dates. */
  'bin-reversed': 'never',
  /** A value cannot be read; fact `column` says which. */
  'bin-malformed': 'never',
  /** The header lacks a column the table needs, or one it was said to have. */
  'bin-column-missing': 'never',
  /** `found`, `recorded`: the file is not what was imported last, as the log has it; `none` for none */
  'bins-altered': 'after-operator',
} as const satisfies Record<string, Retry>;

export type BinsCode = keyof typeof binsCodes;

/** Facts: `line` (from 1, of the file; of the list where there was no file), `column`, `otherLine`. */
export class BinsFault extends Fault<BinsCode> {
  constructor(code: BinsCode, facts: Facts = {}, cause?: unknown) {
    super(code, binsCodes[code], facts, cause);
  }
}
