import { describe, expect, it } from 'vitest';

import { isUnaccepted } from '../../../src/domain/responses/disputed.ts';
import { saidByIssuer } from '../../../src/domain/responses/said-by-issuer.ts';
import type { SaidOfIssuer, TakenBack } from '../../../src/domain/responses/said-by-issuer.ts';
import type { CardSaying } from '../../../src/domain/responses/card-answer-states.ts';
import { NamedCards } from '../../../src/domain/responses/named-cards.ts';
import type { StandingCards } from '../../../src/domain/responses/standing-cards.ts';

// Records 101 to 103 are of A, 104 and 105 of B, in two groups; 103 was recalled.
const list = {
  firstReference: 101,
  issuers: [
    { issuer: 'A', cards: 2 },
    { issuer: 'A', cards: 1 },
    { issuer: 'B', cards: 2 },
  ],
  isListed: (place: number) => place !== 2,
  cardsOf: () => 2,
};
const accepted: CardSaying = { state: 'accepted' };
const monitoring: CardSaying = { state: 'monitoring' };
const returned: CardSaying = { state: 'returned', reason: 'other' };

function said(
  rest: StandingCards['rest'],
  own: Readonly<Record<number, CardSaying>>,
  ...takenBack: readonly TakenBack[]
): Record<string, Omit<SaidOfIssuer, 'cards'>> {
  const named = Object.entries(own).map(([record, saying]) => [Number(record), saying] as const);
  const found = saidByIssuer(list, { cards: 5, rest, own: NamedCards.of(named) }, takenBack);
  return Object.fromEntries([...found].map(([issuer, { cards: _, ...each }]) => [issuer, each]));
}
const counts = (monitoring_: number, back: number, takenBack: SaidOfIssuer['takenBack'] = []) => ({
  ...{ monitoring: monitoring_, returned: back, takenBack },
});

describe('saidByIssuer()', () => {
  it('counts each card for the issuer at whose place it stands, and no recalled one', () => {
    const own = { 101: monitoring, 103: returned, 104: returned, 105: monitoring };
    expect(said(undefined, own)).toEqual({ A: counts(1, 0), B: counts(1, 1) });
  });

  it('counts what is said of all others for those that are not named', () => {
    expect(said('monitoring', { 104: returned })).toEqual({ A: counts(2, 0), B: counts(1, 1) });
    expect(said('accepted', { 101: monitoring })).toEqual({ A: counts(1, 0), B: counts(0, 0) });
  });

  it('counts what was taken back as long as it stands accepted', () => {
    const named = { atMs: 7, isRest: false, records: [101, 102, 104] };
    const own = { 101: accepted, 102: monitoring, 104: accepted };
    expect(said(undefined, own, named)).toEqual({
      A: counts(1, 0, [{ atMs: 7, cards: 1 }]),
      B: counts(0, 0, [{ atMs: 7, cards: 1 }]),
    });
    const all = { atMs: 8, isRest: true, records: [] };
    expect(said('accepted', { 101: monitoring }, all)).toEqual({
      A: counts(1, 0, [{ atMs: 8, cards: 1 }]),
      B: counts(0, 0, [{ atMs: 8, cards: 2 }]),
    });
  });

  it('says nothing of an issuer without cards that count', () => {
    const none = { ...list, cardsOf: (issuer: string) => (issuer === 'A' ? 0 : 2) };
    expect([
      ...saidByIssuer(none, { cards: 5, rest: 'monitoring', own: new NamedCards() }, []).keys(),
    ]).toEqual(['B']);
  });
});

describe('isUnaccepted()', () => {
  const at = (ms: number) => new Date(ms);
  const refused = (code: string, ms: number, sha256?: string, isSettled = false) => ({
    ...{ code, refusedAt: at(ms), sha256, isSettled },
  });
  const back = (ms: number, file?: string, isSettled?: boolean) =>
    refused('response-takes-back', ms, file, isSettled);
  const taken = (ms: number, contradicted: number, sha256 = 'another') => ({
    ...{ importedAt: at(ms), contradicted, sha256 },
  });

  it('is open until an officer took in as many contradictions as were refused', () => {
    expect(isUnaccepted([back(5)], [])).toBe(true);
    expect(isUnaccepted([back(5)], [taken(4, 1), taken(6, 0)])).toBe(true);
    expect(isUnaccepted([back(5)], [taken(6, 1)])).toBe(false);
    expect(isUnaccepted([back(5), back(6)], [taken(7, 1)])).toBe(true);
  });

  it('takes no other refusal for a dispute', () => {
    expect(isUnaccepted([refused('response-malformed', 5)], [])).toBe(false);
    expect(isUnaccepted([refused('response-over-signed', 5)], [])).toBe(true);
  });

  it('takes what nobody compared for one where something was answered', () => {
    const other = [refused('response-nonce-differs', 5)];
    expect(isUnaccepted(other, [])).toBe(false);
    expect(isUnaccepted(other, [taken(4, 0)])).toBe(true);
    expect(isUnaccepted(other, [taken(4, 0), taken(6, 1)])).toBe(false);
  });

  it('is not ended by an answer that closed the refusal of its own file', () => {
    const own = taken(7, 1, 'a');
    expect(isUnaccepted([back(5, 'a', true)], [own])).toBe(false);
    expect(isUnaccepted([back(5, 'a', true), back(6, 'b')], [own])).toBe(true);
    expect(isUnaccepted([back(5, 'a', true), back(6, 'b')], [own, taken(8, 1)])).toBe(false);
    // Known by then: it says nothing of what its answer closed.
    const known = refused('response-known', 9, 'another', true);
    expect(isUnaccepted([back(6, 'b'), known], [taken(8, 1)])).toBe(false);
  });
});
