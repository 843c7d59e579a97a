import { isWaiverOpen } from '../../domain/readiness/statements.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { unresolvedLists } from '../handoff/unresolved-lists.ts';
import { incidentReadiness } from '../incident/incident-readiness.ts';
import type { ReadinessPorts } from '../incident/incident-readiness.ts';
import { answeredCards, isToCome } from '../responses/answered-cards.ts';
import { isAnswerable } from '../responses/assert-answerable.ts';
import type { Unfinished } from './unfinished.ts';

type Ports = ReadinessPorts & { readonly configuration: Configuration };

/** Answers and waivers of an incident that somebody still waits for. Throws `incident-unknown`. */
export async function waitedFor(
  ports: Ports,
  incident: string,
  handoffs: readonly string[],
): Promise<readonly Unfinished[]> {
  const rows = await Promise.all(handoffs.map((id) => ports.handoffs.batchesOf(id)));
  const batches = rows.flat();
  const unresolved = await unresolvedLists(ports.responses, batches);
  const lists = [...unresolved.map(({ batch }) => batch), ...(await openLists(ports, batches))];
  const parties = await openWaivers(ports, incident);
  const names = [...new Set(parties.map(({ name }) => name))];
  const [first] = parties;
  return [
    ...(lists.length === 0 ? [] : [{ what: 'responses', of: lists } as const]),
    ...(first === undefined
      ? []
      : [{ what: 'waivers', of: names, first: { [first.kind]: first.name } } as const]),
  ];
}

/**
 * Lists of cards that can be answered, and of which cards came back, an answer was refused, or one is waited for:
 * `response settle` ends it.
 */
async function openLists(
  { cardAnswers, configuration, clock }: Ports,
  batches: readonly BatchRow[],
): Promise<string[]> {
  const { recipients } = await configuration.load();
  const lists = batches.filter(isAnswerable);
  const answered = await answeredCards(cardAnswers, lists, recipients, clock.now());
  return answered
    .filter((one) => one.open.returned + one.open.refused > 0 || isToCome(one))
    .map(({ batch }) => batch);
}

/** Of whom a waiver was asked, by a list or by us, and who has not answered. */
async function openWaivers(
  ports: Ports,
  incident: string,
): Promise<readonly { readonly kind: 'issuer' | 'recipient' | 'desk'; readonly name: string }[]> {
  const { issuers } = await incidentReadiness(ports, incident);
  const asked = issuers.filter(({ statements }) => statements.waiver?.batch !== undefined);
  const latest = new Map(
    (await ports.told.ofIncident(incident)).map((each) => [
      JSON.stringify([each.party, each.told.subject]),
      each,
    ]),
  );
  const waiting = [...latest.values()].filter(
    ({ told }) => told.subject === 'waiver' && isWaiverOpen(told.outcome),
  );
  return [
    ...waiting.map(({ party }) => party),
    ...asked.map(({ issuer }) => ({ kind: 'issuer', name: issuer }) as const),
  ];
}
