// Readiness of an incident for screens and documents, in every state that a statement can have.

import { computeReadiness } from '../../../src/domain/readiness/compute-readiness.ts';
import { waiverStates } from '../../../src/domain/readiness/statements.ts';
import type { Told } from '../../../src/domain/readiness/statements.ts';
import { readinessScreen, toldScreen } from '../../../src/doors/cli/screens/readiness-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { IncidentReadiness } from '../../../src/exchange/incident/incident-readiness.ts';
import type { IssuerReadiness } from '../../../src/exchange/incident/issuer-readiness.ts';
import type { Statement } from '../../../src/exchange/incident/told-register.ts';
import { batchesOf, incidentOf, sha256, wordsOf } from './screen-data.ts';
import type { Size } from './screen-data.ts';

const at = new Date('2020-04-10T17:14:00Z');

function statementOf(size: Size, told: Told, isWhole = false): Statement {
  return {
    ...{ incident: size.id, told, revision: 2, saidAt: at, recordedAt: at, officer: size.id },
    party: isWhole ? { kind: 'recipient', name: size.id } : { kind: 'issuer', name: size.text },
    channel: 'portal',
    by: size.text,
    terms: told.outcome === 'granted-with-terms' ? size.text.repeat(3) : undefined,
    reason: size.text,
    evidence: { sha256, bytes: 1_234_567, file: 'evidence-waiver-9f2c41aa00112233' },
  };
}

function issuerRow(size: Size, place: number): IssuerReadiness {
  const batches = batchesOf(size).slice(place, place + 1);
  const statements = {
    monitoring: statementOf(size, {
      ...{ subject: 'monitoring', outcome: 'on' },
      sinceMs: at.getTime() + (place - 1) * 60_000,
    }),
    waiver: statementOf(size, { subject: 'waiver', outcome: waiverStates[place]! }),
    publication: statementOf(
      size,
      { subject: 'publication', outcome: 'not-before', day: '2020-05-25' },
      true,
    ),
  };
  const standing = Object.fromEntries(
    Object.entries(statements).map(([subject, { told, party }]) => [
      subject,
      { told, from: party.kind, saidAtMs: at.getTime(), recordedAtMs: at.getTime() },
    ]),
  );
  return {
    ...{ recipient: size.id, issuer: place === 0 ? '' : size.text, cards: Math.floor(size.count) },
    ...{ batches, words: wordsOf(size), asked: [], statements: place === 1 ? {} : statements },
    lists: batches.map(({ id, handoff, state }) => ({
      ...{ batch: id, handoff, state, cards: Math.floor(size.count) },
      receipt: ([undefined, undefined, 'word', 'answer'] as const)[place],
      said:
        place < 2
          ? undefined
          : {
              ...{ monitoring: place === 2 ? 1 : 0, returned: 1, takenBack: [] },
              isSigned: place === 3,
              ...{ firstAtMs: at.getTime(), takenInAtMs: at.getTime() },
            },
      ...(place === 3 ? { leftAtMs: at.getTime() + 60_000 } : {}),
    })),
    ...(place === 1 ? {} : standing),
  };
}

export function unresolvedOf(size: Size) {
  return { batch: '1a9f3c', recipient: size.id, unanswered: 3, notFound: Math.floor(size.count) };
}

/** `isNothing`: before anything was handed over or told. */
export function readinessOf(size: Size, isNothing = false): IncidentReadiness {
  const issuers = isNothing ? [] : waiverStates.map((_, place) => issuerRow(size, place));
  const told = { subject: 'desk', outcome: 'briefed' } as const;
  const desk = { ...statementOf(size, told), party: { kind: 'desk', name: '' } } as const;
  const open = { handoff: 'h7k2m9qa', records: 16, cards: Math.floor(size.count) };
  return {
    recalls: [],
    ...computeReadiness(
      {
        ...{ nowMs: at.getTime(), today: '2020-04-11', isToRead: true, recalls: ['1a9f3c'] },
        ...{
          undecided: ['h7k2m9qa'],
          held: [open],
          uncovered: [open],
          unresolved: [unresolvedOf(size)],
          answers: [
            { item: 'cards-returned', batch: '1a9f3c', recipient: size.id, cards: 2 },
            { item: 'answer-disputed', batch: '1a9f3c', recipient: size.id },
          ],
        },
        ...(isNothing
          ? {}
          : {
              desk: {
                ...{ told, from: 'desk' },
                ...{ saidAtMs: at.getTime(), recordedAtMs: at.getTime() - 1 },
              } as const,
            }),
      },
      issuers,
    ),
    ...{ incident: incidentOf(size), mode: 'live', at, issuers, replaced: isNothing ? 0 : 3 },
    desk: isNothing ? undefined : desk,
  };
}

/** The same when nothing is open. */
export function readyOf(size: Size): IncidentReadiness {
  return { ...readinessOf(size), isReady: true, open: [], isEarliestSettled: true };
}

/** Before anything was told, in the middle, and when nothing is open. */
export function readinessScreens(size: Size, view: View): Record<string, readonly string[]> {
  const declined = statementOf(size, { subject: 'waiver', outcome: 'declined' });
  return Object.fromEntries(
    [readinessOf(size), readinessOf(size, true), readyOf(size)].flatMap((found, n) => [
      [`readiness ${String(n)}`, readinessScreen(found, view)],
      [`told ${String(n)}`, toldScreen(declined, found, view)],
    ]),
  );
}
