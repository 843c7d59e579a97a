import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import type { UnfinishedThing } from '../../domain/handoff/purge-errors.ts';

/** What keeps an incident from being purged: codes, and whatever they are about. */
export interface Unfinished {
  readonly what: UnfinishedThing;
  /** Handoffs, batches, or card companies and recipients by name; none for the incident itself. */
  readonly of: readonly string[];
  /** Of the first of them: the handoff of a batch, or from whom a waiver's answer is awaited. */
  readonly first?: Readonly<Partial<Record<'handoff' | 'issuer' | 'recipient', string>>>;
}

/** A refusal names so many of each. */
const namedMax = 10;

/** Throws `incident-unfinished`, which names what is not over. */
export function assertFinished(incident: string, unfinished: readonly Unfinished[]): void {
  if (unfinished.length === 0) return;
  const open = unfinished.map(({ what }) => what);
  const named = unfinished.filter(({ of }) => of.length > 0);
  const entries: (readonly [string, string | readonly string[]])[] = [
    ...named.map(({ what, of }) => [what, some(of)] as const),
    ...unfinished.flatMap(({ first = {} }) =>
      Object.entries(first).map(([kind, name]) => [kind, typed(name)] as const),
    ),
  ];
  throw new PurgeFault('incident-unfinished', { incident, open, ...Object.fromEntries(entries) });
}

function some(names: readonly string[]): readonly string[] {
  return [...names.slice(0, namedMax).map(typed), ...(names.length > namedMax ? ['…'] : [])];
}

/** As an option takes the card company that the issuer table does not know. */
function typed(name: string): string {
  return name === '' ? 'unknown' : name;
}
