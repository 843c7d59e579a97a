import type { SeededRandom } from './seeded-random.ts';

// Wall-clock times of the shop, kept as if they were UTC: nothing here has to know about zones.

/** The web window of config/incidents/shop-a.toml: from the first moment of one day to the last of another. */
const webFirst = Date.UTC(2019, 11, 16, 0, 0, 0);
const webLast = Date.UTC(2020, 3, 8, 23, 59, 59);
const exportFirst = Date.UTC(2019, 8, 1, 0, 0, 0);
const beforeWeb = webFirst - 1_000;

/** A moment inside the web window. */
export function insideWindow(random: SeededRandom): number {
  return moment(random, webFirst, webLast);
}

/** A moment of the export before the web window. */
export function beforeWindow(random: SeededRandom): number {
  return moment(random, exportFirst, beforeWeb);
}

/** The seconds at which the window opens and closes, and the one before: where a mistake would show. */
export const edges = { first: webFirst, last: webLast, before: beforeWeb } as const;

/** `2020/01/09 18:04:33`, and on some rows `2020/1/9 18:04`, as a spreadsheet leaves it. */
export function dateText(atMs: number, isShort: boolean): string {
  const at = new Date(atMs);
  const parts = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  if (isShort) return `${parts.join('/')} ${time}`;
  return `${parts.map((part) => two(part)).join('/')} ${time}:${two(at.getUTCSeconds())}`;
}

function moment(random: SeededRandom, from: number, to: number): number {
  return random.between(from / 1_000, to / 1_000) * 1_000;
}
