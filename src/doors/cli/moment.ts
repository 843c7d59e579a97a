import { ZoneClock } from '../../domain/intake/zone-clock.ts';
import { isInstant, isLocalDate } from '../../domain/workspace/time-fields.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';

const localPattern = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/;
const dayMs = 86_400_000;

/**
 * A time as a person types it: with an offset (`2026-11-22T14:05:00+09:00`), or off the clock on the wall
 * (`2026-11-22 14:05`) of the zone, which screens use too. Throws `usage` with the option.
 */
export function momentOf(option: string, text: string, timeZone: string): Date {
  if (isInstant(text)) return new Date(text);
  const [, date = '', hours, minutes, seconds = '00'] = localPattern.exec(text) ?? [];
  const clock = [Number(hours), Number(minutes), Number(seconds)] as const;
  if (!isLocalDate(date) || clock[0] > 23 || clock[1] > 59 || clock[2] > 59) {
    const expected = '2026-11-22 14:05, or 2026-11-22T14:05:00+09:00';
    throw new WorkspaceFault('usage', { option, expected });
  }
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs;
  const msOfDay = ((clock[0] * 60 + clock[1]) * 60 + clock[2]) * 1000;
  return new Date(new ZoneClock(timeZone).toEpochMs(day, msOfDay));
}
