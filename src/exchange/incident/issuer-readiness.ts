import type {
  IncidentFacts,
  IssuerFacts,
  ListSent,
  Receipt,
} from '../../domain/readiness/readiness.ts';
import type { Subject } from '../../domain/readiness/statements.ts';
import { disputedBatches } from '../arrivals/disputed-batches.ts';
import type { DisputePorts } from '../arrivals/disputed-batches.ts';
import { leftAtMsOf } from '../delivery/left-at-ms.ts';
import type { PersonsWord, WordRegister } from '../delivery/word-register.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import { isRecall } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import { standingRecalls } from '../recall/standing-recalls.ts';
import type { CardAnswersRead } from '../responses/card-answers.ts';
import { receiptOf } from '../responses/receipt-of.ts';
import type { AnswersRead } from '../responses/response-register.ts';
import { saidOfList } from '../responses/said-of-list.ts';
import type { SaidOfList } from '../responses/said-of-list.ts';
import { askedWithLists, standingWaiver } from './asked-with-lists.ts';
import { standingOf, statementAbout, withdrawnAtMs } from './latest-statements.ts';
import type { Latest } from './latest-statements.ts';
import type { Statement } from './told-register.ts';

export interface IssuerPorts extends DisputePorts {
  readonly handoffs: HandoffRegister;
  readonly words: WordRegister;
  readonly responses: AnswersRead;
  readonly cardAnswers: CardAnswersRead;
}

/** One card company behind one recipient, with the source of everything that is known of it. */
export interface IssuerReadiness extends IssuerFacts {
  readonly batches: readonly BatchRow[];
  readonly words: readonly PersonsWord[];
  /** The waivers that its lists asked for, the earlier ones first. */
  readonly asked: readonly Statement[];
  /** What counts of each subject. */
  readonly statements: Readonly<Partial<Record<Subject, Statement>>>;
}

export interface KnownIssuers extends Pick<IncidentFacts, 'answers'> {
  readonly issuers: readonly IssuerReadiness[];
  /** Recalls that stand and are with their recipients. */
  readonly recalls: readonly RecallBatch[];
}

interface ListEvidence {
  readonly words: readonly PersonsWord[];
  readonly receipt: Receipt | undefined;
  readonly said: SaidOfList | undefined;
}

interface Known {
  readonly recalls: readonly RecallBatch[];
  /** By batch. */
  readonly about: ReadonlyMap<string, ListEvidence>;
  readonly latest: Latest;
  readonly asked: readonly Statement[];
}

/** Everything known of the card companies behind recipients, by the lists of these handoffs. */
export async function issuersOf(
  ports: IssuerPorts,
  handoffs: readonly HandoffRow[],
  latest: Latest,
): Promise<KnownIssuers> {
  const batches: BatchRow[] = [];
  const words: PersonsWord[] = [];
  for (const { id } of handoffs) {
    batches.push(...(await ports.handoffs.batchesOf(id)));
    words.push(...(await ports.words.ofHandoff(id)));
  }
  const rows = new Map<string, { recipient: string; issuer: string; batches: BatchRow[] }>();
  const recalls = (await standingRecalls(ports, batches)).filter((recall) => recall.isThere);
  const lists = batches.filter((each) => !isRecall(each) && cardsLeft(each, recalls) > 0);
  const counting = lists.filter((each, at) => counts(each, lists.slice(at + 1)));
  const about = await evidenceOf(ports, counting, recalls, words);
  for (const batch of counting) {
    for (const issuer of issuerNames(batch)) {
      if (cardsLeft(batch, recalls, issuer) === 0) continue;
      const key = JSON.stringify([batch.recipient, issuer]);
      const row = rows.get(key) ?? { recipient: batch.recipient, issuer, batches: [] };
      rows.set(key, { ...row, batches: [...row.batches, batch] });
    }
  }
  const asked = askedWithLists(handoffs, counting, words);
  const known = { recalls, about, latest, asked };
  const issuers = [...rows.values()]
    .map((row) => issuerOf(row, known))
    .sort((one, other) =>
      one.recipient < other.recipient ? -1 : one.recipient > other.recipient ? 1 : 0,
    );
  return { issuers, recalls, answers: await openAnswers(ports, counting, about) };
}

