/**
 * Days of a place's calendar as moments. Windows are told in local dates, and a local day may be 23 or 25 hours
 * long, start at 01:00, or not exist at all.
 */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** No zone is further than 14 hours from UTC, and no zone jumped by more than a day. */
const REACH_HOURS = 26;

/**
 * First moment of a local date. Where midnight is skipped, the moment the clocks jumped to; where the whole day is
 * skipped (Samoa, 2011-12-30), the start of the next one.
 *
 * @param date `YYYY-MM-DD` that the calendar has
 * @param timeZone IANA name that is known
 * @returns milliseconds since the epoch
 */
export function startOfDayMs(date: string, timeZone: string): number {
  return Math.min(...midnightsMs(date, offsetReader(timeZone)));
}

/**
 * First moment after a local date. Where clocks went back over midnight (Newfoundland until 2011: 00:01 to 23:01)
 * the day comes twice, and this is the end of its last part.
 */
export function endOfDayMs(date: string, timeZone: string): number {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const wallMs = Date.parse(`${next}T00:00:00Z`);
  const offsetAt = offsetReader(timeZone);
  const ends = midnightsMs(next, offsetAt).filter((ms) => ms - 1 + offsetAt(ms - 1) < wallMs);
  return Math.max(...ends);
}

/** Every moment at which the local clock shows the start of the date; never empty. */
function midnightsMs(date: string, offsetAt: (ms: number) => number): number[] {
  const wallMs = Date.parse(`${date}T00:00:00Z`);
  const offsets = new Set<number>();
  for (let hours = -REACH_HOURS; hours <= REACH_HOURS; hours += 1) {
    offsets.add(offsetAt(wallMs + hours * HOUR_MS));
  }
  const shown = [...offsets]
    .map((offset) => wallMs - offset)
    .filter((ms) => ms + offsetAt(ms) === wallMs);
  return shown.length > 0 ? shown : [jumpMs(wallMs, offsetAt)];
}

/** The moment at which the local clock jumped over `wallMs`. */
function jumpMs(wallMs: number, offsetAt: (ms: number) => number): number {
  let before = wallMs - REACH_HOURS * HOUR_MS;
  let after = wallMs + REACH_HOURS * HOUR_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle) < wallMs) before = middle;
    else after = middle;
  }
  return after;
}

/** Local clock minus UTC, in milliseconds, at a moment. */
function offsetReader(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ms) => {
    const part = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const wallMs = Date.UTC(
      part.get('year')!,
      part.get('month')! - 1,
      part.get('day'),
      part.get('hour'),
      part.get('minute'),
      part.get('second'),
    );
    return wallMs - Math.floor(ms / 1000) * 1000;
  };
}
