const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Offsets that are kept; each has one place, which a day eleven years away would take over. */
const daysKept = 4_096;
const NO_DAY = -0x8000_0000;

/** A day of the calendar. */
export interface CivilDate {
  readonly year: number;
  /** 1 … 12. */
  readonly month: number;
  readonly day: number;
}

/**
 * Turns instants into days of one time zone, millions of times: the zone's offset is asked for once per day of UTC,
 * and again for each instant only on the days on which clocks change.
 */
export class LocalDays {
  readonly #format: Intl.DateTimeFormat;
  /** Days of UTC whose offset is known, and that offset: NaN on a day on which clocks change. */
  readonly #known = new Int32Array(daysKept).fill(NO_DAY);
  readonly #offsets = new Float64Array(daysKept);

  /** @param timeZone IANA name; an unknown one throws a RangeError, because configuration has checked it before. */
  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** The day, counted from 1970-01-01, on which `ms` (since the epoch, finite) falls in this zone. */
  numberOf(ms: number): number {
    const utcDay = Math.floor(ms / DAY_MS);
    const place = utcDay & (daysKept - 1);
    if (this.#known[place] !== utcDay) this.#learn(place, utcDay);
    const offset = this.#offsets[place]!;
    return Math.floor((ms + (Number.isNaN(offset) ? this.#measure(ms) : offset)) / DAY_MS);
  }

  #learn(place: number, utcDay: number): void {
    const atStart = this.#measure(utcDay * DAY_MS);
    const isSteady = atStart === this.#measure((utcDay + 1) * DAY_MS);
    this.#offsets[place] = isSteady ? atStart : Number.NaN;
    this.#known[place] = utcDay;
  }

  #measure(ms: number): number {
    const at: Record<string, number> = {};
    for (const part of this.#format.formatToParts(ms)) {
      at[part.type] = Number(part.value);
    }
    const wall = Date.UTC(
      at['year'] ?? 0,
      (at['month'] ?? 1) - 1,
      at['day'] ?? 1,
      at['hour'] ?? 0,
      at['minute'] ?? 0,
      at['second'] ?? 0,
    );
    return Math.round((wall - Math.floor(ms / 1000) * 1000) / MINUTE_MS) * MINUTE_MS;
  }
}

/**
 * The date so many days after 1970-01-01, in the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Date
 * Algorithms").
 */
export function civilDate(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}
