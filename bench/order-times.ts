import { between } from '../tests/support/seeded-cards.ts';

const days = Array.from({ length: 115 }, (_, day) =>
  new Date(Date.UTC(2019, 11, 16 + day)).toISOString().slice(0, 10),
);

/** `2020-01-05 10:00:00`: a moment inside the exposure window of the web shop, Japanese time. */
export function exposedMoment(rng: () => number): string {
  const time = [between(rng, 0, 23), between(rng, 0, 59), between(rng, 0, 59)].map(two).join(':');
  return `${days[between(rng, 0, days.length - 1)]!} ${time}`;
}

/** `2020-01-05`: a day inside that window. */
export function exposedDay(rng: () => number): string {
  return days[between(rng, 0, days.length - 1)]!;
}

/** Two digits. */
export function two(value: number): string {
  return String(value).padStart(2, '0');
}
