// Answers to callers for screens and documents, in every state that a waiver can have.

import { lookupScreen } from '../../../src/doors/cli/screens/lookup-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { CardWatch } from '../../../src/domain/readiness/card-watch.ts';
import type { LookUpAnswer, LookUpHit } from '../../../src/exchange/lookup/look-up-answer.ts';
import type { FoundException } from '../../../src/exchange/waivers/waiver-exceptions.ts';
import { exceptionKinds } from '../../../src/domain/waivers/waiver-exceptions.ts';
import { readinessOf } from './readiness-data.ts';
import { batchesOf, incidentOf } from './screen-data.ts';
import type { Size } from './screen-data.ts';

const at = new Date('2020-04-10T17:14:00Z');

/** Each kind, and none. */
function exceptionAt(place: number, size: Size): FoundException | undefined {
  const exception = exceptionKinds[place];
  return (
    exception && {
      ...{ exception, issuer: '', saidAt: at, channel: 'mail', officer: 'officer-1' },
      ...{ recordedAt: at, evidence: undefined, by: size.id },
    }
  );
}

const answered = { by: 'answer', atMs: at.getTime(), isSigned: true } as const;
const watches: readonly CardWatch[] = [
  { state: 'unknown', isEarly: true },
  { state: 'watched', ...answered },
  { state: 'unknown', isEarly: false, isPerhapsRecalled: true },
  { state: 'watched', by: 'word', sinceMs: at.getTime() },
  { state: 'promised', ...answered, isSigned: false },
  { state: 'promised', by: 'word', sinceMs: at.getTime() + 60_000 },
  { state: 'contradicted' },
  { state: 'recalled' },
  { state: 'returned', reason: 'not-our-card', atMs: at.getTime(), isSigned: true },
];

/** A card for each state of a waiver and each way in which it is watched, its company named or not, and orders with and without a card. */
export function foundOf(size: Size): LookUpAnswer {
  const incident = incidentOf(size);
  const windows = incident.windows.map(({ name }) => name);
  const base = {
    incident,
    merchant: '',
    windows,
    brandIndex: 1,
    lastFour: '1228',
    reason: undefined,
    isUnamended: true,
  };
  const lists = batchesOf(size).map(({ id: batch, recipient, state }) => ({
    batch,
    recipient,
    state,
    isRecallProposed: state === 'stored',
    recall: state === 'presumed' ? ('perhaps' as const) : undefined,
  }));
  const companies = readinessOf(size).issuers.map(
    ({ issuer, statements: { waiver } }, place): LookUpHit => ({
      ...base,
      windows: windows.slice(0, 1),
      card: {
        ...{ issuer, lists, isWaiverAboutThis: place !== 0, waiver },
        watch: watches[place % watches.length]!,
        exception: exceptionAt(place, size),
      },
    }),
  );
  const order: LookUpHit = { ...base, merchant: size.id, card: undefined };
  return {
    ...{
      by: 'card-number',
      at,
      incidents: [incident],
      purged: [size.id, 'old-2019'],
      skipped: [size.id],
    },
    hits: [
      ...companies,
      order,
      { ...order, isUnlisted: true },
      { ...order, brandIndex: 0, lastFour: '', isUnamended: false },
      { ...order, brandIndex: 0, lastFour: '', reason: 'luhn' },
    ],
  };
}

/** A person with cards that end differently. */
export function severalOf(size: Size): LookUpAnswer {
  return { ...foundOf(size), by: 'person', hits: [], asksFor: 'last-four' };
}

/** Found; an order; a person; not found; nowhere to look. */
export function lookupScreens(size: Size, view: View): Record<string, readonly string[]> {
  const found = foundOf(size);
  return {
    lookup: lookupScreen(found, view),
    'lookup of an order': lookupScreen({ ...found, by: 'order' }, view),
    'lookup of a person': lookupScreen({ ...found, by: 'person' }, view),
    'lookup of several cards': lookupScreen(severalOf(size), view),
    'lookup of an order of several': lookupScreen({ ...severalOf(size), by: 'order' }, view),
    'lookup of an order of shops': lookupScreen(
      { ...severalOf(size), by: 'order', asksFor: 'shop' },
      view,
    ),
    'lookup in vain': lookupScreen({ ...found, hits: [], purged: [] }, view),
    'lookup nowhere': lookupScreen({ ...found, hits: [], incidents: [] }, view),
  };
}
