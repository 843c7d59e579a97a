import type { BatchFacts } from './batch-facts.ts';
import { DayTexts } from './day-texts.ts';
import type { BatchField, DateFormat } from './fields.ts';
import type { RecordBuffer } from './record-buffer.ts';
import type { LocalDays } from './local-days.ts';
import { writeText, type TextRules } from './text-cell.ts';

/** What `waiver_request` says where a waiver is asked for. */
const WAIVER_REQUESTED = 'WAIVER-REQUESTED';

/** What cells share while one file is written. */
export interface CellContext {
  readonly rules: TextRules;
  readonly days: LocalDays;
  /** UTF-8 of a name; the same few names come in many cells. */
  readonly encode: (text: string) => Uint8Array;
}

/** Writes one cell of a header or trailer record, without width or alignment. */
export type BatchCellWriter = (into: RecordBuffer) => void;

/** The writer for a fact of the batch. `recordCount` is the number of records in the whole file, titles not counted. */
export function batchCell(
  field: BatchField,
  format: string,
  facts: BatchFacts,
  recordCount: number,
  context: CellContext,
): BatchCellWriter {
  const text = (value: string): BatchCellWriter => {
    return (into) => {
      writeText(into, context.encode(value), context.rules, field);
    };
  };
  switch (field) {
    case 'mode':
      return text(facts.mode === 'live' ? 'LIVE' : 'TEST');
    case 'batch':
    case 'handoff':
    case 'incident':
    case 'merchant':
    case 'stage':
    case 'lists':
    case 'contact':
    case 'sender':
    case 'nonce':
      return text(facts[field]);
    case 'waiver_request':
      return text(facts.requestsWaiver ? WAIVER_REQUESTED : '');
    case 'case_number':
      return text(facts.caseNumber ?? '');
    case 'windows':
      return text(facts.windows.map(({ name, from, to }) => `${name} ${from}/${to}`).join('; '));
    case 'elements':
      return text(facts.elements.join(' '));
    case 'card_count':
      return (into) => {
        into.putNumber(facts.cards);
      };
    case 'record_count':
      return (into) => {
        into.putNumber(recordCount);
      };
    case 'created_date':
      return (into) => {
        const day = new DayTexts(context.days, format as DateFormat);
        into.length = day.put(into.bytes, into.length, facts.createdAt.getTime());
      };
  }
}
