import { dayOfCount } from '../../../domain/incident/clock-times.ts';
import type { Clock } from '../../../domain/incident/compute-clocks.ts';
import { clockIn, dayIn, durationIn } from '../figures.ts';
import type { Style } from '../colour.ts';
import type { View } from '../view.ts';
import { clockWords as en } from '../words/en/clocks.ts';
import { clockWords as ja } from '../words/ja/clocks.ts';

const words = { en, ja };

/** Of the states that somebody should see first. */
export const clockStyles: Readonly<Partial<Record<Clock['state'], Style>>> = {
  overdue: 'bad',
  uncomputed: 'bad',
  'due-soon': 'warn',
  met: 'good',
};

/** A moment in the reader's form, with the zone named. */
export function momentText(at: Date, timeZone: string, view: View): string {
  return `${dateText(at, timeZone, view)} ${clockIn(at, timeZone)}`;
}

/** The day it is in a zone, in the reader's form. */
export function dateText(at: Date, timeZone: string, view: View): string {
  const day = dayIn(at, timeZone);
  return view.language === 'ja' ? day.replaceAll('-', '/') : day;
}

/** A day with its weekday, in the reader's form. */
export function dayText(date: string, view: View): string {
  return words[view.language].day(date, new Date(`${date}T00:00:00Z`).getUTCDay());
}

/** When a clock ends, as far as that is known: a day, a moment, or why there is none. */
export function dueText({ rule, state, times, missingYear, start }: Clock, view: View): string {
  const say = words[view.language];
  if (times === undefined) {
    if (missingYear !== undefined) return say.missing(missingYear);
    if (state === 'not-in-force' && rule.validFrom !== undefined) {
      return say.validFrom(dayText(rule.validFrom, view));
    }
    if (rule.length.unit === 'unpublished') return say.unpublished;
    if (start === undefined) return say.startedBy(rule.starts.map((event) => say.events[event]));
    return say.promptly;
  }
  const { dueDay, dueMs, aimDay, timeZone } = times;
  if (dueDay === undefined) return momentText(new Date(dueMs), timeZone, view);
  const day = dayText(dueDay, view);
  return aimDay === undefined ? day : say.dueSoonest(dayText(aimDay, view), day);
}

/** How far a clock has run: what is left, or how late it is; empty when it does not run. */
export function progressText(clock: Clock, now: Date, timeZone: string, view: View): string {
  const say = words[view.language];
  const { state, times, start, rule } = clock;
  if (clock.metAtMs !== undefined) {
    return say.metAt(momentText(new Date(clock.metAtMs), rule.timeZone ?? timeZone, view));
  }
  if (times === undefined || start === undefined) return '';
  const leftMs = times.dueMs - now.getTime();
  if (state === 'overdue') return say.late(durationIn(-leftMs, view.language));
  if (state !== 'running' && state !== 'due-soon') return '';
  const left = say.remaining(durationIn(leftMs, view.language));
  const day = dayOfCount(rule, start.atMs, now.getTime(), timeZone);
  if (day === undefined || day < 1 || rule.length.unit !== 'calendar-days') return left;
  return `${say.dayOf(day, rule.length.due)} · ${left}`;
}
