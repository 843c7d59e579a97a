import { parseMoment } from '../../domain/incident/parse-moment.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { isLocalDate } from '../../domain/workspace/time-fields.ts';

/**
 * A time as a person types it: with an offset (`2026-11-22T14:05:00+09:00`), or off the clock on the wall
 * (`2026-11-22 14:05`) of the zone, which screens use too; not a day alone. Throws `usage` with the option.
 */
export function momentOf(option: string, text: string, timeZone: string): Date {
  const ms = isLocalDate(text) ? undefined : parseMoment(text, timeZone);
  if (ms === undefined) {
    const expected = '2026-11-22 14:05, or 2026-11-22T14:05:00+09:00';
    throw new WorkspaceFault('usage', { option, expected });
  }
  return new Date(ms);
}
