import { isInForce } from './clock-rules.ts';
import type { ClockRule } from './clock-rules.ts';
import { addCalendarDays, addWorkingDays, openDayFrom } from './working-days.ts';
import { ZoneDays } from './zone-days.ts';

/** When a time limit that began to run ends. Moments are milliseconds since the epoch. */
export interface ClockTimes {
  /** The first moment that is too late. */
  readonly dueMs: number;
  /** The last day, `YYYY-MM-DD` in `timeZone`, of a limit in days. */
  readonly dueDay?: string;
  /** The day before it was moved, for a limit whose last day was closed. */
  readonly movedFrom?: string;
  /** The day to aim for, where the rule has an earlier number or may be read more strictly. */
  readonly aimDay?: string;
  /** From here on it is soon. */
  readonly soonMs: number;
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const soonHoursMs = 24 * HOUR_MS;
const soonDaysMs = 7 * DAY_MS;

/**
 * @param startMs when the start event happened
 * @param timeZone of the incident; a rule with a zone of its own keeps it
 * @returns undefined for a rule without a number
 * @throws IncidentFault `holiday-year-missing`
 */
export function clockTimes(
  rule: ClockRule,
  startMs: number,
  timeZone: string,
): ClockTimes | undefined {
  const { length } = rule;
  const zone = rule.timeZone ?? timeZone;
  if (length.unit === 'promptly' || length.unit === 'unpublished') return undefined;
  if (length.unit === 'hours') {
    const dueMs = startMs + length.due * HOUR_MS;
    return { dueMs, soonMs: dueMs - soonHoursMs, timeZone: zone };
  }
  const days = ZoneDays.of(zone);
  const startDay = days.dateOf(startMs);
  const counted = lastDay(length, startDay, length.due);
  const dueDay =
    length.unit === 'calendar-days' && length.isRolled
      ? openDayFrom(counted, 'administrative')
      : counted;
  const dueMs = days.endMs(dueDay);
  const moved = dueDay === counted ? {} : { movedFrom: counted };
  const base = { dueMs, dueDay, ...moved, timeZone: zone };
  if (length.aim === undefined) return { ...base, soonMs: dueMs - soonDaysMs };
  const aimDay = lastDay(length, startDay, length.aim);
  return { ...base, aimDay, soonMs: days.startMs(aimDay) };
}

type DayLength = Exclude<ClockRule['length'], { unit: 'hours' | 'promptly' | 'unpublished' }>;

function lastDay(length: DayLength, startDay: string, days: number): string {
  if (length.unit === 'working-days') return addWorkingDays(startDay, days, length.calendar);
  return addCalendarDays(startDay, length.firstDay === 'counts' ? days - 1 : days);
}

/** Which day of the count a moment is, from 1; undefined where days are not simply counted. */
export function dayOfCount(
  rule: ClockRule,
  startMs: number,
  nowMs: number,
  timeZone: string,
): number | undefined {
  if (rule.length.unit !== 'calendar-days' || nowMs < startMs) return undefined;
  const days = ZoneDays.of(rule.timeZone ?? timeZone);
  const passedMs = Date.parse(days.dateOf(nowMs)) - Date.parse(days.dateOf(startMs));
  return passedMs / DAY_MS + (rule.length.firstDay === 'counts' ? 1 : 0);
}

/** Whether a rule was in force on the day of its start event. */
export function wasInForce(rule: ClockRule, startMs: number, timeZone: string): boolean {
  return isInForce(rule, localDateOf(startMs, rule.timeZone ?? timeZone));
}

/** The day, `YYYY-MM-DD`, that a zone's calendar shows at a moment. */
export function localDateOf(ms: number, timeZone: string): string {
  return ZoneDays.of(timeZone).dateOf(ms);
}
