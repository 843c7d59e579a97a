import type { DateFormat } from './fields.ts';
import { civilDate, type LocalDays } from './local-days.ts';

/** Days that are kept; each has one place, which a day eleven years away would take over. */
const daysKept = 4_096;
/** `YYYY-MM-DD` with room to spare: a place is found by a shift. */
const placeShift = 4;
const NO_DAY = -0x8000_0000;

/**
 * Days in one format, as ASCII: put together once for each day, and copied for every card that was seen on it. Years
 * have four digits.
 */
export class DayTexts {
  /** Bytes of a day. */
  readonly length: number;
  readonly #days: LocalDays;
  readonly #separator: string;
  readonly #texts = new Uint8Array(daysKept << placeShift);
  readonly #numbers = new Int32Array(daysKept).fill(NO_DAY);

  constructor(days: LocalDays, format: DateFormat) {
    this.#days = days;
    this.#separator = format === 'YYYY-MM-DD' ? '-' : format === 'YYYY/MM/DD' ? '/' : '';
    this.length = 8 + 2 * this.#separator.length;
  }

  /** Writes the local day of an instant at byte `at`; nothing for an unknown one. Returns where it ends. */
  put(into: Uint8Array, at: number, ms: number): number {
    if (Number.isNaN(ms)) return at;
    const number = this.#days.numberOf(ms);
    const place = number & (daysKept - 1);
    if (this.#numbers[place] !== number) this.#make(place, number);
    const texts = this.#texts;
    const from = place << placeShift;
    const length = this.length;
    for (let i = 0; i < length; i += 1) into[at + i] = texts[from + i]!;
    return at + length;
  }

  #make(place: number, number: number): void {
    const { year, month, day } = civilDate(number);
    const parts = [padded(year, 4), padded(month, 2), padded(day, 2)];
    const text = new TextEncoder().encode(parts.join(this.#separator));
    this.#texts.set(text.subarray(0, this.length), place << placeShift);
    this.#numbers[place] = number;
  }
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