/** What is known of each list besides its state, by the batch. */
async function evidenceOf(
  { cardAnswers, responses }: IssuerPorts,
  lists: readonly BatchRow[],
  recalls: readonly RecallBatch[],
  words: readonly PersonsWord[],
): Promise<ReadonlyMap<string, ListEvidence>> {
  const about = new Map<string, ListEvidence>();
  for (const batch of lists) {
    const own = words.filter((word) => word.batch === batch.id);
    const wasSaid = own.some(({ rung }) => rung === 'received');
    if (batch.subject === 'references') {
      const { length: answers } = await responses.answersOf(batch.id);
      const taken = await responses.list(batch.id);
      const isSigned = taken.every(({ fingerprint }) => fingerprint !== undefined);
      const receipt = receiptOf({ answers, isSigned }, wasSaid);
      about.set(batch.id, { words: own, receipt, said: undefined });
      continue;
    }
    const cardsOf = (issuer: string): number => cardsLeft(batch, recalls, issuer);
    const said = await saidOfList(cardAnswers, batch, recalls, cardsOf);
    about.set(batch.id, { words: own, receipt: receiptOf(said, wasSaid), said });
  }
  return about;
}

async function openAnswers(
  ports: IssuerPorts,
  lists: readonly BatchRow[],
  about: ReadonlyMap<string, ListEvidence>,
): Promise<IncidentFacts['answers']> {
  const disputed = await disputedBatches(ports, lists);
  return lists.flatMap(({ id: batch, recipient }) => {
    const cards = about.get(batch)?.said?.returned ?? 0;
    return [
      ...(cards === 0 ? [] : [{ item: 'cards-returned', cards, batch, recipient } as const]),
      ...(disputed.has(batch) ? [{ item: 'answer-disputed', batch, recipient } as const] : []),
    ];
  });
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
  { recalls, about, latest, ...known }: Known,
): IssuerReadiness {
  const party = { issuer, recipient };
  const asked = known.asked.filter(({ batch }) => batches.some(({ id }) => id === batch));
  const statements: Partial<Record<Subject, Statement>> = {};
  for (const subject of ['monitoring', 'waiver', 'publication'] as const) {
    const found = statementAbout(latest, party, subject);
    const standing = subject === 'waiver' ? standingWaiver(found, asked) : found;
    if (standing !== undefined) statements[subject] = standing;
  }
  const lists = batches.map((batch): ListSent => {
    const cards = cardsLeft(batch, recalls, issuer);
    return listOf(batch, { issuer, cards }, about.get(batch.id)!);
  });
  return {
    ...{ recipient, issuer, batches, asked, statements, lists },
    words: batches.flatMap(({ id }) => about.get(id)!.words),
    cards: lists.reduce((sum, { cards }) => sum + cards, 0),
    withdrawnAtMs: withdrawnAtMs(latest, party),
    ...Object.fromEntries(
      Object.entries(statements).map(([subject, statement]) => [subject, standingOf(statement)]),
    ),
  };
}

function cardsOf({ issuers, cards }: BatchRow, name: string | undefined): number {
  if (issuers.length === 0 || name === undefined) return cards;
  return issuers
    .filter(({ issuer }) => issuer === name)
    .reduce((sum, { cards: own }) => sum + own, 0);
}

function listOf(
  batch: BatchRow,
  { issuer, cards }: { readonly issuer: string; readonly cards: number },
  { receipt, said, words }: ListEvidence,
): ListSent {
  const { id, handoff, state } = batch;
  const leftAtMs = leftAtMsOf(batch, words);
  const own = said?.byIssuer.get(issuer);
  const list = {
    ...{ batch: id, handoff, state, cards, receipt },
    ...(leftAtMs === undefined ? {} : { leftAtMs }),
  };
  if (said === undefined || own === undefined) return list;
  const { isSigned, firstAtMs, takenInAtMs } = said;
  return { ...list, said: { ...own, isSigned, firstAtMs, takenInAtMs } };
}
