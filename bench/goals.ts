import type { PrepareLine } from './report.ts';

/** What a prepare of a million records must keep on two cores. */
const recordsMax = 1_000_000;
const secondsMax = 20;
const memoryMibMax = 512;

export interface Goal {
  readonly goal: string;
  readonly limit: number;
  readonly measured: number;
  readonly holds: boolean;
}

/**
 * Holds the prepares of `records` against the goals. Up to a million records must keep them; more are not judged, and
 * there is no goal then.
 */
export function judge(lines: readonly PrepareLine[], records: number): Goal[] {
  return lines
    .filter((line) => line.records === records && records <= recordsMax)
    .flatMap(({ file, oursSeconds, oursMib }) => [
      goal(`${file}: seconds to prepare`, secondsMax, oursSeconds, oursSeconds < secondsMax),
      goal(`${file}: MiB at peak`, memoryMibMax, oursMib, oursMib <= memoryMibMax),
    ]);
}

function goal(name: string, limit: number, measured: number, holds: boolean): Goal {
  return { goal: name, limit, measured, holds };
}

export function goalLine({ goal: name, limit, measured, holds }: Goal): string {
  return `${holds ? 'holds' : 'MISSED'}  ${name}: ${measured.toFixed(1)} of ${limit}`;
}
