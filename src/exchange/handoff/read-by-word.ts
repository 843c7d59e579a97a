import type { BatchRow } from './handoff-register.ts';

/** Whether some of a batch was sent out of its box, and not all of it is known to have been read. */
export function isPartlyFetched({
  state,
  evidence,
}: Pick<BatchRow, 'state' | 'evidence'>): boolean {
  return state !== 'read' && state !== 'taken' && (evidence?.sentBytes ?? 0) > 0;
}

/**
 * Whether it is by a person's word that a batch in a box counts as read: not every byte was sent, and no answer proved that
 * they have it.
 */
export function isReadByWord({
  state,
  evidence,
  bytes,
}: Pick<BatchRow, 'state' | 'evidence' | 'bytes'>): boolean {
  const { by, sentBytes = bytes } = evidence ?? {};
  return (state === 'read' || state === 'taken') && by !== 'answer' && sentBytes < bytes;
}
