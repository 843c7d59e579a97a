import { describe, expect, it } from 'vitest';

import {
  encodePurgeStatement,
  isStillSaid,
  parsePurgeStatement,
} from '../../../src/domain/handoff/incident-purge.ts';
import type { PurgeStatement } from '../../../src/domain/handoff/incident-purge.ts';

const statement: PurgeStatement = {
  type: 'mimamori/incident-purge/v1',
  workspace: 'shop-1',
  mode: 'live',
  incident: 'shop-a-2020',
  incidentSha256: 'a'.repeat(64),
  handoffs: ['h-1', 'h-2'],
  lastUsedAt: '2026-01-12T03:00:00.000Z',
  counts: { cards: 2, texts: 9 },
  requester: 'officer-1',
  officer: 'approver-1',
  reason: 'closed',
  at: '2026-11-22T17:14:00.000Z',
  validUntil: '2026-11-29T17:14:00.000Z',
};
const text = new TextDecoder().decode(encodePurgeStatement(statement));
const invalid: unknown = expect.objectContaining({ code: 'statement-invalid' });

describe('parsePurgeStatement()', () => {
  it('reads back what encodePurgeStatement() wrote', () => {
    expect(parsePurgeStatement(encodePurgeStatement(statement))).toEqual(statement);
  });

  it.each([
    ['another spelling of the same', `${text}\n`],
    ['a further member', text.replace('{', '{"a":1,')],
    ['no reason', text.replace('closed', '')],
    ['a count below nothing', text.replace('"cards":2', '"cards":-2')],
    ['an approval', text.replace('incident-purge/v1', 'approval/v1')],
    ['no JSON', 'no'],
  ])('refuses %s', (_, given) => {
    expect(() => parsePurgeStatement(new TextEncoder().encode(given))).toThrow(invalid);
  });

  it('refuses to write what it would not read', () => {
    expect(() => encodePurgeStatement({ ...statement, reason: 'x'.repeat(2_001) })).toThrow(
      invalid,
    );
  });
});

describe('isStillSaid()', () => {
  const later = {
    ...{ ...statement, at: '2026-11-25T00:00:00.000Z', validUntil: '2026-12-02T00:00:00.000Z' },
  };

  it.each([
    ['2026-11-22T17:13:59.999Z', false],
    ['2026-11-22T17:14:00.000Z', true],
    ['2026-11-29T17:13:59.999Z', true],
    ['2026-11-29T17:14:00.000Z', false],
  ])('at %s: %s', (now, isSaid) => {
    expect(isStillSaid(statement, later, new Date(now))).toBe(isSaid);
  });

  it.each<Partial<PurgeStatement>>([
    { mode: 'drill' },
    { workspace: 'shop-2' },
    { incidentSha256: 'b'.repeat(64) },
    { handoffs: ['h-1'] },
    { counts: { cards: 3, texts: 9 } },
    { retainedUntil: '2031-01-01T00:00:00.000Z' },
    { lastUsedAt: '2026-02-12T03:00:00.000Z' },
    { requester: 'officer-2' },
    { officer: 'approver-2' },
    { reason: 'other' },
  ])('not once it would say %j', (change) => {
    const now = new Date('2026-11-25T00:00:00.000Z');
    expect(isStillSaid(statement, { ...later, ...change }, now)).toBe(false);
  });
});
