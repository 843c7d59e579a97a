import { ZoneDays } from '../../domain/incident/zone-days.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { hasLeft } from '../../domain/handoff/delivery-states.ts';
import { computeReadiness } from '../../domain/readiness/compute-readiness.ts';
import type {
  IncidentFacts,
  IssuerFacts,
  ListSent,
  Readiness,
  Standing,
} from '../../domain/readiness/readiness.ts';
import type { Party, Subject } from '../../domain/readiness/statements.ts';
import type { Amendments } from './amendments.ts';
import type { Clock } from '../workspace/clock.ts';
import { unresolvedLists } from '../handoff/unresolved-lists.ts';
import { isRecall } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRegister } from './incident-register.ts';
import { leftAt } from '../responses/answer-time.ts';
import { standingRecalls } from '../recall/standing-recalls.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import type { AnswersRead } from '../responses/response-register.ts';
import type { Statement, ToldRegister } from './told-register.ts';
import type { PersonsWord, WordRegister } from '../delivery/word-register.ts';

export interface ReadinessPorts {
  readonly incidents: IncidentRegister;
  readonly handoffs: HandoffRegister;
  readonly words: WordRegister;
  readonly amendments: Amendments;
  readonly told: ToldRegister;
  readonly responses: AnswersRead;
  readonly cardAnswers: CardAnswersRead;
  readonly clock: Clock;
}

/** One card company behind one recipient, with the source of everything that is known of it. */
export interface IssuerReadiness extends IssuerFacts {
  readonly batches: readonly BatchRow[];
  readonly words: readonly PersonsWord[];
  /** What counts of each subject. */
  readonly statements: Readonly<Partial<Record<Subject, Statement>>>;
}

export interface IncidentReadiness extends Readiness {
  readonly incident: Incident;
  readonly mode: 'drill' | 'live' | undefined;
  readonly at: Date;
  readonly issuers: readonly IssuerReadiness[];
  /** Recalls that stand and are with their recipients: what they name is not among the cards of an issuer. */
  readonly recalls: readonly RecallBatch[];
  readonly desk: Statement | undefined;
  /** How many statements were replaced by later ones. */
  readonly replaced: number;
}

/** Whether the company can publish its notice and take calls. Changes nothing. Throws `incident-unknown`. */
export async function incidentReadiness(
  ports: ReadinessPorts,
  id: string,
): Promise<IncidentReadiness> {
  const { incident } = await ports.incidents.get(id);
  const at = ports.clock.now();
  const all = await ports.handoffs.list(id);
  const handoffs = all.filter(stands);
  const statements = await ports.told.ofIncident(id);
  const latest = latestOf(statements);
  const { issuers, recalls } = await issuersOf(ports, handoffs, latest);
  const desk = latest({ kind: 'desk', name: '' }, 'desk');
  const facts: IncidentFacts = {
    ...(await incidentFacts(ports, id, handoffs)),
    held: await heldBy(ports.handoffs, all),
    unresolved: await unresolvedLists(
      ports.responses,
      issuers.flatMap(({ batches }) => batches),
    ),
    nowMs: at.getTime(),
    today: ZoneDays.of(incident.time_zone).dateOf(at.getTime()),
    ...(desk === undefined ? {} : { desk: standing(desk) }),
  };
  const counted = new Set(statements.map(keyOf)).size;
  return {
    ...computeReadiness(facts, issuers),
    ...{ incident, at, issuers, recalls, desk, mode: handoffs[0]?.mode },
    replaced: statements.length - counted,
  };
}

/** What was declined, withdrawn or came to nothing hands nothing over. */
function stands({ state, outcome }: HandoffRow): boolean {
  if (state === 'undecided') return true;
  return state === 'decided' && outcome === 'approve';
}

async function incidentFacts(
  { handoffs: register, amendments }: ReadinessPorts,
  id: string,
  handoffs: readonly HandoffRow[],
): Promise<Omit<IncidentFacts, 'nowMs' | 'today' | 'desk' | 'held' | 'unresolved'>> {
  const uncovered = (await register.uncovered()).filter(({ incident }) => incident === id);
  const recalls = await amendments.recalls(id);
  return {
    undecided: handoffs.filter(({ state }) => state === 'undecided').map((row) => row.id),
    uncovered: uncovered.map(({ handoff, cards }) => ({ handoff, cards })),
    isToRead: (await amendments.toRead(id)).length > 0,
    recalls: recalls.map(({ batch }) => batch),
  };
}

/**
 * Records that are still held. A prepare that reads a file again reads what was held of it again, also one with nothing
 * to send: of each file the newest counts. A list that was sent elsewhere is read for what was sent, and settles nothing.
 */
export async function heldBy(
  register: Pick<HandoffRegister, 'sourcesOf'>,
  rows: readonly HandoffRow[],
): Promise<{ handoff: string; records: number }[]> {
  const newest = new Map<string, HandoffRow>();
  for (const row of rows) {
    if (row.state === 'preparing' || row.outcome === 'decline' || row.outcome === 'cancel')
      continue;
    const purpose = row.report?.isSentElsewhere === true ? 'sent' : 'read';
    for (const { sha256 } of await register.sourcesOf(row.id)) {
      newest.set(`${purpose} ${sha256}`, row);
    }
  }
  const counting = new Set(newest.values());
  return [...counting].flatMap(({ id: handoff, report }) => {
    const records = Object.values(report?.held ?? {}).reduce((sum, count) => sum + count, 0);
    return records === 0 ? [] : [{ handoff, records }];
  });
}

