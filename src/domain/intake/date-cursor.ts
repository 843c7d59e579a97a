const SPACE = 0x20;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/**
 * A place in the bytes of a date field and the parts read so far. One for all records: methods move the place forward
 * and answer whether what they look for stands there.
 */
export class DateCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  year = 0;
  month = 0;
  day = 0;
  hour = 0;
  minute = 0;
  second = 0;
  fractionMs = 0;
  /** What the value leaves open: a day, minute, second or millisecond. */
  precisionMs = DAY_MS;
  hasZone = false;
  zoneMs = 0;

  /** Goes to the first of `bytes[start, end)` that is no space, and before the last spaces. */
  start(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    while (this.end > start && bytes[this.end - 1] === SPACE) this.end--;
    this.passSpaces();
    this.hour = 0;
    this.minute = 0;
    this.second = 0;
    this.fractionMs = 0;
    this.precisionMs = DAY_MS;
    this.hasZone = false;
  }

  isAtEnd(): boolean {
    return this.at >= this.end;
  }

  isDigitHere(): boolean {
    const byte = this.bytes[this.at]!;
    return this.at < this.end && byte >= 0x30 && byte <= 0x39;
  }

  /** The number of `min` to `max` digits that starts here, as many as there are; -1 where there are fewer. */
  number(min: number, max: number): number {
    let value = 0;
    let digits = 0;
    while (digits < max && this.isDigitHere()) {
      value = value * 10 + this.bytes[this.at]! - 0x30;
      this.at++;
      digits++;
    }
    return digits < min ? -1 : value;
  }

  pass(byte: number): boolean {
    if (this.at >= this.end || this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  passSpaces(): void {
    while (this.at < this.end && this.bytes[this.at] === SPACE) this.at++;
  }

  /** Passes an ASCII word in small letters, whatever case it stands in. */
  passWord(word: Uint8Array): boolean {
    if (this.at + word.length > this.end) return false;
    for (let i = 0; i < word.length; i++) {
      if ((this.bytes[this.at + i]! | 0x20) !== word[i]) return false;
    }
    this.at += word.length;
    return true;
  }

  /** Digits of a second, of which three are kept. */
  readFraction(): boolean {
    const start = this.at;
    for (let scale = 100; this.isDigitHere(); scale = Math.floor(scale / 10)) {
      this.fractionMs += (this.bytes[this.at]! - 0x30) * scale;
      this.at++;
    }
    this.precisionMs = 1;
    return this.at > start;
  }

  /** `Z`, `UTC`, `GMT`, `±hh:mm`, `±hhmm` or `±hh`. */
  readZone(): boolean {
    this.hasZone = true;
    this.zoneMs = 0;
    if (this.passWord(zulu) || this.passWord(utc) || this.passWord(gmt)) return true;
    const isWest = this.pass(0x2d);
    if (!isWest && !this.pass(0x2b)) return false;
    const hours = this.number(2, 2);
    const hasMinutes = this.pass(0x3a) || this.isDigitHere();
    const minutes = hasMinutes ? this.number(2, 2) : 0;
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return false;
    this.zoneMs = (hours * HOUR_MS + minutes * MINUTE_MS) * (isWest ? -1 : 1);
    return true;
  }

  /** Takes a time of day; false where no clock shows it. 24:00:00 is the end of the day (ISO 8601). */
  setTime(hour: number, minute: number, second: number, precisionMs: number): boolean {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.precisionMs = precisionMs;
    if (hour === 24) return minute === 0 && second === 0;
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  }
}

const zulu = Uint8Array.of(0x7a);
const utc = Uint8Array.of(0x75, 0x74, 0x63);
const gmt = Uint8Array.of(0x67, 0x6d, 0x74);
