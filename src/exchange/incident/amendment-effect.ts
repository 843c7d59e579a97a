import { findingRowBytes } from '../../domain/handoff/card-page.ts';
import { ScopeChange } from '../../domain/handoff/scope-change.ts';
import type { ScopeCounts, ScopeSide } from '../../domain/handoff/scope-change.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { countAny, openCards, ProposedPlaces } from '../../domain/recalls/proposed-cards.ts';
import type { ProposedCards } from '../../domain/recalls/proposed-cards.ts';
import { localDateOf } from '../../domain/incident/clock-times.ts';
import { startOfDayMs } from '../../domain/incident/local-days.ts';
import { windowBounds } from '../../domain/incident/windows.ts';
import { reasonIndex } from '../../domain/intake/reasons.ts';
import { foldText } from '../../domain/intake/text-values.ts';
import type { Amendments, BatchRecall, CountedFrom, NewProposal } from './amendments.ts';
import { cardsGone, withGone } from '../handoff/cards-gone.ts';
import type { BatchRow, HandoffRegister, HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRow } from './incident-register.ts';
import { planOf } from '../handoff/plan-still-holds.ts';
import { runsOfList, standingRecalls } from '../recall/standing-recalls.ts';
import type { StandingRecall, StandingRecallPorts } from '../recall/standing-recalls.ts';
import { unsentRecalls } from './unsent-recalls.ts';

export interface AmendmentEffect {
  /** Every batch that is handed off, or on its way, and has cards that leave or may leave the scope. */
  readonly recalls: readonly BatchRecall[];
  /** Cards of the batches that count as handed off, added up: one that several hold counts in each. */
  readonly handedOff: number;
  /** Records to be read again; undefined when the scope takes in nothing new. */
  readonly records: number | undefined;
  /** Undecided handoffs that the change voids, and approved recalls of which something has not left. */
  readonly voids: readonly string[];
}

interface Ports extends StandingRecallPorts {
  readonly handoffs: HandoffRegister;
  readonly amendments: Amendments;
}

const endedBadly = ['failed', 'expired', 'cancelled'];
const isWithRecipient = ['stored', 'written', 'read', 'taken'];

/**
 * What a changed document means for cards that are handed off and for records that were left out. Reads stored pages
 * and changes nothing. Each handoff is held against the document under which it was prepared. `counted` is what it read.
 */
export async function amendmentEffect(
  ports: Ports,
  before: IncidentRow,
  after: Incident,
): Promise<{
  effect: AmendmentEffect;
  proposals: readonly NewProposal[];
  counted: CountedFrom;
}> {
  const id = after.id;
  const documents = new Map(await ports.amendments.replaced(id));
  documents.set(before.documentSha256, before.incident);
  const handoffs = await ports.handoffs.list(id);
  const widened = new ScopeChange(sideOf(before.incident), sideOf(after)).isWidened;
  const records = widened ? await recordsLeftOut(ports, handoffs) : undefined;
  // An order that was left out so far may bring a card back in that every order read for it leaves out.
  const isOpen = (records ?? 0) > 0;
  const superseded = await supersededBatches(ports, handoffs.filter(counts));
  const recalls: BatchRecall[] = [];
  const proposals: NewProposal[] = [];
  const batches: string[] = [];
  const { files, standing } = await recallsOf(ports, handoffs);
  const unsent = files.map(({ id: file }) => file);
  let handedOff = 0;
  for (const row of handoffs.filter(counts)) {
    const then = documents.get(planOf(row).incidentSha256);
    const told = await toldByWindows(ports, row);
    for (const batch of await ports.handoffs.batchesOf(row.id)) {
      if (endedBadly.includes(batch.state)) continue;
      batches.push(batch.id);
      if (superseded.has(batch.id) || batch.recalls !== undefined) continue;
      const runs = runsOfList(standing, batch.id);
      handedOff += batch.cards - countAny(runs);
      const scopes = { then, after, told, isOpen, isRecalled: runs.length > 0 };
      const proposed = await outOf(ports, row, batch, scopes);
      proposals.push({ batch: batch.id, ...proposed });
      const open = openCards(proposed, { cards: batch.cards, runs, proposed: 0 });
      if (open.out + open.untold === 0) continue;
      recalls.push(proposedOf(batch, open));
    }
  }
  const undecided = handoffs.filter((row) => row.state === 'undecided' && !row.emergency).map(idOf);
  const voids = [...undecided, ...new Set(files.map(({ handoff }) => handoff))];
  const read = { handoffs: handoffs.map(idOf), undecided, unsent, batches };
  return {
    effect: { recalls, handedOff, records, voids },
    proposals,
    counted: { incidentSha256: before.documentSha256, ...read },
  };
}

