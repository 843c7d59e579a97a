import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { WordChannel } from '../../domain/handoff/persons-word.ts';
import { PurgeFault } from '../../domain/handoff/purge-errors.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { PersonsWordFault } from '../../domain/handoff/word-errors.ts';
import { WaiversFault } from '../../domain/waivers/errors.ts';
import type { ExceptionLine } from '../../domain/waivers/exception-lines.ts';
import { exceptionValues } from '../../domain/waivers/waiver-exceptions.ts';
import type { ActRecord } from '../acts/act-record.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { evidenceOf } from '../delivery/record-word.ts';
import type { WordRequest } from '../delivery/record-word.ts';
import { assertMerchantOf } from '../incident/assert-merchant-of.ts';
import { incidentReadiness } from '../incident/incident-readiness.ts';
import type { ReadinessPorts } from '../incident/incident-readiness.ts';
import { knownParty } from '../incident/record-told.ts';
import type { IncidentDocuments } from '../incident/record-told.ts';
import { batchesOfIncident } from '../recall/incident-recalls.ts';
import type { Ids } from '../workspace/ids.ts';
import { listingKey } from './issuers-of-cards.ts';
import { listsOfAll, notedCards } from './noted-cards.ts';
import { placeExceptions, unplacedReasons } from './place-exceptions.ts';
import type { PlacedExceptions } from './place-exceptions.ts';
import type {
  CardException,
  NewExceptions,
  NotedCard,
  WaiverExceptions,
} from './waiver-exceptions.ts';

type Ports = ReadinessPorts & {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly exceptions: WaiverExceptions;
  readonly folder: IncidentDocuments;
  readonly ids: Pick<Ids, 'nonce'>;
};

export interface ExceptionsRequest {
  readonly incident: string;
  /** '' for cards that the issuer table does not know. */
  readonly issuer: string;
  readonly lines: readonly ExceptionLine[];
  /** SHA-256 of the table that the lines stood in; undefined for arguments. */
  readonly source: string | undefined;
  readonly saidAt: Date | undefined;
  readonly channel: WordChannel;
  readonly by: string | undefined;
  readonly evidence: WordRequest['evidence'];
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

export interface RecordedExceptions {
  /** As the issuer table has it. */
  readonly issuer: string;
  /** Cards that were named. */
  readonly cards: number;
  /** Those of which something else was said before, or nothing. */
  readonly changed: number;
}

const linesNamed = 20;

/**
 * Records of single cards that the waiver of their issuer does not hold for them, and why; all lines or none. What stands
 * already is not recorded again, so that a table handed in twice changes nothing; to contradict takes a reason.
 *
 * Throws `incident-unknown`, `incident-purged`, `party-unknown`, `merchants-absent`, `merchant-unknown` (with the `line` of
 * a table), `exceptions-unplaced`, `word-in-future`, `reason-required`, `statement-changed`, `evidence-empty`, `evidence-holds-card`, and what `actingOfficer` throws.
 */
export async function recordExceptions(
  ports: Ports,
  request: ExceptionsRequest,
): Promise<RecordedExceptions> {
  const { configuration, clock, incidents, exceptions } = ports;
  const { officers } = await configuration.load();
  const now = clock.now();
  const officer = actingOfficer(officers, request.officer, 'officer', now);
  const { incident: id } = request;
  const { purge } = await incidents.get(id);
  if (purge !== undefined) throw new PurgeFault('incident-purged', { incident: id });
  const { incident, issuers, recalls } = await incidentReadiness(ports, id);
  const seen = await exceptions.newest(id);
  const { lists: every } = await batchesOfIncident(ports.handoffs, id);
  const notedOfAll = await notedCards(ports, id, every, []);
  // A company of which every card was recalled may still take back what it said of one.
  const known = [...issuers, ...notedOfAll.map((card) => ({ issuer: card.issuer, recipient: '' }))];
  const { name: issuer } = knownParty(incident, known, { kind: 'issuer', name: request.issuer });
  assertMerchants(incident, request);
  const saidAt = request.saidAt ?? now;
  if (saidAt.getTime() > now.getTime()) throw new PersonsWordFault('word-in-future');
  const noted = notedOfAll.filter((card) => card.issuer === issuer);
  const of = { issuer, every, lists: listsOfAll(issuers), recalls, noted };
  const placed = await placeExceptions(ports, id, of, request.lines);
  assertPlaced(id, issuer, placed);
  const cards = changedOf(noted, placed, request.reason);
  if (cards.length > 0) {
    const evidence = evidenceOf('waiver', request.evidence);
    const said: NewExceptions = {
      ...{ incident: id, issuer, saidAt, channel: request.channel, officer: officer.id },
      ...{ recordedAt: now, evidence, cards },
    };
    await exceptions.add(said, actOf(ports, said, request), seen, async () => {
      if (evidence === undefined) return;
      await ports.folder.putIncidentDocument(id, evidence.file, request.evidence!.bytes);
    });
  }
  return { issuer, cards: placed.cards.length, changed: cards.length };
}

/** Of a shop that the incident does not have no order is meant, and that of another one has to take no note of it. */
function assertMerchants(
  { id, merchants }: Incident,
  { lines, source }: Pick<ExceptionsRequest, 'lines' | 'source'>,
): void {
  const listed = merchants?.map((merchant) => merchant.id);
  for (const { line, card } of lines) {
    if (!('order' in card) || card.merchant === '') continue;
    assertMerchantOf(id, listed, card.merchant, source === undefined ? {} : { line });
  }
}

function assertPlaced(incident: string, issuer: string, { unplaced }: PlacedExceptions): void {
  if (unplaced.length === 0) return;
  const counts = unplacedReasons.map(
    (reason) => [reason, unplaced.filter(({ why }) => why === reason).length] as const,
  );
  throw new WaiversFault('exceptions-unplaced', {
    ...{ incident, issuer: issuer === '' ? 'unknown' : issuer },
    ...Object.fromEntries(counts.filter(([, count]) => count > 0)),
    lines: unplaced.slice(0, linesNamed).map(({ line }) => String(line)),
  });
}

/** What is new. Throws `reason-required` where something else was said of one of the cards. */
function changedOf(
  noted: readonly NotedCard[],
  { cards }: PlacedExceptions,
  reason: string | undefined,
): readonly CardException[] {
  const standing = new Map(noted.map((card) => [listingKey(card), card.exception]));
  const before = (card: CardException): string => standing.get(listingKey(card)) ?? 'none';
  const changed = cards.filter((card) => before(card) !== card.exception);
  if (changed.some((card) => before(card) !== 'none') && reason === undefined) {
    throw new DecisionFault('reason-required', { act: 'waiver' });
  }
  return changed;
}

function actOf(
  { origin, ids }: Pick<Ports, 'origin' | 'ids'>,
  { incident, issuer, saidAt, channel, officer, evidence, cards }: NewExceptions,
  { source, by, reason }: ExceptionsRequest,
): ActRecord {
  const counts = exceptionValues.map(
    (value) => [value, cards.filter(({ exception }) => exception === value).length] as const,
  );
  const texts = { by, reason, issuer, source: source && `${source} ${ids.nonce()}` };
  return {
    draft: {
      ...{ actor: officer, act: 'waiver-exceptions', result: 'done', origin },
      object: `incident:${incident}`,
      data: {
        ...{ incident, exceptions: Object.fromEntries(counts.filter(([, count]) => count > 0)) },
        ...{ saidAt: saidAt.toISOString(), channel },
        ...{ evidence: evidence?.sha256, bytes: evidence?.bytes },
      },
    },
    texts: Object.fromEntries(
      Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
}
