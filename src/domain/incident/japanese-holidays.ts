import { IncidentFault } from './errors.ts';

/**
 * Holidays under the Act on National Holidays (国民の祝日に関する法律), as days `MM-DD`: named holidays, substitutes for
 * those on a Sunday, days between two holidays, and what special laws set for 2019, 2020 and 2021.
 *
 * The equinox days of a year are announced on 1 February of the year before, so that no year past the next one is
 * certain. Table of 2026-11-22; compared once with two independent tables for every day of these years.
 * Source: Cabinet Office, 国民の祝日について, https://www8.cao.go.jp/chosei/shukujitsu/gaiyou.html
 */
const holidaysByYear: Readonly<Record<number, string>> = {
  2015: '01-01 01-12 02-11 03-21 04-29 05-03 05-04 05-05 05-06 07-20 09-21 09-22 09-23 10-12 11-03 11-23 12-23',
  2016: '01-01 01-11 02-11 03-20 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-22 10-10 11-03 11-23 12-23',
  2017: '01-01 01-02 01-09 02-11 03-20 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 10-09 11-03 11-23 12-23',
  2018: '01-01 01-08 02-11 02-12 03-21 04-29 04-30 05-03 05-04 05-05 07-16 08-11 09-17 09-23 09-24 10-08 11-03 11-23 12-23 12-24',
  2019: '01-01 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-23 10-14 10-22 11-03 11-04 11-23',
  2020: '01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23',
  2021: '01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 09-23 11-03 11-23',
  2022: '01-01 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 11-03 11-23',
  2023: '01-01 01-02 01-09 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 10-09 11-03 11-23',
  2024: '01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23',
  2025: '01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24',
  2026: '01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23',
  2027: '01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23',
};

/** The day the table was made. */
export const HOLIDAYS_EDITION = '2026-11-22';

const years = Object.keys(holidaysByYear).map(Number);

/** First and last year of the table. */
export const holidayYears = { first: Math.min(...years), last: Math.max(...years) } as const;

const days: ReadonlySet<string> = new Set(
  Object.entries(holidaysByYear).flatMap(([year, listed]) =>
    listed.split(' ').map((day) => `${year}-${day}`),
  ),
);

/**
 * Whether a day is a national holiday of Japan.
 *
 * @param date `YYYY-MM-DD`
 * @throws IncidentFault `holiday-year-missing`: a year that is not in the table is refused, not taken for one without
 * holidays
 */
export function isJapaneseHoliday(date: string): boolean {
  const year = Number(date.slice(0, 4));
  if (!Object.hasOwn(holidaysByYear, year)) {
    const { first, last } = holidayYears;
    throw new IncidentFault('holiday-year-missing', {
      year: String(year),
      first: String(first),
      last: String(last),
    });
  }
  return days.has(date);
}
