import { renderTruncated } from '../../domain/cards/truncation.ts';
import { readCardRow } from '../../domain/handoff/card-page.ts';
import { LookupFault } from '../../domain/lookup/errors.ts';
import { askDesk, isOfDocument } from './ask-desk.ts';
import type { AskPorts, AskRequest } from './ask-desk.ts';
import type { CardNumberHasher, HashedNumber, NumberPlace } from './card-number-hasher.ts';
import type { FoundCard } from '../handoff/handoff-register.ts';
import { incidentReadiness } from '../incident/incident-readiness.ts';
import type { IssuerReadiness, ReadinessPorts } from '../incident/incident-readiness.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import type { FoundCompany, LookUpAnswer, LookUpHit } from './look-up-answer.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

type Ports = AskPorts &
  ReadinessPorts & {
    readonly facts: WorkspaceFacts;
    readonly folder: WorkspaceFolder;
    readonly passphrases: PassphraseSource;
    readonly cardProcess: CardNumberHasher;
  };

export interface CardQuestion extends AskRequest {
  readonly from: NumberPlace;
  /** The question at the terminal. */
  readonly prompt: string;
  readonly signal?: AbortSignal;
}

/**
 * Whether a caller's card is on a list of an incident, and what its card company has said since. The number is asked for
 * and hashed in the CDE process; this one sees the keyed hashes. A handoff that was declined or cancelled counts as none.
 *
 * Throws what `askDesk` and `CardNumberHasher.hashNumber` throw, and what the passphrase throws.
 */
export function lookUpCard(ports: Ports, request: CardQuestion): Promise<LookUpAnswer> {
  return askDesk(ports, 'card-number', request, async (rows) => {
    const { hashes, doubt } = await hashed(ports, request, rows);
    const hits: LookUpHit[] = [];
    for (const row of rows) {
      const { incident } = row;
      const hash = hashes[incident.id];
      if (hash === undefined) continue;
      const found = await ports.handoffs.findCard(
        incident.id,
        new Uint8Array(Buffer.from(hash, 'hex')),
      );
      const standing = found.filter(({ outcome }) => outcome !== 'decline' && outcome !== 'cancel');
      if (standing.length > 0) hits.push(await hitOf(ports, row, standing));
    }
    if (hits.length === 0 && doubt !== undefined) {
      throw new LookupFault('lookup-number-unreadable', { reason: doubt });
    }
    return hits;
  });
}

async function hashed(
  { facts, folder, passphrases, cardProcess }: Ports,
  { from, prompt, signal }: CardQuestion,
  rows: readonly IncidentRow[],
): Promise<HashedNumber> {
  const { workspaceKeyPath } = folder;
  // An incident without a key has no card yet.
  const incidents = rows.flatMap(({ incident: { id }, wrappedKey }) =>
    wrappedKey === undefined ? [] : [{ id, wrappedKey: Buffer.from(wrappedKey).toString('hex') }],
  );
  const passphrase = await passphrases.read('workspace');
  try {
    return await cardProcess.hashNumber(
      { from, prompt, incidents, workspaceKeyPath, workspaceId: facts.id },
      passphrase,
      signal,
    );
  } finally {
    passphrase.fill(0);
  }
}

/** The newest list says what the card is; all of them say where it went. */
async function hitOf(
  ports: Ports,
  { incident, documentSha256 }: IncidentRow,
  found: readonly FoundCard[],
): Promise<LookUpHit> {
  const { batch: id, handoff, place } = found.at(-1)!;
  const row = await ports.handoffs.cardRow(id, place);
  const { issuers } = await ports.handoffs.batch(id);
  const prepared = await ports.handoffs.get(handoff);
  const { brandIndex, issuerIndex, truncatedAt, windows } = readCardRow(row, 0);
  const issuer = issuers[issuerIndex]?.issuer ?? '';
  return {
    ...{ incident, merchant: '', brandIndex, reason: undefined },
    lastFour: renderTruncated(row, truncatedAt).slice(-4),
    windows: (prepared.report?.windows ?? []).filter((_, at) => ((windows >>> at) & 1) === 1),
    isUnamended: isOfDocument(prepared, documentSha256),
    card: await companyOf(ports, incident.id, issuer, found),
  };
}

async function companyOf(
  ports: Ports,
  incident: string,
  issuer: string,
  found: readonly FoundCard[],
): Promise<FoundCompany> {
  const { issuers } = await incidentReadiness(ports, incident);
  const recalls = await ports.amendments.recalls(incident);
  const newest = found.at(-1)!;
  const row = issuers.find((each) => each.recipient === newest.recipient && each.issuer === issuer);
  const { monitoring, waiver } = row?.statements ?? {};
  const said = Math.min(...[monitoring, waiver].flatMap((each) => each?.saidAt.getTime() ?? []));
  return {
    issuer,
    lists: found.map(({ batch, recipient, batchState: state }) => ({
      ...{ batch, recipient, state },
      isRecallProposed: recalls.some((recall) => recall.batch === batch),
    })),
    isAboutThis: leftAt(row?.lists ?? [], found) <= said,
    ...{ monitoring, waiver },
  };
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
