// A program of its own, because what a test runner allocates would be counted: stores an answer that names so many cards,
// reads what stands of them, and prints as JSON how much more is in use while that is held.
//
//   node --expose-gc tests/support/answer-meter.ts CARDS [CARDS …]

import { returnReasons } from '../../src/domain/responses/card-answer-states.ts';
import type { CardRow } from '../../src/domain/responses/standing-cards.ts';
import { addCardAnswer } from './card-answer-of.ts';
import { memoryInUse } from './memory-in-use.ts';
import { StoreBench } from './store-bench.ts';

/** In bytes, on the JavaScript heap and beside it. */
export interface AnswerReading {
  readonly cards: number;
  readonly named: number;
  readonly held: number;
}

const batch = 'b-0001';

function rowOf(record: number): CardRow {
  const reason = returnReasons[record % returnReasons.length]!;
  return {
    record,
    saying: record % 2 === 0 ? { state: 'accepted' } : { state: 'returned', reason },
  };
}

async function measure(cards: number): Promise<AnswerReading> {
  const store = new StoreBench();
  try {
    await store.approved();
    const rows = Array.from({ length: cards }, (_, place) => rowOf(place + 1));
    await addCardAnswer(store, batch, 'a', { rest: undefined, rows });
    rows.length = 0;
    const before = await memoryInUse();
    const standing = await store.cardAnswers.standing(batch, cards);
    const held = (await memoryInUse()) - before;
    return { cards, named: standing.cards.own.size, held };
  } finally {
    await store.dispose();
  }
}

const readings: AnswerReading[] = [];
for (const cards of process.argv.slice(2).map(Number)) readings.push(await measure(cards));
console.log(JSON.stringify(readings));
