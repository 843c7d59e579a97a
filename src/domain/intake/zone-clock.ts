const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Further than any zone's offset, so that what lies beyond has another local day. */
const REACH_MS = 26 * HOUR_MS;
const cachedDays = 4_096;
const clocksMax = 8;
const NOT_CACHED = -0x8000_0000;
const IRREGULAR = 0x7fff_ffff;

const clocks = new Map<string, ZoneClock>();

/** The clock of a zone, one for all who ask: what it was told of its days is kept. Throws as `ZoneClock`. */
export function zoneClockOf(timeZone: string): ZoneClock {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new ZoneClock(timeZone);
  // A process meets few zones; one that meets many may ask again.
  if (clocks.size < clocksMax) clocks.set(timeZone, made);
  return made;
}

/**
 * Turns a zone's wall-clock times into moments. Offsets are asked of the platform's time zone data once per day and
 * kept; on the days around a change of clocks they are asked each time.
 *
 * Where clocks went back, a time that came twice is its first occurrence; a time that was skipped counts from the
 * offset before the jump. Throws RangeError for a zone the platform does not know.
 */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #days = new Int32Array(cachedDays).fill(NOT_CACHED);
  readonly #offsets = new Int32Array(cachedDays);

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
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
  }

  /** Milliseconds since the epoch at `msOfDay` on the wall clock of the day `day` (days from 1970-01-01). */
  toEpochMs(day: number, msOfDay: number): number {
    const wallMs = day * DAY_MS + msOfDay;
    const offset = this.#offsetOfDay(day);
    return offset === IRREGULAR ? this.#search(wallMs) : wallMs - offset;
  }

  /** Whether the offset is one and the same on this day and around it. */
  isEven(day: number): boolean {
    return this.#offsetOfDay(day) !== IRREGULAR;
  }

  #offsetOfDay(day: number): number {
    const place = day & (cachedDays - 1);
    if (this.#days[place] === day) return this.#offsets[place]!;
    const before = this.#offsetAt(day * DAY_MS - REACH_MS);
    const after = this.#offsetAt((day + 1) * DAY_MS + REACH_MS);
    const offset = before === after ? before : IRREGULAR;
    this.#days[place] = day;
    this.#offsets[place] = offset;
    return offset;
  }

  #search(wallMs: number): number {
    const before = this.#offsetAt(wallMs - REACH_MS);
    const after = this.#offsetAt(wallMs + REACH_MS);
    const isBefore = this.#offsetAt(wallMs - before) === before;
    const isAfter = this.#offsetAt(wallMs - after) === after;
    if (isBefore && isAfter) return wallMs - Math.max(before, after);
    return isAfter ? wallMs - after : wallMs - before;
  }

  /** Local clock minus UTC, in milliseconds, at a moment. */
  #offsetAt(ms: number): number {
    const part = new Map(
      this.#format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
    );
    const wallMs = Date.UTC(
      part.get('year')!,
      part.get('month')! - 1,
      part.get('day'),
      part.get('hour'),
      part.get('minute'),
      part.get('second'),
    );
    return wallMs - Math.floor(ms / 1000) * 1000;
  }
}
