import type { PrepareLine } from './report.ts';

/** What issue 2 asks of a prepare of a million records on two cores. */
const records = 1_000_000;
const secondsMax = 20;
const memoryMibMax = 512;

export interface Goal {
  readonly goal: string;
  readonly limit: number;
  readonly measured: number;
  readonly holds: boolean;
}

/**
 * Holds what was measured against the goals. Files of up to a million records must keep them; larger ones are not
 * judged, and there is no goal then.
 */
export function judge(lines: readonly PrepareLine[]): Goal[] {
  return lines
    .filter((line) => line.records <= records)
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
