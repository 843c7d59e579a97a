import { isJapaneseHoliday } from './japanese-holidays.ts';

/**
 * Whose days off count.
 *
 * - `administrative`: Saturdays, Sundays, national holidays and 12-29 to 01-03. Source: 行政機関の休日に関する法律
 *   (Act 91 of 1988) art. 1.
 * - `bank`: the same with 12-31 to 01-03 only, so that 12-29 and 12-30 are working days. Source: 銀行法 art. 15,
 *   銀行法施行令 art. 5.
 */
export type WorkCalendar = 'administrative' | 'bank';

const yearEnd: Readonly<Record<WorkCalendar, ReadonlySet<string>>> = {
  administrative: new Set(['12-29', '12-30', '12-31', '01-01', '01-02', '01-03']),
  bank: new Set(['12-31', '01-01', '01-02', '01-03']),
};

const DAY_MS = 86_400_000;

/**
 * Whether offices of a kind are closed on a day.
 *
 * @param date `YYYY-MM-DD`
 * @throws IncidentFault `holiday-year-missing`
 */
export function isClosedDay(date: string, calendar: WorkCalendar): boolean {
  const isHoliday = isJapaneseHoliday(date);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return isHoliday || weekday === 0 || weekday === 6 || yearEnd[calendar].has(date.slice(5));
}

/** A date some days later; `days` may be negative. The calendar alone, without a zone. */
export function addCalendarDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day itself when it is open, else the first open day after it. Throws `holiday-year-missing`. */
export function openDayFrom(date: string, calendar: WorkCalendar): string {
  let day = date;
  while (isClosedDay(day, calendar)) day = addCalendarDays(day, 1);
  return day;
}

/**
 * The `days`-th open day after a day; the day itself is not counted, open or closed.
 *
 * @param days at least 1
 * @throws IncidentFault `holiday-year-missing`
 */
export function addWorkingDays(date: string, days: number, calendar: WorkCalendar): string {
  let day = date;
  for (let left = days; left > 0; left -= 1) day = openDayFrom(addCalendarDays(day, 1), calendar);
  return day;
}
