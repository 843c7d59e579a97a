import { hasLeft } from '../../domain/handoff/delivery-states.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { leftAt } from '../responses/answer-time.ts';
import type { PersonsWord } from './word-register.ts';

/** When a batch was there, by the machine or by the first word about it; undefined while it has not left. */
export function leftAtMsOf(
  batch: BatchRow,
  words: readonly Pick<PersonsWord, 'batch' | 'at'>[],
): number | undefined {
  if (!hasLeft(batch.state)) return undefined;
  const about = words.filter((word) => word.batch === batch.id);
  return Math.min(leftAt(batch).getTime(), ...about.map(({ at }) => at.getTime()));
}
