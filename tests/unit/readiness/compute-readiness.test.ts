import { describe, expect, it } from 'vitest';

import { computeReadiness } from '../../../src/domain/readiness/compute-readiness.ts';
import type {
  IncidentFacts,
  IssuerFacts,
  ListSent,
} from '../../../src/domain/readiness/readiness.ts';
import { needsReason, waiverStates } from '../../../src/domain/readiness/statements.ts';
import type { Told, WaiverState } from '../../../src/domain/readiness/statements.ts';

const nowMs = Date.UTC(2020, 4, 20);
const incident: IncidentFacts = {
  ...{ nowMs, today: '2020-05-20', undecided: [], held: [], uncovered: [], recalls: [] },
  ...{ isToRead: false, unresolved: [], answers: [] },
  desk: {
    told: { subject: 'desk', outcome: 'briefed' },
    from: 'desk',
    saidAtMs: 10,
    recordedAtMs: 10,
  },
};
const list: ListSent = { batch: 'b1', handoff: 'h1', state: 'stored', receipt: 'word', cards: 3 };
const standing = (told: Told, recordedAtMs = 5): NonNullable<IssuerFacts['waiver']> => ({
  ...{ told, from: 'issuer', saidAtMs: recordedAtMs, recordedAtMs },
});
const watched = (sinceMs: number): Told => ({ subject: 'monitoring', outcome: 'on', sinceMs });
const day = (text: string): Told => ({ subject: 'publication', outcome: 'not-before', day: text });
const waiver = (outcome: WaiverState): Told => ({ subject: 'waiver', outcome });
const issuer: IssuerFacts = {
  ...{ recipient: 'psp', issuer: 'Bank A', cards: 3, lists: [list] },
  monitoring: standing(watched(nowMs - 1)),
  waiver: standing(waiver('granted')),
  publication: standing(day('2020-05-20')),
};

const openOf = (facts: Partial<IncidentFacts>, ...issuers: readonly IssuerFacts[]): string[] =>
  computeReadiness({ ...incident, ...facts }, issuers).open.map(({ item }) => item);

