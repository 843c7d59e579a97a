import type { Fault } from '../../domain/fault.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type { LogBook } from '../audit/log-book.ts';

/** Who asked for what. */
export type RefusedAttempt = AskedFor & (Claimed | { readonly actor: string });

/** Who somebody says they are. */
interface Claimed {
  /** As it stood after --as; may be anything. */
  readonly officer: string | undefined;
  readonly officers: readonly Officer[];
}

interface AskedFor {
  readonly asked: string;
  /** As leaves name it, such as `handoff:h7k2m9q`. */
  readonly object: string;
  readonly handoff?: string;
}

/** Whoever catches a fault further out has not to record it again. */
const told = new WeakSet<Fault>();

/** For a refusal that is recorded in another way. */
export function markRefusalRecorded(fault: Fault): void {
  told.add(fault);
}

/** Whether this refusal was recorded, or counted with others. */
export function isRefusalRecorded(fault: Fault): boolean {
  return told.has(fault);
}

/**
 * Records an attempt that was not allowed: it is worth as much to a reviewer as one that was (PCI DSS v4.0.1 req.
 * 10.2.1.4). Only a name of ours enters the log.
 */
export async function recordRefusal(
  { log, origin }: { readonly log: Pick<LogBook, 'append'>; readonly origin: string },
  attempt: RefusedAttempt,
  fault: Fault,
): Promise<void> {
  told.add(fault);
  const { code } = fault;
  const { asked, object, handoff } = attempt;
  const actor = 'actor' in attempt ? attempt.actor : actorOf(attempt);
  await log.append({
    draft: {
      ...{ actor, act: 'permission-refused', result: 'refused', origin, object },
      data: { asked, ...(handoff === undefined ? {} : { handoff }), code },
    },
  });
}

function actorOf({ officer, officers }: Claimed): string {
  return officers.find(({ id }) => id === officer)?.id ?? 'unknown';
}
