import { isWaiverOpen } from '../../domain/readiness/statements.ts';
import type { WaiverState } from '../../domain/readiness/statements.ts';
import { countExceptions } from '../../domain/waivers/waiver-exceptions.ts';
import type { ExceptionCounts } from '../../domain/waivers/waiver-exceptions.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { incidentReadiness } from '../incident/incident-readiness.ts';
import type { ReadinessPorts } from '../incident/incident-readiness.ts';
import type { Statement } from '../incident/told-register.ts';
import { listsOfAll, notedCards } from './noted-cards.ts';
import type { WaiverExceptions } from './waiver-exceptions.ts';

/** How the waiver stands with one card company, as one recipient reaches it. */
export interface WaiverRow {
  readonly recipient: string;
  /** '' when the issuer table does not know it. */
  readonly issuer: string;
  /** On lists: a card on two of them counts twice. */
  readonly cards: number;
  /** How many of them something else holds for; undefined once the incident was purged. */
  readonly exceptions: ExceptionCounts | undefined;
  readonly state: WaiverState;
  /** What counts of what was told; undefined where nothing was. */
  readonly statement: Statement | undefined;
  /** When it was first asked since the last answer; undefined where nobody waits for one. */
  readonly waitingSince: Date | undefined;
  /** Whole days since then. */
  readonly waitingDays: number | undefined;
}

export type WaiverPorts = ReadinessPorts & {
  readonly exceptions: Pick<WaiverExceptions, 'ofIncident'>;
};

export interface WaiverReport {
  readonly incident: Incident;
  readonly at: Date;
  readonly rows: readonly WaiverRow[];
}

const dayMs = 86_400_000;

/** The waivers of an incident, one row for each card company. Changes nothing. Throws `incident-unknown`. */
export async function waiverReport(ports: WaiverPorts, id: string): Promise<WaiverReport> {
  const { incident, issuers, recalls, at } = await incidentReadiness(ports, id);
  const { purge } = await ports.incidents.get(id);
  const noted =
    purge === undefined ? await notedCards(ports, id, listsOfAll(issuers), recalls) : undefined;
  const told = (await ports.told.ofIncident(id)).filter(
    ({ told: { subject } }) => subject === 'waiver',
  );
  const rows = issuers.map(
    ({ recipient, issuer, cards, batches, asked, statements }): WaiverRow => {
      const { waiver: statement } = statements;
      const state = waiverStateOf(statement);
      const isWaiting = isWaiverOpen(state) && state !== 'not-requested';
      const waitingSince = isWaiting ? askedAt([...told, ...asked], statement!) : undefined;
      const waitingDays =
        waitingSince && Math.max(0, Math.floor((at.getTime() - waitingSince.getTime()) / dayMs));
      const own = noted?.filter(
        (card) => card.issuer === issuer && batches.some((batch) => batch.id === card.batch),
      );
      const exceptions = own && countExceptions(own.map(({ exception }) => exception));
      return { recipient, issuer, cards, exceptions, state, statement, waitingSince, waitingDays };
    },
  );
  return { incident, at, rows };
}

/** The state that a statement says; not requested where nothing was said. */
export function waiverStateOf(statement: Statement | undefined): WaiverState {
  return statement?.told.subject === 'waiver' ? statement.told.outcome : 'not-requested';
}

/** The first of the statements in a row that say that we wait: of whom the latest is, and what their lists say. */
function askedAt(told: readonly Statement[], latest: Statement): Date {
  const { kind, name } = latest.party;
  const own = told
    .filter(
      ({ party, batch }) => batch !== undefined || (party.kind === kind && party.name === name),
    )
    .sort((one, other) => one.recordedAt.getTime() - other.recordedAt.getTime());
  let since = latest.saidAt;
  for (const statement of own.toReversed()) {
    const state = waiverStateOf(statement);
    // That we gave up in between is no answer: whoever is asked again was first asked then.
    if (!isWaiverOpen(state) && state !== 'no-answer') break;
    if (state === 'not-requested') break;
    if (state === 'no-answer') continue;
    since = statement.saidAt;
  }
  return since;
}
