import type { LeafDraft } from '../../domain/audit/leaf.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { ResponsesFault } from '../../domain/responses/errors.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Clock } from '../workspace/clock.ts';
import type { ArrivalBook } from './arrival-book.ts';
import type { ArrivalFiles } from './arrival-files.ts';

/** A file that was put aside, and that an officer said what becomes of. */
export interface SettledArrival {
  readonly id: string;
  readonly recipient: string;
  readonly code: string;
  /** Whether it lay here; a refused one never did. */
  readonly wasHere: boolean;
}

/**
 * An officer says what becomes of a file that was put into quarantine, whose bytes are removed then, or of one that was
 * refused. Undefined for an id of neither.
 *
 * Throws `response-complete` for one that is not in quarantine, `reason-required`, what `actingOfficer` throws.
 */
export async function settleArrival(
  ports: {
    readonly origin: string;
    readonly configuration: Configuration;
    readonly arrivals: ArrivalBook;
    readonly arrivalFiles: Pick<ArrivalFiles, 'remove'>;
    readonly clock: Clock;
  },
  request: {
    readonly id: string;
    readonly officer: string | undefined;
    readonly reason: string | undefined;
  },
): Promise<SettledArrival | undefined> {
  const { configuration, arrivals, arrivalFiles, clock, origin } = ports;
  const { id, reason = '' } = request;
  const arrival = await arrivals.get(id);
  const found = arrival ?? (await arrivals.refusals()).find((refusal) => refusal.id === id);
  if (found === undefined) return undefined;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now()).id;
  if (reason === '') throw new DecisionFault('reason-required', { act: 'settle' });
  const { recipient, code } = found;
  if (code === undefined)
    throw new ResponsesFault('response-complete', { what: 'arrival', arrival: id });
  const settled = { actor: officer, result: 'done', origin } as const;
  const draft: LeafDraft =
    found.way === 'sources'
      ? {
          ...{ ...settled, act: 'source-settled', object: `box:${recipient}` },
          data: { arrival: id, box: recipient, code },
        }
      : {
          ...{ ...settled, act: 'answer-settled', object: `recipient:${recipient}` },
          data: { arrival: id, recipient, code },
        };
  const act: ActRecord = { draft, texts: { reason } };
  const isSettled =
    arrival === undefined
      ? await arrivals.settleRefusal(id, act)
      : await arrivals.move(id, { event: 'settle' }, act);
  if (!isSettled) throw new ResponsesFault('response-complete', { what: 'arrival', arrival: id });
  if (arrival !== undefined) await arrivalFiles.remove(id);
  return { id, recipient, code, wasHere: arrival !== undefined };
}
