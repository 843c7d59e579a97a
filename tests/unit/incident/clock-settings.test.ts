import { describe, expect, it } from 'vitest';

import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import { clockIds, isClockId } from '../../../src/domain/incident/clock-rules.ts';
import { clockRules } from '../../../src/domain/incident/compute-clocks.ts';
import { isStartEvent, startEvents } from '../../../src/domain/incident/start-events.ts';
import { incidentEntry } from '../../support/incident-entry.ts';

const parse = (clocks: unknown): boolean =>
  incidentSchema.safeParse({ ...incidentEntry(), clocks }).success;

describe('clocks of an incident file', () => {
  it.each([
    [{}],
    [{ wrongful_purpose: false }],
    [{ entrusted: true, brands: [] }],
    [{ brands: ['visa', 'diners-club'] }],
  ])('take %j', (clocks) => {
    expect(parse(clocks)).toBe(true);
  });

  it.each([
    [{ brands: ['maestro'] }],
    [{ brands: ['visa', 'visa'] }],
    [{ wrongful_purpose: 'yes' }],
    [{ entrusted: 1 }],
    [{ wrongfulPurpose: true }],
    [true],
  ])('refuse %j', (clocks) => {
    expect(parse(clocks)).toBe(false);
  });
});

describe('clockRules', () => {
  it('have at least one edition for each clock, and no clock is named like a start event', () => {
    expect([...new Set(clockRules.map(({ clock }) => clock))]).toEqual([...clockIds]);
    expect(clockIds.filter(isStartEvent)).toEqual([]);
    expect(startEvents.filter(isClockId)).toEqual([]);
  });

  it('say where they stand, in which edition, and when that was read', () => {
    for (const { edition, editionJa, source, readOn, starts } of clockRules) {
      expect([edition, editionJa, source].filter((text) => text.trim() === '')).toEqual([]);
      expect(readOn).toMatch(/^2026-\d{2}-\d{2}$/);
      expect(starts.length).toBeGreaterThan(0);
    }
  });

  it('have a number for what was read, and none for what was not found', () => {
    const wrong = clockRules.filter(
      ({ confidence, length }) => (confidence === 'not-found') !== (length.unit === 'unpublished'),
    );
    expect(wrong).toEqual([]);
  });

  it('of one text that is superseded do not overlap with its successor', () => {
    const visa = clockRules.filter(({ clock }) => clock === 'visa-notice');
    const spans = visa.map(({ validFrom, validTo }) => [validFrom, validTo]);
    expect(spans).toEqual([
      ['2019-10-19', '2023-10-13'],
      ['2023-10-14', '2026-06-24'],
      ['2026-06-25', undefined],
    ]);
  });
});