type Latest = (party: Party, subject: Subject) => Statement | undefined;

function keyOf({ party, told }: Pick<Statement, 'party' | 'told'>): string {
  return JSON.stringify([party.kind, party.name, told.subject]);
}

/** The statement that counts, by whom it was told of and about what. */
export function latestOf(statements: readonly Statement[]): Latest {
  const latest = new Map(statements.map((statement) => [keyOf(statement), statement]));
  return ({ kind, name }, subject) => latest.get(JSON.stringify([kind, name, subject]));
}

async function issuersOf(
  ports: ReadinessPorts,
  handoffs: readonly HandoffRow[],
  latest: Latest,
): Promise<Pick<IncidentReadiness, 'recalls'> & { readonly issuers: IssuerReadiness[] }> {
  const batches: BatchRow[] = [];
  const words: PersonsWord[] = [];
  for (const { id } of handoffs) {
    batches.push(...(await ports.handoffs.batchesOf(id)));
    words.push(...(await ports.words.ofHandoff(id)));
  }
  const rows = new Map<string, { recipient: string; issuer: string; batches: BatchRow[] }>();
  const recalls = (await standingRecalls(ports, batches)).filter((recall) => recall.isThere);
  const lists = batches.filter((each) => !isRecall(each) && cardsLeft(each, recalls) > 0);
  for (const batch of lists.filter((each, at) => counts(each, lists.slice(at + 1)))) {
    for (const issuer of issuerNames(batch)) {
      if (cardsLeft(batch, recalls, issuer) === 0) continue;
      const key = JSON.stringify([batch.recipient, issuer]);
      const row = rows.get(key) ?? { recipient: batch.recipient, issuer, batches: [] };
      rows.set(key, { ...row, batches: [...row.batches, batch] });
    }
  }
  const issuers = [...rows.values()]
    .map((row) => issuerOf(row, recalls, words, latest))
    .sort((one, other) =>
      one.recipient < other.recipient ? -1 : one.recipient > other.recipient ? 1 : 0,
    );
  return { issuers, recalls };
}

/** Cards of a list that do not stand recalled; of one card company, or of all. */
function cardsLeft(batch: BatchRow, recalls: readonly RecallBatch[], issuer?: string): number {
  const own = recalls.filter((recall) => recall.recalls.batch === batch.id);
  return cardsOf(batch, issuer) - own.reduce((sum, recall) => sum + cardsOf(recall, issuer), 0);
}

/** A cancelled list is none; one that expired is none once as many cards went to the same recipient later. */
function counts(batch: BatchRow, later: readonly BatchRow[]): boolean {
  if (batch.state === 'cancelled') return false;
  const isReplaced = later.some(
    ({ recipient, cards, state }) =>
      recipient === batch.recipient && cards >= batch.cards && state !== 'cancelled',
  );
  return batch.state !== 'expired' || !isReplaced;
}

/** Also of a list that names none, such as one of references only. */
function issuerNames({ issuers }: BatchRow): string[] {
  return issuers.length === 0 ? [''] : [...new Set(issuers.map(({ issuer }) => issuer))];
}

function issuerOf(
  { recipient, issuer, batches }: { recipient: string; issuer: string; batches: BatchRow[] },
  recalls: readonly RecallBatch[],
  words: readonly PersonsWord[],
  latest: Latest,
): IssuerReadiness {
  const own = { kind: 'issuer', name: issuer } as const;
  const through = { kind: 'recipient', name: recipient } as const;
  const statements: Partial<Record<Subject, Statement>> = {};
  for (const subject of ['monitoring', 'waiver', 'publication'] as const) {
    const found = standingOne(latest(own, subject)) ?? latest(through, subject);
    if (found !== undefined) statements[subject] = found;
  }
  const about = words.filter(({ batch }) => batches.some(({ id }) => id === batch));
  return {
    ...{ recipient, issuer, batches, statements, words: about },
    cards: batches.reduce((sum, batch) => sum + cardsLeft(batch, recalls, issuer), 0),
    lists: batches.map((batch) => listOf(batch, about)),
    ...Object.fromEntries(
      Object.entries(statements).map(([subject, statement]) => [subject, standing(statement)]),
    ),
  };
}

/** What an issuer took back counts no more than if it had said nothing: what its recipient says stands again. */
function standingOne(statement: Statement | undefined): Statement | undefined {
  return statement?.told.outcome === 'withdrawn' ? undefined : statement;
}

function cardsOf({ issuers, cards }: BatchRow, name: string | undefined): number {
  if (issuers.length === 0 || name === undefined) return cards;
  return issuers
    .filter(({ issuer }) => issuer === name)
    .reduce((sum, { cards: own }) => sum + own, 0);
}

function listOf(batch: BatchRow, words: readonly PersonsWord[]): ListSent {
  const { id, handoff, state } = batch;
  const about = words.filter(({ batch }) => batch === id);
  const times = [leftAt(batch), ...about.map(({ at }) => at)].map((time) => time.getTime());
  return {
    ...{ batch: id, handoff, state },
    isReceived: about.some(({ rung }) => rung === 'received'),
    ...(hasLeft(state) ? { leftAtMs: Math.min(...times) } : {}),
  };
}

function standing({ told, party, saidAt, recordedAt }: Statement): Standing {
  return {
    ...{ told, from: party.kind },
    ...{ saidAtMs: saidAt.getTime(), recordedAtMs: recordedAt.getTime() },
  };
}
