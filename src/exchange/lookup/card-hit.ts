import { brandIndexById } from '../../domain/cards/brands.ts';
import { renderTruncated } from '../../domain/cards/truncation.ts';
import { readCardRow } from '../../domain/handoff/card-page.ts';
import { holdsPlace } from '../../domain/recalls/recalled-runs.ts';
import type { AnswerRow } from '../../domain/responses/resolved-answer.ts';
import type { FoundCard } from '../handoff/handoff-register.ts';
import { incidentReadiness } from '../incident/incident-readiness.ts';
import type { IssuerReadiness, ReadinessPorts } from '../incident/incident-readiness.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import { batchesOfIncident } from '../recall/incident-recalls.ts';
import { standingRecalls } from '../recall/standing-recalls.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { isOfDocument } from './ask-desk.ts';
import type { AskPorts } from './ask-desk.ts';
import type { FoundCompany, LookUpHit } from './look-up-answer.ts';
import type { NumberJob } from './card-number-hasher.ts';
import type { WaiverExceptions } from '../waivers/waiver-exceptions.ts';

/** What it takes to tell what is known of a card, and to ask for it in the CDE process. */
export type CardHitPorts = AskPorts &
  ReadinessPorts & {
    readonly facts: WorkspaceFacts;
    readonly folder: WorkspaceFolder;
    readonly passphrases: PassphraseSource;
    readonly exceptions: Pick<WaiverExceptions, 'ofCard'>;
  };

/** The keys of incidents, as the CDE process wants them: one without a key has no card yet. */
export function wrappedKeysOf(rows: readonly IncidentRow[]): NumberJob['incidents'] {
  return rows.flatMap(({ incident: { id }, wrappedKey }) =>
    wrappedKey === undefined ? [] : [{ id, wrappedKey: Buffer.from(wrappedKey).toString('hex') }],
  );
}

/** The lists that a card is on, but for those of handoffs that were declined or cancelled. */
export async function standingCards(
  { handoffs }: Pick<CardHitPorts, 'handoffs'>,
  incident: string,
  hash: Uint8Array,
): Promise<readonly FoundCard[]> {
  const found = await handoffs.findCard(incident, hash);
  return found.filter(({ outcome }) => outcome !== 'decline' && outcome !== 'cancel');
}

/** The newest list says what the card is; all of them say where it went. */
export async function cardHit(
  ports: CardHitPorts,
  { incident, documentSha256 }: IncidentRow,
  found: readonly FoundCard[],
): Promise<LookUpHit> {
  const { batch: id, handoff, place } = found.at(-1)!;
  const row = await ports.handoffs.cardRow(id, place);
  const { issuers } = await ports.handoffs.batch(id);
  const prepared = await ports.handoffs.get(handoff);
  const { brandIndex, issuerIndex, truncatedAt, windows } = readCardRow(row, 0);
  const isReference = prepared.report?.subject === 'references';
  const said = isReference ? await resolvedCard(ports, found.at(-1)!) : undefined;
  const issuer = said?.issuer ?? issuers[issuerIndex]?.issuer ?? '';
  return {
    ...{ incident, merchant: '', reason: undefined },
    brandIndex: said === undefined ? brandIndex : brandIndexById(said.brand),
    lastFour: isReference ? (said?.lastFour ?? '') : renderTruncated(row, truncatedAt).slice(-4),
    windows: (prepared.report?.windows ?? []).filter((_, at) => ((windows >>> at) & 1) === 1),
    isUnamended: isOfDocument(prepared, documentSha256),
    card: await companyOf(ports, incident.id, issuer, found),
  };
}

/** What the recipient found behind a reference that was handed over in place of a card; undefined until they answer. */
async function resolvedCard(
  { responses }: CardHitPorts,
  { batch, reference }: FoundCard,
): Promise<AnswerRow['card']> {
  const answers = await responses.answersOf(batch);
  return answers.find(({ record }) => record === reference)?.card;
}

async function companyOf(
  ports: CardHitPorts,
  incident: string,
  issuer: string,
  found: readonly FoundCard[],
): Promise<FoundCompany> {
  const { issuers } = await incidentReadiness(ports, incident);
  const recalls = await ports.amendments.recalls(incident);
  const recalled = await recalledFrom(ports, incident, found);
  const standing = found.filter((_, at) => recalled[at] === undefined);
  const newest = standing.at(-1) ?? found.at(-1)!;
  const row = issuers.find((each) => each.recipient === newest.recipient && each.issuer === issuer);
  const { monitoring, waiver } = row?.statements ?? {};
  const said = Math.min(...[monitoring, waiver].flatMap((each) => each?.saidAt.getTime() ?? []));
  return {
    issuer,
    lists: found.map(({ batch, recipient, batchState: state }, at) => ({
      ...{ batch, recipient, state, recall: recalled[at] },
      isRecallProposed: recalls.some((recall) => recall.batch === batch),
    })),
    isAboutThis: leftAt(row?.lists ?? [], standing) <= said,
    ...{ monitoring, waiver },
    exception: await ports.exceptions.ofCard(
      // What was said of a card follows it from list to list, and says nothing of one that is on none any more.
      (standing.length === 0 ? [] : found).map(({ batch, reference: record }) => ({
        batch,
        record,
      })),
    ),
  };
}

/** What became of the card on each of these lists: whether a recall of it stands with its recipient. */
async function recalledFrom(
  ports: CardHitPorts,
  incident: string,
  found: readonly FoundCard[],
): Promise<readonly FoundCompany['lists'][number]['recall'][]> {
  const { lists, recalls } = await batchesOfIncident(ports.handoffs, incident);
  const standing = await standingRecalls(ports, [...lists, ...recalls]);
  return found.map(({ batch, place, reference }) => {
    const recall = standing.find(
      (each) =>
        each.recalls.batch === batch && each.isThere && holdsPlace(each.recalls.runs, place),
    );
    if (recall === undefined) return undefined;
    const said = recall.answered.own.get(reference)?.state ?? recall.answered.rest;
    return said === 'accepted' ? 'set-aside' : 'asked';
  });
}

const minuteMs = 60_000;

/** When the first list with the card left, to the minute, as people say times; Infinity when none has. */
function leftAt(lists: IssuerReadiness['lists'], found: readonly FoundCard[]): number {
  const own = new Set(found.map(({ batch }) => batch));
  const times = lists.flatMap(({ batch, leftAtMs }) =>
    own.has(batch) && leftAtMs !== undefined ? [leftAtMs] : [],
  );
  return Math.floor(Math.min(...times) / minuteMs) * minuteMs;
}
