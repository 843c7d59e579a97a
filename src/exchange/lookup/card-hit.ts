import { brandIndexById } from '../../domain/cards/brands.ts';
import { renderTruncated } from '../../domain/cards/truncation.ts';
import { readCardRow } from '../../domain/handoff/card-page.ts';
import type { AnswerRow } from '../../domain/responses/resolved-answer.ts';
import type { FoundCard } from '../handoff/handoff-register.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';
import { isOfDocument } from './ask-desk.ts';
import type { AskPorts } from './ask-desk.ts';
import { foundCompany } from './found-company.ts';
import type { CompanyPorts } from './found-company.ts';
import type { LookUpHit } from './look-up-answer.ts';
import type { NumberJob } from './card-number-hasher.ts';

/** What it takes to tell what is known of a card. */
export type HitPorts = AskPorts & CompanyPorts;

/** The same, and to ask for it in the CDE process. */
export interface CardHitPorts extends HitPorts {
  readonly facts: WorkspaceFacts;
  readonly folder: WorkspaceFolder;
  readonly passphrases: PassphraseSource;
}

/** The keys of incidents, as the CDE process wants them: one without a key has no card yet. */
export function wrappedKeysOf(rows: readonly IncidentRow[]): NumberJob['incidents'] {
  return rows.flatMap(({ incident: { id }, wrappedKey }) =>
    wrappedKey === undefined ? [] : [{ id, wrappedKey: Buffer.from(wrappedKey).toString('hex') }],
  );
}

/** The lists that a card is on, but for those of handoffs that were declined or cancelled. */
export async function listsOfCard(
  { handoffs }: Pick<HitPorts, 'handoffs'>,
  incident: string,
  hash: Uint8Array,
): Promise<readonly FoundCard[]> {
  const found = await handoffs.findCard(incident, hash);
  return found.filter(({ outcome }) => outcome !== 'decline' && outcome !== 'cancel');
}

/** The newest list says what the card is; all of them say where it went. */
export async function cardHit(
  ports: HitPorts,
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
    card: await foundCompany(ports, incident.id, issuer, found),
  };
}

/** What the recipient found behind a reference that was handed over in place of a card; undefined until they answer. */
async function resolvedCard(
  { responses }: HitPorts,
  { batch, reference }: FoundCard,
): Promise<AnswerRow['card']> {
  const answers = await responses.answersOf(batch);
  return answers.find(({ record }) => record === reference)?.card;
}
