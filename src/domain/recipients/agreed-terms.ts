import { z } from 'zod';

import { isFault } from '../fault.ts';
import { holidayYears } from '../incident/japanese-holidays.ts';
import { addWorkingDays } from '../incident/working-days.ts';
import { ZoneDays } from '../incident/zone-days.ts';
import { zoneClockOf } from '../intake/zone-clock.ts';
import { cutOffField, msOfDay } from './time-of-day.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A term is at most so long: a year of hours, or so many working days. */
export const TERM_HOURS_MAX = 8_784;
export const TERM_DAYS_MAX = 60;

/** Whose days off the calendars are. */
const timeZone = 'Asia/Tokyo';

/** Calendars in which days of service terms can count. */
export const termCalendars = ['administrative', 'bank'] as const;

/** Days on which offices of a kind in Japan are open. */
const workingDaysField = z.strictObject({
  count: z
    .int()
    .min(1)
    .max(TERM_DAYS_MAX)
    .describe('In this working day; that from which it counts is not counted.'),
  of: z.enum(termCalendars).describe('Days on which ministries, or banks, in Japan are open.'),
  cut_off: cutOffField.optional().describe('Time in Tokyo on that day; without it, its end.'),
});

/** Fields of a table that says by when a recipient is to do something; one of the two, or neither. */
export const termFields = {
  within_hours: z
    .int()
    .min(1)
    .max(TERM_HOURS_MAX)
    .optional()
    .describe('Service terms: so many hours after the moment from which they count.'),
  within_days: workingDaysField.optional().describe('The same in working days.'),
};

export const termsSchema = z.strictObject(termFields);

/** By when a recipient is to do something, counted from a moment; neither: nothing was agreed. */
export interface AgreedTerms {
  readonly within_hours?: number | undefined;
  readonly within_days?: z.output<typeof workingDaysField> | undefined;
}

/** Whether anything was agreed. */
export function hasTerm({ within_hours: hours, within_days: days }: AgreedTerms): boolean {
  return hours !== undefined || days !== undefined;
}

/** One term cannot end at two moments. */
export function hasTwoEnds({ within_hours: hours, within_days: days }: AgreedTerms): boolean {
  return hours !== undefined && days !== undefined;
}

/**
 * The first moment that is too late for what counts from `from`; undefined without terms. Days end at their cut-off, else
 * at midnight, in Tokyo. Where they lead beyond the table of holidays, the end of that table: too early, and never silent.
 */
export function dueAtBy(terms: AgreedTerms | undefined, from: Date): Date | undefined {
  const { within_hours: hours, within_days: days } = terms ?? {};
  if (hours !== undefined) return new Date(from.getTime() + hours * HOUR_MS);
  if (days === undefined) return undefined;
  const zone = ZoneDays.of(timeZone);
  try {
    const date = addWorkingDays(zone.dateOf(from.getTime()), days.count, days.of);
    if (days.cut_off === undefined) return new Date(zone.endMs(date));
    const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
    return new Date(zoneClockOf(timeZone).toEpochMs(day, msOfDay(days.cut_off)));
  } catch (error) {
    if (!isFault(error) || error.code !== 'holiday-year-missing') throw error;
    const tableEndMs = zone.endMs(`${String(holidayYears.last)}-12-31`);
    return new Date(Math.max(from.getTime(), tableEndMs));
  }
}
