import { ZoneClock } from '../intake/zone-clock.ts';

const DAY_MS = 86_400_000;

/**
 * Days of one zone's calendar, asked for again and again: where `startOfDayMs` looks through the zone's data each time,
 * this keeps what it found. A day that clocks set back over midnight ends when midnight comes first: time limits end
 * rather too early than too late.
 */
export class ZoneDays {
  static readonly #known = new Map<string, ZoneDays>();
  readonly #clock: ZoneClock;
  readonly #format: Intl.DateTimeFormat;

  private constructor(timeZone: string) {
    this.#clock = new ZoneClock(timeZone);
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  }

  /** @param timeZone IANA name that is known */
  static of(timeZone: string): ZoneDays {
    const known = ZoneDays.#known.get(timeZone) ?? new ZoneDays(timeZone);
    ZoneDays.#known.set(timeZone, known);
    return known;
  }

  /** The first moment of a date `YYYY-MM-DD`, in milliseconds since the epoch. */
  startMs(date: string): number {
    return this.#clock.toEpochMs(Date.parse(`${date}T00:00:00Z`) / DAY_MS, 0);
  }

  /** The first moment after a date. */
  endMs(date: string): number {
    return this.#clock.toEpochMs(Date.parse(`${date}T00:00:00Z`) / DAY_MS + 1, 0);
  }

  /** The date that the calendar shows at a moment. */
  dateOf(ms: number): string {
    const parts = this.#format.formatToParts(ms).map(({ type, value }) => [type, value]);
    const { year, month, day } = Object.fromEntries(parts) as Record<string, string>;
    return `${year!.padStart(4, '0')}-${month!}-${day!}`;
  }
}
