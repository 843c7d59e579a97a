import { reaches, watchOf } from '../../domain/readiness/card-watch.ts';
import type { CardSide } from '../../domain/readiness/card-watch.ts';
import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import { disputedBatches } from '../arrivals/disputed-batches.ts';
import { leftAtMsOf } from '../delivery/left-at-ms.ts';
import type { PersonsWord } from '../delivery/word-register.ts';
import type { BatchRow, FoundCard } from '../handoff/handoff-register.ts';
import type { Amendments } from '../incident/amendments.ts';
import { askedWithLists, standingWaiver } from '../incident/asked-with-lists.ts';
import type { IssuerPorts } from '../incident/issuer-readiness.ts';
import {
  latestOf,
  standingOf,
  statementAbout,
  withdrawnAtMs,
} from '../incident/latest-statements.ts';
import type { Latest } from '../incident/latest-statements.ts';
import type { Statement, ToldRegister } from '../incident/told-register.ts';
import { batchesOfIncident } from '../recall/incident-recalls.ts';
import type { RecallBatch } from '../recall/incident-recalls.ts';
import { standingRecalls } from '../recall/standing-recalls.ts';
import { unsureRecalls } from '../recall/unsure-recalls.ts';
import type { WaiverExceptions } from '../waivers/waiver-exceptions.ts';
import type { Clock } from '../workspace/clock.ts';
import type { FoundCompany } from './look-up-answer.ts';

export interface CompanyPorts extends IssuerPorts {
  readonly amendments: Pick<Amendments, 'recalls'>;
  readonly told: Pick<ToldRegister, 'ofIncident'>;
  readonly exceptions: Pick<WaiverExceptions, 'ofCard'>;
  readonly clock: Clock;
}

/** A list with the card, and what is known of the card by it. */
interface CardOnList {
  readonly found: FoundCard;
  readonly batch: BatchRow;
  readonly words: readonly PersonsWord[];
  readonly recall: FoundCompany['lists'][number]['recall'];
  readonly side: Pick<CardSide, 'leftAtMs' | 'said' | 'isDisputed'>;
}

/**
 * What is known of a card's lists and of its card company: what recipients answered of this very card, what was told of all
 * cards, and what was recalled. Reads of each list what is about this card alone, however long the list is.
 */
export async function foundCompany(
  ports: CompanyPorts,
  incident: string,
  issuer: string,
  found: readonly FoundCard[],
): Promise<FoundCompany> {
  const proposed = await ports.amendments.recalls(incident);
  const latest = latestOf(await ports.told.ofIncident(incident));
  const lists = await listsWith(ports, incident, found);
  const standing = lists.filter(({ recall }) => recall === undefined || recall === 'perhaps');
  const sides = [...Map.groupBy(standing, (list) => list.found.recipient)].map(
    ([recipient, own]) => ({ recipient, ...sideOf(latest, { issuer, recipient }, own) }),
  );
  // Who has the card speaks for it; of those who gave it back, and of recalled lists, the newest is shown.
  const holding = standing.filter(({ side }) => side.said?.saying.state !== 'returned');
  const { recipient } = (holding.at(-1) ?? standing.at(-1) ?? lists.at(-1)!).found;
  const side = sides.find((each) => each.recipient === recipient);
  // Of a card that was recalled from everywhere it stays known what its company said of the fee, and holds for it no more.
  const own = (side === undefined ? lists : standing).filter(
    (list) => list.found.recipient === recipient,
  );
  const waiver = standingWaiver(
    statementAbout(latest, { issuer, recipient }, 'waiver'),
    await askedBy(ports, own),
  );
  return {
    ...{ issuer, waiver, watch: watchOf(sides, ports.clock.now().getTime()) },
    lists: lists.map(({ found: { batch, recipient: of, batchState: state }, recall }) => ({
      ...{ batch, recipient: of, state, recall },
      isRecallProposed: proposed.some((each) => each.batch === batch),
    })),
    isWaiverAboutThis:
      waiver !== undefined && reaches(waiver.saidAt.getTime(), side?.leftAtMs ?? Infinity),
    exception: await ports.exceptions.ofCard(
      // A list of references names no card company.
      lists.at(-1)!.batch.subject === 'references' ? '' : issuer,
      // What was said of a card follows it from list to list.
      lists.map(({ found: { batch, reference: record } }) => ({ batch, record })),
    ),
  };
}

