import type { DeliveryState } from '../../../domain/handoff/delivery-states.ts';
import type { BatchRow } from '../../../exchange/handoff/handoff-register.ts';
import { isPartlyFetched, isReadByWord } from '../../../exchange/handoff/read-by-word.ts';
import type { Cell } from '../table.ts';
import type { Style } from '../colour.ts';

/** How far a batch has got, as marks of the evidence ladder. `last` is the rung "stored", "written" or "offered". */
export interface Marks {
  readonly built: Mark;
  readonly approved: Mark;
  readonly last: Mark;
}

export type Mark = '●' | '◆' | '◐' | '?' | '○' | '×';

/**
 * Whether what is known of the batch's end is a person's word: a delivery that the machine saw end well leaves no fault,
 * and one that a person settled keeps the fault that made it unknown.
 */
export function isPersonsWord({ state, fault }: Pick<BatchRow, 'state' | 'fault'>): boolean {
  return (
    fault !== undefined &&
    (state === 'stored' ||
      (state === 'failed' && (fault.code === 'outcome-unknown' || fault.code === 'target-taken')))
  );
}

/** `approval`: whether the handoff was approved; `owed` for one that a person sent alone and nobody has approved. */
export function marksOf(batch: Ended, approval: 'given' | 'owed' | 'by-state'): Marks {
  const isApproved =
    approval === 'given' || (approval === 'by-state' && !beforeApproval.includes(batch.state));
  return { built: '●', approved: isApproved ? '●' : '○', last: lastMark(batch) };
}

const beforeApproval: readonly DeliveryState[] = ['built', 'cancelled', 'claimed'];

type Ended = Pick<BatchRow, 'state' | 'fault'> & Partial<Pick<BatchRow, 'evidence'>>;

function lastMark(batch: Ended): Mark {
  switch (batch.state) {
    case 'stored':
      return isPersonsWord(batch) ? '◆' : '●';
    case 'sent-elsewhere':
      return '◆';
    case 'written':
    case 'offered':
    case 'partly-read':
    case 'read':
    case 'taken':
      return '●';
    case 'publishing':
    case 'presumed':
    case 'conflict':
      return '?';
    case 'cancelled':
      // It was offered, and opened: that nobody waits for it any more takes nothing of that back.
      return batch.evidence?.sentBytes === undefined ? '×' : '●';
    case 'failed':
    case 'expired':
      return '×';
    case 'built':
    case 'claimed':
    case 'approved':
    case 'sending':
      return '○';
  }
}

/** Of a batch that its recipient fetches: how far they have come. */
export function fetchMarksOf(batch: Parameters<typeof isReadByWord>[0]): {
  read: Mark;
  taken: Mark;
} {
  const { state } = batch;
  const isRead = state === 'read' || state === 'taken';
  const soFar = isPartlyFetched(batch) ? '◐' : '○';
  return {
    read: isReadByWord(batch) ? '◆' : isRead ? '●' : soFar,
    taken: state === 'taken' ? '●' : '○',
  };
}

const styles: Readonly<Record<Mark, Style>> = {
  '●': 'good',
  '◆': 'good',
  '◐': 'warn',
  '?': 'warn',
  '○': 'faint',
  '×': 'bad',
};

/** A mark in the middle below a heading of `columns`. */
export function markCell(mark: Mark, columns: number): Cell {
  return {
    text: ' '.repeat(Math.max(0, Math.floor((columns - 1) / 2))) + mark,
    style: styles[mark],
  };
}
