import { midnightInJapan, windows } from './shop-incident.ts';
import { between } from './seeded-cards.ts';

const [web, app] = windows;

/** Moments inside a window, as carts and the people who correct them write dates. */
export const orderDates = {
  web: (rng: () => number): string => written(rng, momentIn(rng, web.from, web.to)),
  // A bare date on the window's first day would count as well; whole days later there is no question.
  app: (rng: () => number): string =>
    written(rng, momentIn(rng, midnightInJapan(2020, 2, 2), app.to)),
};

/** A channel and a moment that no window takes; half of them miss by a minute. */
export function outsideDate(rng: () => number): { channel: string; orderedAt: string } {
  const near = [web.from - 60_000, web.to, app.from - 60_000] as const;
  const which = between(rng, 0, 5);
  if (which < near.length) {
    const channel = which === 2 ? 'アプリ' : '本店';
    return { channel, orderedAt: clockTime(near[which]!, '-', ' ') };
  }
  const moment =
    which === 3
      ? momentIn(rng, midnightInJapan(2015, 1, 1), web.from)
      : momentIn(rng, web.to, midnightInJapan(2021, 1, 1));
  return { channel: '本店', orderedAt: written(rng, moment) };
}

/** A whole minute. */
function momentIn(rng: () => number, from: number, to: number): number {
  return from + between(rng, 0, (to - from) / 60_000 - 1) * 60_000;
}

const forms: readonly ((ms: number) => string)[] = [
  (ms) => `${clockTime(ms, '-', ' ')}:05`,
  (ms) => `${clockTime(ms, '-', 'T')}:05+09:00`,
  (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`,
  (ms) => clockTime(ms, '/', ' '),
  (ms) => dateOf(ms).map(String).join('/'),
  (ms) => dateOf(ms).map(padded).join(''),
  (ms) => kanjiDate(ms),
  (ms) => `${kanjiDate(ms)}${inJapan(ms).getUTCHours()}時${inJapan(ms).getUTCMinutes()}分`,
  (ms) => fullWidth(clockTime(ms, '/', ' ')),
  (ms) => `${clockTime(ms, '-', ' ')}:05.123456`,
];

function written(rng: () => number, ms: number): string {
  return forms[between(rng, 0, forms.length - 1)]!(ms);
}

function inJapan(ms: number): Date {
  return new Date(ms + 9 * 3_600_000);
}

function dateOf(ms: number): [number, number, number] {
  const local = inJapan(ms);
  return [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
}

function clockTime(ms: number, separator: string, before: string): string {
  const local = inJapan(ms);
  const time = [local.getUTCHours(), local.getUTCMinutes()].map(padded).join(':');
  return `${dateOf(ms).map(padded).join(separator)}${before}${time}`;
}

function kanjiDate(ms: number): string {
  const [year, month, day] = dateOf(ms);
  return `${year}年${month}月${day}日`;
}

function fullWidth(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}
