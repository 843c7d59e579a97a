import { z } from 'zod';

const MINUTE_MS = 60_000;

/** A cut-off on the wall clock. Not `00:00`: whoever writes that means the end of a day, which is what no cut-off says. */
export const cutOffField = z
  .string()
  .regex(
    /^(?!00:00)(?:[01]\d|2[0-3]):[0-5]\d$/,
    'a time of day from 00:01 to 23:59, such as 15:00',
  );

/** Milliseconds from the beginning of a day, as the wall clock shows them, to `HH:MM`; `24:00` is its end. */
export function msOfDay(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours! * 60 + minutes!) * MINUTE_MS;
}
