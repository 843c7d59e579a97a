import { z } from 'zod';

const localDatePattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

/** True for `YYYY-MM-DD` that the calendar has: `Date` alone turns 31 February into 2 March. */
export function isLocalDate(text: string): boolean {
  if (!localDatePattern.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** True for an RFC 3339 date and time with seconds and an offset. */
export function isInstant(text: string): boolean {
  return (
    instantPattern.test(text) &&
    isLocalDate(text.slice(0, 10)) &&
    text.slice(11, 13) <= '23' &&
    !Number.isNaN(Date.parse(text))
  );
}

/** True for a zone name that this Node's copy of the IANA database knows; bare offsets are refused. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A moment: date, time and offset. A time without an offset means different moments to different readers. */
export const instantField = z
  .string()
  .refine(isInstant, 'a date and time with an offset, such as 2020-04-07T15:00:00+09:00');

/** Either of them: where days count, people give days; where the minute is known, they give it. */
export const dayOrInstantField = z
  .string()
  .refine(
    (text) => isLocalDate(text) || isInstant(text),
    'a date such as 2020-04-08, or a date and time with an offset',
  );

/** An IANA time zone. */
export const timeZoneField = z.string().refine(isTimeZone, 'a time zone such as Asia/Tokyo');
