import type { PrepareLine, ThroughputLine } from './report.ts';

/** What a prepare of a million records must keep on two cores. */
const recordsMax = 1_000_000;
const secondsMax = 20;
const memoryMibMax = 512;
/** Of what OpenSSH's server gives the same client. */
const pickupRatioMin = 0.4;

export interface Goal {
  readonly goal: string;
  readonly limit: number;
  readonly measured: number;
  readonly holds: boolean;
}

/**
 * Holds the prepares of `records` and the pickup server against the goals. Up to a million records must keep them; more
 * are not judged, and there is no goal for them then.
 */
export function judge(
  prepares: readonly PrepareLine[],
  throughput: readonly ThroughputLine[],
  records: number,
): Goal[] {
  const judged = prepares
    .filter((line) => line.records === records && records <= recordsMax)
    .flatMap(({ file, oursSeconds, oursMib }) => [
      goal(`${file}: seconds to prepare`, secondsMax, oursSeconds, oursSeconds < secondsMax),
      goal(`${file}: MiB at peak`, memoryMibMax, oursMib, oursMib <= memoryMibMax),
    ]);
  const pickups = throughput
    .filter(({ what }) => what === 'pickup')
    .map(({ ratio }) => {
      const name = 'pickup: as fast as OpenSSH, times';
      return goal(name, pickupRatioMin, ratio, ratio >= pickupRatioMin);
    });
  return [...judged, ...pickups];
}

function goal(name: string, limit: number, measured: number, holds: boolean): Goal {
  return { goal: name, limit, measured, holds };
}

export function goalLine({ goal: name, limit, measured, holds }: Goal): string {
  return `${holds ? 'holds' : 'MISSED'}  ${name}: ${measured.toFixed(measured < 10 ? 2 : 1)} of ${limit}`;
}
