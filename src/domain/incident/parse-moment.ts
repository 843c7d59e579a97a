import { isInstant, isLocalDate } from '../workspace/time-fields.ts';
import { startOfDayMs } from './local-days.ts';
import { ZoneClock } from '../intake/zone-clock.ts';

const wallPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/;
const DAY_MS = 86_400_000;

/**
 * A time as a person types it: with an offset (`2026-05-01T22:30:00+09:00`), on the clock of a zone
 * (`2026-05-01 22:30`), or a day alone, which is its first moment: a clock that runs from it ends rather too early.
 *
 * @returns milliseconds since the epoch; undefined for anything else
 */
export function parseMoment(text: string, timeZone: string): number | undefined {
  if (isInstant(text)) return Date.parse(text);
  if (isLocalDate(text)) return startOfDayMs(text, timeZone);
  const [, date, hours, minutes, seconds = '00'] = wallPattern.exec(text) ?? [];
  if (date === undefined || !isLocalDate(date)) return undefined;
  if (hours! > '23' || minutes! > '59' || seconds > '59') return undefined;
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  const msOfDay = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return new ZoneClock(timeZone).toEpochMs(day, msOfDay);
}