/** Recall files that the amendment takes back, and what stands recalled without these. */
async function recallsOf(
  ports: Ports,
  handoffs: readonly HandoffRow[],
): Promise<{ files: readonly BatchRow[]; standing: readonly StandingRecall[] }> {
  const files = await unsentRecalls(ports.handoffs, handoffs);
  const batches: BatchRow[] = [];
  for (const { id } of handoffs) batches.push(...(await ports.handoffs.batchesOf(id)));
  const kept = batches.filter(({ id }) => files.every((file) => file.id !== id));
  return { files, standing: await standingRecalls(ports, kept) };
}

function proposedOf(
  { handoff, id, recipient, subject }: BatchRow,
  { out, untold }: ScopeCounts,
): BatchRecall {
  const named = subject === undefined ? {} : { subject };
  return { handoff, batch: id, recipient, ...named, cards: out, untold };
}

interface Scopes {
  /** Under which the handoff was prepared; undefined for a document that is not known. */
  readonly then: Incident | undefined;
  readonly after: Incident;
  readonly told: Awaited<ReturnType<typeof toldByWindows>>;
  readonly isOpen: boolean;
  /** Whether some of its cards stand recalled. */
  readonly isRecalled: boolean;
}

/** Cards of one batch that are out, by its windows or because their merchants are. */
async function outOf(
  ports: Ports,
  { report }: HandoffRow,
  batch: BatchRow,
  { then, after, told, isOpen, isRecalled }: Scopes,
): Promise<ProposedCards> {
  const change = changeSince(then, after);
  const sets = report?.merchantSets?.[batch.id];
  const gone = cardsGone(sets, after);
  // Which cards these are is not known: where some were recalled, they may be among these.
  const isUnsure = isOpen || isRecalled;
  if (told === 'none') return withGone(nothing, gone, batch.cards, isUnsure);
  if (change !== undefined && sets !== undefined && then !== undefined && isKept(then, after)) {
    return withGone(nothing, gone, batch.cards, isUnsure);
  }
  // Its windows are not known: it came without them.
  const byWindow =
    told === 'elsewhere'
      ? { out: 0, untold: change?.isNarrowed === false ? 0 : batch.cards }
      : await outByWindow(ports, batch, change, told === 'all' && !isOpen);
  // Which cards are gone with their merchants is not known.
  return gone === 0 ? byWindow : withGone(byWindow, gone, batch.cards, isUnsure);
}

const nothing: ScopeCounts = { out: 0, untold: 0 };

/** Whether merchants are gone, and the windows of the others take all that they took. */
function isKept(then: Incident, after: Incident): boolean {
  if (then.merchants === undefined || after.merchants === undefined) return false;
  const left = new Set(after.merchants.map(({ id }) => id));
  if (then.merchants.every(({ id }) => left.has(id))) return false;
  const { windows, excluded } = sideOf(then);
  const kept = windows
    .map((span) => ({
      ...span,
      merchants: span.merchants && new Set([...span.merchants].filter((id) => left.has(id))),
    }))
    .filter(({ merchants }) => merchants === undefined || merchants.size > 0);
  return !new ScopeChange({ windows: kept, excluded }, sideOf(after)).isNarrowed;
}

/** Batches that a later whole list replaced, once it was delivered: what is out of it is to be recalled from that one. */
async function supersededBatches(
  { handoffs }: Ports,
  rows: readonly HandoffRow[],
): Promise<ReadonlySet<string>> {
  const replaced = new Set<string>();
  const seen = new Map<string, string[]>();
  for (const row of [...rows].sort((a, b) => a.preparedAt.getTime() - b.preparedAt.getTime())) {
    const whole = (planOf(row).repeats ?? []).filter(({ lists }) => lists === 'cumulative');
    const batches = (await handoffs.batchesOf(row.id)).filter(
      ({ state }) => !endedBadly.includes(state),
    );
    for (const { recipient } of whole) {
      const arrived = batches.filter(({ state }) => isWithRecipient.includes(state));
      if (!arrived.some((batch) => batch.recipient === recipient)) continue;
      for (const batch of seen.get(recipient) ?? []) replaced.add(batch);
      seen.delete(recipient);
    }
    for (const { id, recipient } of batches.filter(({ recalls }) => recalls === undefined)) {
      seen.set(recipient, [...(seen.get(recipient) ?? []), id]);
    }
  }
  return replaced;
}

