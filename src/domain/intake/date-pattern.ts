// Formats of dates that a source declares, such as `DD/MM/YYYY HH:mm`.

export type DatePart =
  | ('year' | 'short-year' | 'month' | 'month-name' | 'day' | 'hour' | 'hour12' | 'minute')
  | ('second' | 'fraction' | 'half-day' | 'zone');

/** One step of a format: a part with its number of digits, spaces, or one character that has to stand there. */
export type DateStep =
  | { readonly part: DatePart; readonly digitsMin: number; readonly digitsMax: number }
  | { readonly part: 'space' }
  | { readonly part: 'literal'; readonly code: number };

const tokens: Readonly<Record<string, readonly [DatePart, number, number]>> = {
  YYYY: ['year', 4, 4],
  YY: ['short-year', 2, 2],
  MMM: ['month-name', 0, 0],
  MM: ['month', 2, 2],
  M: ['month', 1, 2],
  DD: ['day', 2, 2],
  D: ['day', 1, 2],
  HH: ['hour', 2, 2],
  H: ['hour', 1, 2],
  hh: ['hour12', 2, 2],
  h: ['hour12', 1, 2],
  mm: ['minute', 2, 2],
  m: ['minute', 1, 2],
  ss: ['second', 2, 2],
  s: ['second', 1, 2],
  SSS: ['fraction', 1, 9],
  A: ['half-day', 0, 0],
  Z: ['zone', 0, 0],
};

const tokenPattern = /YYYY|YY|MMM|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|SSS|A|Z| +|[^A-Za-z0-9]/y;

/**
 * The steps of a format made of `YYYY YY MMM MM M DD D HH H hh h mm m ss s SSS A Z`, spaces and signs, or undefined
 * where it holds something else, or lacks year, month or day. `YY` is 20YY; `MMM` an English month name cut to three
 * letters; `A` is AM or PM; `Z` is `Z`, `+09:00` or `+0900`.
 */
export function parseDatePattern(text: string): readonly DateStep[] | undefined {
  const steps: DateStep[] = [];
  for (let at = 0; at < text.length;) {
    tokenPattern.lastIndex = at;
    const found = tokenPattern.exec(text)?.[0];
    if (found === undefined) return undefined;
    steps.push(stepOf(found));
    at += found.length;
  }
  const parts = new Set(steps.map(({ part }) => part));
  const hasYear = parts.has('year') || parts.has('short-year');
  const hasMonth = parts.has('month') || parts.has('month-name');
  return hasYear && hasMonth && parts.has('day') ? steps : undefined;
}

function stepOf(token: string): DateStep {
  const known = tokens[token];
  if (known !== undefined) {
    const [part, digitsMin, digitsMax] = known;
    return { part, digitsMin, digitsMax };
  }
  if (token.startsWith(' ')) return { part: 'space' };
  return { part: 'literal', code: token.charCodeAt(0) };
}