/** The waivers that these lists with the card asked for: a list without it asks nothing for it. */
async function askedBy(
  { handoffs }: Pick<CompanyPorts, 'handoffs'>,
  lists: readonly CardOnList[],
): Promise<readonly Statement[]> {
  const ids = new Set(lists.map(({ batch }) => batch.handoff));
  const rows = await Promise.all([...ids].map((id) => handoffs.get(id)));
  const batches = lists.map(({ batch }) => batch);
  return askedWithLists(
    rows,
    batches,
    lists.flatMap(({ words }) => words),
  );
}

function sideOf(
  latest: Latest,
  party: { readonly issuer: string; readonly recipient: string },
  standing: readonly CardOnList[],
): CardSide {
  const sure = standing.filter(({ recall }) => recall === undefined);
  const isPerhapsRecalled = sure.length === 0;
  // A list whose recall may have arrived says nothing beside one that stands for sure.
  const lists = isPerhapsRecalled ? standing : sure;
  const word = statementAbout(latest, party, 'monitoring');
  const last = lists
    .filter(({ side }) => side.said !== undefined)
    .reduce<CardOnList | undefined>(
      (newest, list) =>
        (newest?.side.said?.atMs ?? -Infinity) <= list.side.said!.atMs ? list : newest,
      undefined,
    );
  return {
    leftAtMs: Math.min(...lists.map(({ side }) => side.leftAtMs)),
    said: last?.side.said,
    isPerhapsRecalled,
    // A dispute about an older list with answers is about the same card.
    isDisputed: lists.some(({ side }) => side.isDisputed && side.said !== undefined),
    word: word && standingOf(word),
    withdrawnAtMs: withdrawnAtMs(latest, party),
  };
}

async function listsWith(
  ports: CompanyPorts,
  incident: string,
  found: readonly FoundCard[],
): Promise<readonly CardOnList[]> {
  const recalled = await recalledFrom(ports, incident, found);
  const batches = found.map(({ batch: id, recipient }) => ({ id, recipient }));
  const disputed = await disputedBatches(ports, batches);
  return Promise.all(
    found.map(async (card, at) => {
      const { batch: id, reference: record, handoff } = card;
      const batch = await ports.handoffs.batch(id);
      const words = await ports.words.ofHandoff(handoff);
      const leftAtMs = leftAtMsOf(batch, words) ?? Infinity;
      const said = await ports.cardAnswers.ofCard({ batch: id, record });
      return {
        ...{ found: card, batch, words, recall: recalled[at] },
        side: { leftAtMs, said, isDisputed: disputed.has(id) },
      };
    }),
  );
}

/** What became of the card on each of these lists: whether a recall of it stands with its recipient, or may do so. */
async function recalledFrom(
  ports: CompanyPorts,
  incident: string,
  found: readonly FoundCard[],
): Promise<readonly FoundCompany['lists'][number]['recall'][]> {
  const { lists, recalls } = await batchesOfIncident(ports.handoffs, incident);
  // What was answered of others may be long, and says nothing of this card.
  const own = recalls.filter((recall) => found.some((card) => names(recall, card)));
  const standing = await standingRecalls(ports, [...lists, ...own]);
  const unsure = await unsureRecalls(ports, own);
  return found.map((card) => {
    const recall = standing.find((each) => each.isThere && names(each, card));
    if (recall === undefined)
      return unsure.some((each) => names(each, card)) ? 'perhaps' : undefined;
    const { reference } = card;
    const said = recall.answered.own.get(reference)?.state ?? recall.answered.rest;
    return said === 'accepted' ? 'set-aside' : 'asked';
  });
}

function names(
  { recalls: { batch: of, runs } }: RecallBatch,
  { batch, place }: FoundCard,
): boolean {
  return of === batch && holdsPlace(runs, place);
}
