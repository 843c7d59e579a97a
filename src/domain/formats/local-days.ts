const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** A day of the calendar, to be read at once: `LocalDays.of` always returns the same object. */
export interface LocalDay {
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
  readonly #offsets = new Map<number, number | 'changes'>();
  readonly #day = { year: 0, month: 0, day: 0 };

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

  /** The day on which `ms` (since the epoch, finite) falls in this zone. The result is overwritten by the next call. */
  of(ms: number): LocalDay {
    const local = Math.floor((ms + this.#offsetAt(ms)) / DAY_MS);
    civilFromDays(local, this.#day);
    return this.#day;
  }

  #offsetAt(ms: number): number {
    const utcDay = Math.floor(ms / DAY_MS);
    let offset = this.#offsets.get(utcDay);
    if (offset === undefined) {
      const atStart = this.#measure(utcDay * DAY_MS);
      offset = atStart === this.#measure((utcDay + 1) * DAY_MS) ? atStart : 'changes';
      this.#offsets.set(utcDay, offset);
    }
    return offset === 'changes' ? this.#measure(ms) : offset;
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

/** Days since 1970-01-01 to the proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Date Algorithms"). */
function civilFromDays(days: number, into: { year: number; month: number; day: number }): void {
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
  into.day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  into.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  into.year = yearOfEra + era * 400 + (into.month <= 2 ? 1 : 0);
}
