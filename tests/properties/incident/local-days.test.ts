import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfDayMs, startOfDayMs } from '../../../src/domain/incident/local-days.ts';

const zones = Intl.supportedValuesOf('timeZone');
const formats = new Map<string, Intl.DateTimeFormat>();

/** The local date by another road than the code under test takes: Swedish dates are ISO dates. */
function localDate(ms: number, timeZone: string): string {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(ms);
}

const day = fc
  .date({ min: new Date('1975-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('startOfDayMs() and endOfDayMs()', () => {
  it('enclose every moment of the local day and nothing else, in every zone', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...zones), (date, zone) => {
        const start = startOfDayMs(date, zone);
        const end = endOfDayMs(date, zone);
        expect(localDate(start - 1, zone) < date).toBe(true);
        expect(localDate(start, zone) >= date).toBe(true);
        expect(localDate(end - 1, zone) <= date).toBe(true);
        expect(localDate(end, zone) > date).toBe(true);
        expect(end).toBeGreaterThanOrEqual(start);
      }),
      { numRuns: 1500 },
    );
  });
});
