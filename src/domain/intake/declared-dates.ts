import { HOUR_MS, MINUTE_MS, type DateCursor } from './date-cursor.ts';
import type { DateStep } from './date-pattern.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun'];
months.push('jul', 'aug', 'sep', 'oct', 'nov', 'dec');
const monthNames = months.map((name) => Uint8Array.from(name, (letter) => letter.charCodeAt(0)));
const am = Uint8Array.of(0x61, 0x6d);
const pm = Uint8Array.of(0x70, 0x6d);

const NEITHER_HALF = 0;
const BEFORE_NOON = 1;
const AFTER_NOON = 2;

/** Reads a date of a declared format, `steps` in order and nothing left out. */
export function readDeclaredDate(cursor: DateCursor, steps: readonly DateStep[]): boolean {
  let half = NEITHER_HALF;
  for (const step of steps) {
    if (step.part === 'half-day') {
      if (cursor.passWord(am)) half = BEFORE_NOON;
      else if (cursor.passWord(pm)) half = AFTER_NOON;
      else return false;
    } else if (!readStep(cursor, step)) return false;
  }
  if (half !== NEITHER_HALF) {
    if (cursor.hour < 1 || cursor.hour > 12) return false;
    cursor.hour = (cursor.hour % 12) + (half === AFTER_NOON ? 12 : 0);
  }
  return cursor.setTime(cursor.hour, cursor.minute, cursor.second, cursor.precisionMs);
}

function readStep(cursor: DateCursor, step: DateStep): boolean {
  if (step.part === 'literal') return cursor.pass(step.code);
  if (step.part === 'space') {
    const start = cursor.at;
    cursor.passSpaces();
    return cursor.at > start;
  }
  if (step.part === 'zone') return cursor.readZone();
  if (step.part === 'fraction') return cursor.readFraction();
  if (step.part === 'month-name') return readMonthName(cursor);
  return readNumber(cursor, step);
}

function readNumber(
  cursor: DateCursor,
  step: Extract<DateStep, { readonly digitsMin: number }>,
): boolean {
  const value = cursor.number(step.digitsMin, step.digitsMax);
  switch (step.part) {
    case 'year':
      cursor.year = value;
      break;
    case 'short-year':
      cursor.year = value < 0 ? -1 : 2000 + value;
      break;
    case 'month':
      cursor.month = value;
      break;
    case 'day':
      cursor.day = value;
      break;
    case 'hour':
    case 'hour12':
      cursor.hour = value;
      cursor.precisionMs = Math.min(cursor.precisionMs, HOUR_MS);
      break;
    case 'minute':
      cursor.minute = value;
      cursor.precisionMs = Math.min(cursor.precisionMs, MINUTE_MS);
      break;
    case 'second':
      cursor.second = value;
      cursor.precisionMs = Math.min(cursor.precisionMs, 1_000);
      break;
    case 'fraction':
    case 'half-day':
    case 'month-name':
    case 'zone':
      return false;
  }
  return value >= 0;
}

/** Three letters of an English month; the rest of a name written out is passed too. */
function readMonthName(cursor: DateCursor): boolean {
  const month = monthNames.findIndex((name) => cursor.passWord(name));
  cursor.month = month + 1;
  return month >= 0;
}
