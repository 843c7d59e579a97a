import { hasLeft } from '../../domain/handoff/delivery-states.ts';
import { RecallFault } from '../../domain/recalls/errors.ts';
import type { RecallBasis } from '../../domain/recalls/recall-basis.ts';
import { countRuns, holdsPlace, runsOf } from '../../domain/recalls/recalled-runs.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { Amendments, ProposedRecall } from '../incident/amendments.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import { leftOutCards } from '../incident/left-out-cards.ts';
import { batchesOfIncident, isRecall } from './incident-recalls.ts';
import { runsOfList, standingRecalls } from './standing-recalls.ts';
import type { StandingRecall, StandingRecallPorts } from './standing-recalls.ts';

/** What an officer wants recalled. */
export type RecallWish =
  /** What the amended incident leaves out; of these batches, or of all. */
  | { readonly basis: 'amendment'; readonly batches: readonly string[] }
  /** Whole files. */
  | { readonly basis: 'batches'; readonly batches: readonly string[] }
  /** Record references, each with the line on which it was named. */
  | { readonly basis: 'records'; readonly records: ReadonlyMap<number, number> };

/** Cards of one batch that are to be recalled. */
export interface ChosenRecall {
  readonly batch: BatchRow;
  readonly basis: RecallBasis;
  readonly runs: Uint8Array;
  readonly cards: number;
}

interface Ports extends StandingRecallPorts {
  readonly handoffs: HandoffRegister;
  readonly amendments: Amendments;
}

interface Room extends Ports {
  readonly row: IncidentRow;
  readonly lists: readonly BatchRow[];
  readonly recalls: readonly StandingRecall[];
  readonly proposals: readonly ProposedRecall[];
}

/**
 * Finds the cards that are to be recalled, batch by batch in the order of their record references. Changes nothing.
 *
 * Throws `batch-unknown`, and RecallFault `recall-nothing`, `recall-untold`, `recall-not-delivered`, `recall-twice`,
 * `recall-other-incident`, `recall-not-possible`, `recall-record-unknown`.
 */
export async function chooseRecalled(
  ports: Ports,
  row: IncidentRow,
  wish: RecallWish,
): Promise<readonly ChosenRecall[]> {
  const { id: incident } = row.incident;
  const { lists, recalls: made } = await batchesOfIncident(ports.handoffs, incident);
  const recalls = await standingRecalls(ports, [...lists, ...made]);
  const proposals = await ports.amendments.recalls(incident);
  const room = { ...ports, row, lists, recalls, proposals };
  const chosen = await chosenBy(room, wish);
  if (chosen.length === 0) throw new RecallFault('recall-nothing', { incident });
  return [...chosen].sort((one, other) => one.batch.firstReference - other.batch.firstReference);
}

function chosenBy(room: Room, wish: RecallWish): Promise<readonly ChosenRecall[]> {
  if (wish.basis === 'records') return namedRecords(room, wish.records);
  return wish.basis === 'batches' ? wholeFiles(room, wish.batches) : proposed(room, wish.batches);
}

async function proposed(room: Room, only: readonly string[]): Promise<readonly ChosenRecall[]> {
  for (const id of only) await listOf(room, id);
  const chosen: ChosenRecall[] = [];
  for (const proposal of room.proposals) {
    if (only.length > 0 && !only.includes(proposal.batch)) continue;
    const batch = await listOf(room, proposal.batch);
    const places = await leftOutCards(room, room.row, proposal, recalledIn(room, batch));
    if (places === undefined) {
      const { cards, untold } = proposal;
      throw new RecallFault('recall-untold', { batch: batch.id, cards: cards + untold });
    }
    const runs = runsOf(places);
    const cards = countRuns(runs);
    if (cards > 0) chosen.push({ batch, basis: 'amendment', runs, cards });
  }
  return chosen;
}

/** What is left of each. */
async function wholeFiles(room: Room, ids: readonly string[]): Promise<readonly ChosenRecall[]> {
  const chosen: ChosenRecall[] = [];
  for (const id of new Set(ids)) {
    const batch = await listOf(room, id);
    const recalled = recalledIn(room, batch);
    const runs = runsOf(placesIn(batch.cards, (place) => !holdsAny(recalled, place)));
    const cards = countRuns(runs);
    if (cards === 0) throw new RecallFault('recall-twice', { batch: id, cards: batch.cards });
    chosen.push({ batch, basis: 'batches', runs, cards });
  }
  return chosen;
}

async function namedRecords(
  room: Room,
  records: ReadonlyMap<number, number>,
): Promise<readonly ChosenRecall[]> {
  const byBatch = Map.groupBy([...records.keys()], (record) =>
    room.lists.find(({ firstReference: first, cards }) => {
      return record >= first && record < first + cards;
    }),
  );
  const unknown = byBatch.get(undefined);
  if (unknown !== undefined) {
    const line = unknown.reduce((least, record) => Math.min(least, records.get(record)!), Infinity);
    throw new RecallFault('recall-record-unknown', { line, references: unknown.length });
  }
  const chosen: ChosenRecall[] = [];
  for (const [found, own] of byBatch) {
    const batch = await listOf(room, found!.id);
    const places = own.map((record) => record - batch.firstReference);
    const recalled = recalledIn(room, batch);
    const twice = places.filter((place) => holdsAny(recalled, place)).length;
    if (twice > 0) throw new RecallFault('recall-twice', { batch: batch.id, cards: twice });
    chosen.push({ batch, basis: 'records', runs: runsOf(places), cards: places.length });
  }
  return chosen;
}

/** A list of cards of this incident that its recipient has. */
async function listOf({ handoffs, row }: Room, id: string): Promise<BatchRow> {
  const batch = await handoffs.batch(id);
  const { incident, state } = batch;
  if (incident !== row.incident.id) {
    throw new RecallFault('recall-other-incident', { batch: id, incident });
  }
  const why = impossible(batch);
  if (why !== undefined) throw new RecallFault('recall-not-possible', { batch: id, why });
  if (!hasLeft(state)) throw new RecallFault('recall-not-delivered', { batch: id, state });
  return batch;
}

function impossible(batch: BatchRow): string | undefined {
  if (isRecall(batch)) return 'recall';
  if (batch.subject !== undefined) return batch.subject;
  return batch.state === 'sent-elsewhere' ? 'sent-elsewhere' : undefined;
}

function recalledIn({ recalls }: Room, { id }: BatchRow): readonly Uint8Array[] {
  return runsOfList(recalls, id);
}

function holdsAny(recalled: readonly Uint8Array[], place: number): boolean {
  return recalled.some((runs) => holdsPlace(runs, place));
}

function* placesIn(cards: number, isWanted: (place: number) => boolean): Generator<number> {
  for (let place = 0; place < cards; place += 1) if (isWanted(place)) yield place;
}
