import type { BatchField } from './fields.ts';
import type { Profile } from './profile.ts';

/** Whether header or trailer of a profile's files have a place for this. */
export function saysOfBatch(
  { header, trailer }: Pick<Profile, 'header' | 'trailer'>,
  wanted: BatchField,
): boolean {
  return [...header, ...trailer].some(({ cells }) => cells.some(({ field }) => field === wanted));
}
