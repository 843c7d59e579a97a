import { isLocalDate } from '../workspace/time-fields.ts';
import { IncidentFault } from './errors.ts';
import type { ExposureWindow } from './incident.ts';
import { endOfDayMs, startOfDayMs } from './local-days.ts';

/** Moments a window covers: `fromMs` ≤ t < `toMs`, in milliseconds since the epoch. */
export interface WindowBounds {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Turns a window into moments. Both ends are included to the precision they are written with: a date means its
 * whole local day, a time its whole second, a time with a fraction that millisecond.
 *
 * @param timeZone IANA zone of the incident; it matters only for dates
 * @throws IncidentFault `window-reversed`
 */
export function windowBounds(
  window: Pick<ExposureWindow, 'name' | 'from' | 'to'>,
  timeZone: string,
): WindowBounds {
  const { name, from, to } = window;
  const fromMs = isLocalDate(from) ? startOfDayMs(from, timeZone) : Date.parse(from);
  const toMs = isLocalDate(to) ? endOfDayMs(to, timeZone) : Date.parse(to) + precisionMs(to);
  if (toMs <= fromMs) throw new IncidentFault('window-reversed', { window: name, from, to });
  return { fromMs, toMs };
}

function precisionMs(instant: string): number {
  return instant.includes('.') ? 1 : 1000;
}
