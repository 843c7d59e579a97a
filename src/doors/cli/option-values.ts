import { InvalidArgumentError } from 'commander';

/** Collects a repeatable option. */
export function collect(value: string, all: readonly string[] = []): readonly string[] {
  return [...all, value];
}

/** Parses `a=x,b=y`; a key may come again in a later option. */
export function pairs(
  value: string,
  all: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const entries = value.split(',').map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1 || at === pair.length - 1) {
      throw new InvalidArgumentError('expected name=column, several separated by commas');
    }
    return [pair.slice(0, at).trim().replaceAll('-', '_'), pair.slice(at + 1).trim()];
  });
  return { ...all, ...(Object.fromEntries(entries) as Record<string, string>) };
}

/** A whole number of at least 1. */
export function positiveNumber(value: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(value)) throw new InvalidArgumentError('expected a whole number');
  return Number(value);
}

/** The number of an entry of the log, from 0. */
export function entryNumber(value: string): number {
  if (!/^(?:0|[1-9][0-9]{0,11})$/.test(value)) throw new InvalidArgumentError('expected a number');
  return Number(value);
}

const threadsMax = 64;

/** A number of threads, 1 to 64. */
export function threads(value: string): number {
  const count = positiveNumber(value);
  if (count > threadsMax) throw new InvalidArgumentError(`expected ${threadsMax} at most`);
  return count;
}

/** What `--kind` of a sender may be. */
export const senderKinds = ['pfi', 'processor', 'merchant'] as const;
