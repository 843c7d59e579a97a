import type { Language } from './language.ts';

/** `3,402`. The same in both languages (ux: numbers are half-width with commas). */
export function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

const sizeUnits = ['KB', 'MB', 'GB', 'TB'] as const;

/** `812 bytes`, `74 KB`, `1.2 MB`: decimal units, three digits at most. */
export function sizeIn(bytes: number, language: Language): string {
  if (bytes < 1000) {
    return language === 'ja'
      ? `${figure(bytes)}バイト`
      : `${figure(bytes)} byte${bytes === 1 ? '' : 's'}`;
  }
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < sizeUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const shown = value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));
  return `${shown} ${sizeUnits[unit]!}`;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `1.2 s`, `41 min`, `3 h 5 min`, `2 days 4 h`; `41分`, `2日4時間`. Two units at most, rounded down. Negative is 0. */
export function durationIn(ms: number, language: Language): string {
  const span = Math.max(0, ms);
  const isJapanese = language === 'ja';
  const whole = (unit: number, within = Infinity): number => Math.floor((span % within) / unit);
  if (span < 10 * second) {
    const seconds = (Math.floor(span / 100) / 10).toFixed(1);
    return isJapanese ? `${seconds}秒` : `${seconds} s`;
  }
  if (span < minute) return isJapanese ? `${whole(second)}秒` : `${whole(second)} s`;
  if (span < hour) return isJapanese ? `${whole(minute)}分` : `${whole(minute)} min`;
  if (span < day) {
    const minutes = whole(minute, hour);
    if (isJapanese) return `${whole(hour)}時間${minutes > 0 ? `${minutes}分` : ''}`;
    return `${whole(hour)} h${minutes > 0 ? ` ${minutes} min` : ''}`;
  }
  const days = whole(day);
  const hours = whole(hour, day);
  if (isJapanese) return `${figure(days)}日${hours > 0 && days < 10 ? `${hours}時間` : ''}`;
  return `${figure(days)} day${days === 1 ? '' : 's'}${hours > 0 && days < 10 ? ` ${hours} h` : ''}`;
}

/** `2026-11-22 02:14 JST`: the wall clock of a zone, with the zone named. */
export function timeIn(at: Date, timeZone: string): string {
  return `${dayIn(at, timeZone)} ${clockIn(at, timeZone)}`;
}

/** `02:14 JST`. */
export function clockIn(at: Date, timeZone: string): string {
  const { hour: hours, minute: minutes } = partsOf(at, timeZone);
  return `${hours}:${minutes} ${zoneName(at, timeZone)}`;
}

/** `2026-11-22`, the day it is in a zone. */
export function dayIn(at: Date, timeZone: string): string {
  const { year, month, day: date } = partsOf(at, timeZone);
  return `${year}-${month}-${date}`;
}

/** Days in a text as a file has them, `2019-12-16`, in the form of a Japanese reader: `2019/12/16`. */
export function withSlashes(text: string): string {
  return text.replaceAll(/(\d{4})-(\d{2})-(\d{2})/gu, '$1/$2/$3');
}

/** The same as a letter writes them and a voice says them, `2019年12月16日`; a time behind one stays as it is. */
export function writtenOut(text: string): string {
  return text.replaceAll(
    /(\d{4})-(\d{2})-(\d{2})T?/gu,
    (_, year: string, month: string, day: string) => `${year}年${Number(month)}月${Number(day)}日`,
  );
}

function partsOf(at: Date, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

function zoneName(at: Date, timeZone: string): string {
  // ICU abbreviates this zone in the Japanese locale only.
  if (timeZone === 'Asia/Tokyo') return 'JST';
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' });
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value;
  return (name ?? timeZone).replace(/^GMT(?=[+-])/, 'UTC');
}

/** The first eight digits of a digest, `9f2c 41aa …`. Two groups at most stand together: more could read as a card. */
export function shortDigest(hex: string): string {
  return `${groupsOf(hex.slice(0, 8)).join(' ')}${hex.length > 8 ? ' …' : ''}`;
}

/**
 * A whole fingerprint or digest in groups of four, two by two: `4F2A 91C0  5D13 7E21  …`. The double spaces make it
 * easier to read out, and keep sixteen decimal digits in a row from being taken for a card number.
 */
export function fingerprintGroups(hex: string): string {
  const groups = groupsOf(hex);
  const pairs = groups.flatMap((group, at) =>
    at % 2 === 0 ? [[group, groups[at + 1]].filter((part) => part !== undefined).join(' ')] : [],
  );
  return pairs.join('  ');
}

function groupsOf(hex: string): string[] {
  return hex.match(/.{1,4}/gu) ?? [];
}
