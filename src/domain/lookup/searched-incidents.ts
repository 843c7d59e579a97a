import { digestOf } from '../handoff/plan.ts';

/** An entry of the log holds 65,535 bytes; so many ids leave room for the rest of it. */
const NAMED_CHARACTERS_MAX = 32_000;
const NAMED_MAX = 1_000;

/**
 * What the entry of a look-up says of the incidents that were looked through: their ids, or, where an entry has no room for
 * them, how many they were and SHA-256 over the ids in ascending order, each followed by U+000A.
 */
export function searchedIncidents(ids: readonly string[]): {
  readonly incidents: readonly string[];
  readonly searched?: number;
  readonly searchedSha256?: string;
} {
  const isNamed = ids.length <= NAMED_MAX && ids.join('').length <= NAMED_CHARACTERS_MAX;
  if (isNamed) return { incidents: ids };
  const lines = ids.toSorted().map((id) => `${id}\n`);
  const searchedSha256 = digestOf(new TextEncoder().encode(lines.join('')));
  return { incidents: [], searched: ids.length, searchedSha256 };
}