describe('computeReadiness()', () => {
  it('is ready when every list is received, watched, answered, dated, and the desk knows', () => {
    const found = computeReadiness(incident, [issuer]);
    expect(found).toMatchObject({ isReady: true, open: [], earliest: '2020-05-20' });
    expect(found.steps.every(({ done, of }) => done === of)).toBe(true);
  });

  it('is not ready while nothing was handed over', () => {
    expect(openOf({})).toEqual(['no-list']);
  });

  it.each([
    ['an undecided handoff', { undecided: ['h2'] }, 'handoff-undecided'],
    ['held records', { held: [{ handoff: 'h1', records: 2 }] }, 'records-held'],
    ['uncovered cards', { uncovered: [{ handoff: 'h1', cards: 2 }] }, 'cards-uncovered'],
    ['records to read again', { isToRead: true }, 'to-read'],
    [
      'references without a card',
      { unresolved: [{ batch: 'b1', recipient: 'psp', unanswered: 1, notFound: 2 }] },
      'references-unresolved',
    ],
    ['cards proposed for recall', { recalls: ['b1'] }, 'recall-proposed'],
  ] as const)('counts %s as open', (_, facts, item) => {
    expect(openOf(facts, issuer)).toEqual([item]);
  });

  it('does not take a file that lies there for a list that was received', () => {
    const there = { ...issuer, lists: [{ ...list, receipt: undefined }] };
    expect(openOf({}, there)).toEqual(['list-unconfirmed']);
    const word = { ...list, state: 'sent-elsewhere', receipt: undefined } as const;
    expect(openOf({}, { ...issuer, lists: [word] })).toEqual(['list-unconfirmed']);
    const lost = {
      ...issuer,
      lists: [{ ...list, state: 'presumed', receipt: undefined } as const],
    };
    expect(openOf({}, lost)).toEqual(['list-unsent']);
  });

  it('tells of one list once, however many issuers it is for', () => {
    const there = { ...issuer, lists: [{ ...list, receipt: undefined }] };
    expect(openOf({}, there, { ...there, issuer: 'Bank B' })).toEqual(['list-unconfirmed']);
  });

  it('takes what nobody told for open', () => {
    const { recipient, issuer: name, cards, lists } = issuer;
    expect(openOf({}, { recipient, issuer: name, cards, lists })).toEqual([
      'monitoring-untold',
      'waiver-unrequested',
      'publication-untold',
    ]);
  });

  it('takes what was withdrawn for open', () => {
    const monitoring = standing({ subject: 'monitoring', outcome: 'withdrawn' });
    const publication = standing({ subject: 'publication', outcome: 'withdrawn' });
    expect(openOf({}, { ...issuer, monitoring, publication })).toEqual([
      'monitoring-untold',
      'publication-untold',
    ]);
  });

  it('does not count monitoring that begins later', () => {
    expect(openOf({}, { ...issuer, monitoring: standing(watched(nowMs)) })).toEqual([]);
    expect(openOf({}, { ...issuer, monitoring: standing(watched(nowMs + 1)) })).toEqual([
      'monitoring-ahead',
    ]);
  });

  it('is held up by a waiver that waits for somebody, not by one that was refused', () => {
    const open = waiverStates.filter(
      (state) => openOf({}, { ...issuer, waiver: standing(waiver(state)) }).length > 0,
    );
    expect(open).toEqual(['not-requested', 'requested', 'disputed']);
  });

  it('waits for the latest day that anyone named, and says so while somebody named none', () => {
    const later = { ...issuer, issuer: 'Bank B', publication: standing(day('2020-05-21')) };
    expect(computeReadiness(incident, [issuer, later])).toMatchObject({
      ...{ isReady: false, earliest: '2020-05-21', isEarliestSettled: true },
      open: [{ item: 'too-early', day: '2020-05-21' }],
    });
    const { publication: _, ...silent } = later;
    expect(computeReadiness(incident, [issuer, silent])).toMatchObject({
      ...{ isReady: false, earliest: '2020-05-20', isEarliestSettled: false },
    });
  });

  it('wants the desk briefed after the last answer', () => {
    const { desk: _, ...unbriefed } = incident;
    expect(computeReadiness(unbriefed, [issuer]).open).toEqual([{ item: 'desk-unbriefed' }]);
    expect(openOf({}, { ...issuer, waiver: standing(waiver('declined'), 11) })).toEqual([
      'desk-stale',
    ]);
  });

  it('takes what was said before a list left for nothing about that list', () => {
    const minuteMs = 60_000;
    const recent = { told: watched(0), saidAtMs: nowMs, recordedAtMs: nowMs };
    const own = { ...recent, from: 'issuer' } as const;
    const briefed = { ...incident.desk!, recordedAtMs: nowMs + 2 * minuteMs };
    const second = (leftAtMs: number): ListSent => ({ ...list, batch: 'b2', leftAtMs });
    const facing = (leftAtMs: number, desk = briefed): string[] =>
      openOf({ desk }, { ...issuer, monitoring: own, lists: [list, second(leftAtMs)] });
    expect(facing(nowMs)).toEqual([]);
    expect(facing(nowMs + minuteMs - 1)).toEqual([]);
    expect(facing(nowMs + minuteMs)).toEqual(['monitoring-stale']);
    expect(facing(nowMs, { ...briefed, recordedAtMs: nowMs - 1 })).toContain('desk-stale');
    const late = { ...own, recordedAtMs: nowMs + 2 * minuteMs };
    expect(
      openOf({ desk: briefed }, { ...issuer, monitoring: late, lists: [second(nowMs + minuteMs)] }),
    ).toEqual(['monitoring-stale']);
  });

  it('asks an issuer that spoke for itself, and otherwise everyone through the recipient', () => {
    const lists = [{ ...list, leftAtMs: 120_000 }];
    const whole = (from: 'issuer' | 'recipient'): unknown =>
      computeReadiness(incident, [
        { ...issuer, lists, monitoring: { ...issuer.monitoring!, from } },
      ]).open[0];
    const item = { item: 'monitoring-stale', recipient: 'psp', issuers: ['Bank A'] };
    expect(whole('issuer')).toEqual({ ...item, isWhole: false });
    expect(whole('recipient')).toEqual({ ...item, isWhole: true });
  });

  it('names the issuers that an item is about, and whether it is all behind a recipient', () => {
    const { monitoring: _, ...silent } = issuer;
    const other = { ...silent, issuer: 'Bank B' };
    const elsewhere = { ...silent, recipient: 'amex', issuer: 'Amex' };
    expect(computeReadiness(incident, [issuer, other, elsewhere]).open).toEqual([
      { item: 'monitoring-untold', recipient: 'psp', issuers: ['Bank B'], isWhole: false },
      { item: 'monitoring-untold', recipient: 'amex', issuers: ['Amex'], isWhole: true },
    ]);
  });
});

describe('needsReason()', () => {
  it('asks for none where nothing stood, or where what comes was waited for', () => {
    expect(needsReason(undefined, waiver('declined'))).toBe(false);
    expect(needsReason(waiver('not-requested'), waiver('requested'))).toBe(false);
    expect(needsReason(waiver('requested'), waiver('granted'))).toBe(false);
    expect(needsReason(waiver('no-answer'), waiver('granted'))).toBe(false);
    const briefed = { subject: 'desk', outcome: 'briefed' } as const;
    expect(needsReason(briefed, briefed)).toBe(false);
  });

  it('asks for one where what stood is contradicted or taken back', () => {
    expect(needsReason(waiver('granted'), waiver('declined'))).toBe(true);
    expect(needsReason(watched(1), watched(2))).toBe(true);
    expect(needsReason(day('2020-05-20'), day('2020-05-21'))).toBe(true);
    expect(needsReason(watched(1), { subject: 'monitoring', outcome: 'withdrawn' })).toBe(true);
  });
});