function idOf({ id }: HandoffRow): string {
  return id;
}

function counts(row: HandoffRow): boolean {
  if (row.plan === undefined) return false;
  return row.state === 'decided' || row.emergency !== undefined;
}

/** Undefined when nothing can be told from the pages: another zone, or a document that is not known. */
export function changeSince(then: Incident | undefined, after: Incident): ScopeChange | undefined {
  if (then === undefined || then.time_zone !== after.time_zone) return undefined;
  return new ScopeChange(sideOf(then), sideOf(after));
}

/**
 * Whether windows decide about the cards of a handoff. A listed card is in whatever its windows say; where only some
 * sources are lists, or a person accepted records, a row does not tell which cards those are.
 */
export async function toldByWindows(
  { handoffs }: { readonly handoffs: Pick<HandoffRegister, 'sourcesOf'> },
  row: HandoffRow,
): Promise<'all' | 'some' | 'none' | 'elsewhere'> {
  if (row.report?.isSentElsewhere === true) return 'elsewhere';
  const sources = await handoffs.sourcesOf(row.id);
  const listed = sources.filter(({ kind }) => kind === 'recovered').length;
  if (listed > 0 && listed === sources.length) return 'none';
  const accepted = Object.values(row.report?.accepted ?? {}).some((records) => records > 0);
  return listed > 0 || accepted ? 'some' : 'all';
}

async function outByWindow(
  { handoffs }: Ports,
  { id, cards }: BatchRow,
  change: ScopeChange | undefined,
  isSure: boolean,
): Promise<ProposedCards> {
  if (change === undefined) return { out: 0, untold: cards };
  const found = new ProposedPlaces();
  for await (const { first, rows } of handoffs.cardPages(id)) {
    for (const [at, becomes] of change.changes(rows)) found.add(first + at, becomes);
  }
  return found.proposed(isSure);
}

/** Records left out by window, channel or merchant, each source once however often it was read. */
async function recordsLeftOut({ handoffs }: Ports, rows: readonly HandoffRow[]): Promise<number> {
  const outside = ['outside-window', 'excluded-channel', 'unknown-merchant'] as const;
  const reasons = outside.map(reasonIndex);
  const seen = new Set<string>();
  let records = 0;
  for (const row of [...rows].reverse()) {
    const sources = await handoffs.sourcesOf(row.id);
    const fresh = new Set(
      sources.filter(({ sha256 }) => !seen.has(sha256)).map((one) => one.number),
    );
    for (const { sha256 } of sources) seen.add(sha256);
    if (fresh.size === 0) continue;
    const rowBytes = findingRowBytes(row.report?.merchants !== undefined);
    for await (const page of handoffs.findingPages(row.id)) {
      for (let at = 0; at < page.length; at += rowBytes) {
        const source = page[at]! | (page[at + 1]! << 8);
        if (reasons.includes(page[at + 2]!) && fresh.has(source)) records += 1;
      }
    }
  }
  return records;
}

function sideOf(incident: Incident): ScopeSide {
  const all = incident.merchants && new Set(incident.merchants.map(({ id }) => id));
  const names = [...new Set(incident.windows.map(({ name }) => name))];
  return {
    excluded: new Set(incident.excluded_channels.map(foldText)),
    windows: incident.windows.map((window) => {
      const { fromMs, toMs } = windowBounds(window, incident.time_zone);
      return {
        ...{ fromMs, toMs, listedOnly: window.listed_only },
        dayMs: startOfDayMs(localDateOf(fromMs, incident.time_zone), incident.time_zone),
        channels: window.channels && new Set(window.channels.map(foldText)),
        merchants: window.merchants === undefined ? all : new Set(window.merchants),
        bit: names.indexOf(window.name),
      };
    }),
  };
}
