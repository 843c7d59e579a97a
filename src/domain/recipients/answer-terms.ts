import { z } from 'zod';

import { isFault } from '../fault.ts';
import { holidayYears } from '../incident/japanese-holidays.ts';
import { addWorkingDays } from '../incident/working-days.ts';
import { ZoneDays } from '../incident/zone-days.ts';

const HOUR_MS = 3_600_000;
/** A term is at most so long: a year of hours, or so many working days. */
export const TERM_HOURS_MAX = 8_784;
export const TERM_DAYS_MAX = 60;

/** Whose days off the calendars are. */
const timeZone = 'Asia/Tokyo';

/** Calendars in which days of service terms can count. */
export const termCalendars = ['administrative', 'bank'] as const;

/** Days on which offices of a kind in Japan are open. */
export const workingDaysField = z.strictObject({
  count: z
    .int()
    .min(1)
    .max(TERM_DAYS_MAX)
    .describe('To the end of this working day; that on which the file was there is not counted.'),
  of: z.enum(termCalendars).describe('Days on which ministries, or banks, in Japan are open.'),
});

/** By when a recipient is to answer, counted from when a file was there; neither: nothing was agreed. */
export interface AnswerTerms {
  readonly within_hours?: number | undefined;
  readonly within_days?: z.output<typeof workingDaysField> | undefined;
}

/**
 * The first moment that is too late for an answer about what was there at `from`; undefined without terms. Days end at
 * midnight in Tokyo. Where they lead beyond the table of holidays, the end of that table: too early, and never silent.
 */
export function answerDueAt(terms: AnswerTerms | undefined, from: Date): Date | undefined {
  const { within_hours: hours, within_days: days } = terms ?? {};
  if (hours !== undefined) return new Date(from.getTime() + hours * HOUR_MS);
  if (days === undefined) return undefined;
  const zone = ZoneDays.of(timeZone);
  try {
    return new Date(zone.endMs(addWorkingDays(zone.dateOf(from.getTime()), days.count, days.of)));
  } catch (error) {
    if (!isFault(error) || error.code !== 'holiday-year-missing') throw error;
    const tableEndMs = zone.endMs(`${String(holidayYears.last)}-12-31`);
    return new Date(Math.max(from.getTime(), tableEndMs));
  }
}
