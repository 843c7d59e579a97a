import { describe, expect, it } from 'vitest';

import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import { deliveryStates } from '../../../src/domain/handoff/delivery-states.ts';
import { assertWordPossible } from '../../../src/domain/handoff/persons-word.ts';
import { PersonsWordFault } from '../../../src/domain/handoff/word-errors.ts';

const leftMs = Date.parse('2026-11-22T05:04:30Z');
const minuteMs = 60_000;
/** The code of the refusal; '' where there is none. */
function judged(state: DeliveryState, saidMs: number, nowMs = leftMs + 60 * minuteMs): string {
  try {
    assertWordPossible({ id: 'b-1', state }, leftMs, saidMs, nowMs);
    return '';
  } catch (error) {
    return error instanceof PersonsWordFault ? error.code : String(error);
  }
}

describe('assertWordPossible()', () => {
  it('takes words about batches that have left for sure, and about no others', () => {
    const taken = deliveryStates.filter((state) => judged(state, leftMs) === '');
    expect(taken).toEqual(['stored', 'written', 'read', 'taken', 'sent-elsewhere']);
    expect(judged('presumed', leftMs)).toBe('batch-not-sent');
  });

  it('takes any time from the minute in which it left until now', () => {
    const minute = Math.floor(leftMs / minuteMs) * minuteMs;
    expect(judged('stored', minute)).toBe('');
    expect(judged('stored', minute - 1)).toBe('word-before-delivery');
    expect(judged('stored', leftMs, leftMs)).toBe('');
    expect(judged('stored', leftMs + 1, leftMs)).toBe('word-in-future');
  });
});
