import { hasLeft } from '../../domain/handoff/delivery-states.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import type { PersonsWord } from './word-register.ts';

/**
 * Whether its recipient has a batch. What was written lies in a folder of ours: only somebody's word says that it was taken
 * from there.
 */
export function isThere(
  { id, state }: Pick<BatchRow, 'id' | 'state'>,
  words: readonly Pick<PersonsWord, 'batch'>[],
): boolean {
  return hasLeft(state) && (state !== 'written' || words.some(({ batch }) => batch === id));
}
