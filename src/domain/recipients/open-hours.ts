import { z } from 'zod';

import { addCalendarDays, isClosedDay } from '../incident/working-days.ts';
import { ZoneDays } from '../incident/zone-days.ts';
import { zoneClockOf } from '../intake/zone-clock.ts';
import { timeZoneField } from '../workspace/time-fields.ts';
import { msOfDay } from './time-of-day.ts';

const spanPattern = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const SPANS_MAX = 8;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const spanField = z
  .string()
  .regex(spanPattern, 'a span of a day such as 09:00-17:00; one over midnight is two')
  .refine((span) => {
    const [from, until] = span.split('-');
    return from! < until!;
  }, 'a span that begins before it ends; one over midnight is two');

/** When `serve` may call on the server of a recipient; a person who does so by a command is not bound by it. */
export const openHoursSchema = z.strictObject({
  between: z
    .array(spanField)
    .min(1, 'at least one span of a day')
    .max(SPANS_MAX, `at most ${SPANS_MAX} spans of a day`)
    .refine(areApart, 'spans that do not overlap')
    .describe('Spans of a day in which it may begin, the last ending at their cut-off.'),
  days: z
    .enum(['every-day', 'administrative', 'bank'])
    .default('every-day')
    .describe('Which days count: all, or those on which ministries or banks in Japan are open.'),
  time_zone: timeZoneField.default('Asia/Tokyo').describe('Of the spans.'),
});

export type OpenHours = z.output<typeof openHoursSchema>;

/** A directory is looked into five minutes after the last look ended: a shorter span could be missed. */
const ANSWER_SPAN_MINUTES = 15;

/** When `serve` may look for answers. What is over midnight is two spans, and each has to be long enough by itself. */
export const answerHoursSchema = openHoursSchema.refine(
  ({ between }) => between.every((span) => lengthMs(span) >= ANSWER_SPAN_MINUTES * MINUTE_MS),
  `spans of at least ${ANSWER_SPAN_MINUTES} minutes`,
);

/**
 * The first moment from `now` on at which it may begin: `now` itself without hours, or inside a span.
 *
 * Throws IncidentFault `holiday-year-missing` where the days off of that year are not known.
 */
export function openFrom(hours: OpenHours | undefined, now: Date): Date {
  if (hours === undefined) return now;
  const { days, time_zone: timeZone } = hours;
  const clock = zoneClockOf(timeZone);
  const nowMs = now.getTime();
  let date = ZoneDays.of(timeZone).dateOf(nowMs);
  for (;;) {
    if (days === 'every-day' || !isClosedDay(date, days)) {
      const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
      for (const span of hours.between.toSorted()) {
        const [from, until] = span.split('-').map((time) => clock.toEpochMs(day, msOfDay(time)));
        if (nowMs < until!) return new Date(Math.max(nowMs, from!));
      }
    }
    date = addCalendarDays(date, 1);
  }
}

/** Whoever writes two that overlap meant other hours. */
function areApart(spans: readonly string[]): boolean {
  const sorted = spans.toSorted();
  return sorted.every((span, at) => at === 0 || sorted[at - 1]!.split('-')[1]! <= span.slice(0, 5));
}

function lengthMs(span: string): number {
  const [from, until] = span.split('-').map(msOfDay);
  return until! - from!;
}
