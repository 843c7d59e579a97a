// The Gregorian calendar in whole numbers.

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the calendar has the date; `month` from 1. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= monthDays[month - 1]! + (month === 2 && isLeap ? 1 : 0);
}

/** Years whose months are kept in tables: all that `DateReader` accepts. */
const tabledFrom = 1900;
const tabledTo = 2199;
const monthStarts = new Int32Array((tabledTo - tabledFrom + 1) * 12);
const monthLengths = new Uint8Array(monthStarts.length);

/**
 * Days from 1970-01-01 to a date of the years 1900 to 2199, by tables; -2^31 where the calendar has no such date or the
 * year is another.
 */
export function tabledDay(year: number, month: number, day: number): number {
  if (year < tabledFrom || year > tabledTo || month < 1 || month > 12) return NO_DAY;
  const place = (year - tabledFrom) * 12 + month - 1;
  if (monthLengths[0] === 0) fillTables();
  return day < 1 || day > monthLengths[place]! ? NO_DAY : monthStarts[place]! + day - 1;
}

/** No date. */
export const NO_DAY = -0x8000_0000;

function fillTables(): void {
  for (let year = tabledFrom; year <= tabledTo; year++) {
    for (let month = 1; month <= 12; month++) {
      const place = (year - tabledFrom) * 12 + month - 1;
      monthStarts[place] = dayNumber(year, month, 1);
      monthLengths[place] = isCalendarDate(year, month, 31)
        ? 31
        : [30, 29, 28].find((days) => isCalendarDate(year, month, days))!;
    }
  }
}

/**
 * Days from 1970-01-01 to a date the calendar has. Counts years from March, so that the leap day comes last.
 * Years from 0 on.
 */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
