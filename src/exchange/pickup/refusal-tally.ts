import { hourOf, isRefusalTold, REFUSALS_TOLD_EACH } from '../../domain/audit/refusal-rate.ts';
import { networkOf } from '../../domain/pickup/network-of.ts';

/** Of one kind in one hour: networks, and as many keys, that have an entry though the kind had all of its own. */
export const NEWCOMERS_TOLD_MAX = 16;

interface Kind {
  attempts: number;
  readonly networks: Set<string>;
  readonly keys: Set<string>;
}

/** Who it was that was refused. */
export interface Refused {
  /** Address of the socket. */
  readonly from: string;
  readonly key?: string | undefined;
}

/**
 * Counts what the pickup server refused, by kind and clock hour. Strangers can try without end: of each kind the first
 * ones have an entry and after them those that double the count, as with all refusals; and besides, an address or a key
 * that comes up for the first time, so that neither is hidden by another. The caller has to see to it that there is an
 * end to kinds; memory and entries have one then.
 */
export class RefusalTally {
  readonly #kinds = new Map<string, Kind>();
  #hour = 0;

  /** Counts one of these. Returns `attempts` for its entry, where it stands for several; undefined when it has none. */
  count(
    kind: string,
    { from, key }: Refused,
    at: Date,
  ): { readonly attempts?: number } | undefined {
    this.#begin(hourOf(at));
    const known = this.#kinds.get(kind) ?? { attempts: 0, networks: new Set(), keys: new Set() };
    this.#kinds.set(kind, known);
    known.attempts += 1;
    const isNewcomer = [
      isNew(known.networks, networkOf(from)),
      key !== undefined && isNew(known.keys, key),
    ].some(Boolean);
    if (!isRefusalTold(known.attempts) && !isNewcomer) return undefined;
    return known.attempts > REFUSALS_TOLD_EACH ? { attempts: known.attempts } : {};
  }

  #begin(hour: number): void {
    if (hour !== this.#hour) this.#kinds.clear();
    this.#hour = hour;
  }
}

function isNew(seen: Set<string>, value: string): boolean {
  if (seen.has(value) || seen.size >= NEWCOMERS_TOLD_MAX) return false;
  seen.add(value);
  return true;
}
