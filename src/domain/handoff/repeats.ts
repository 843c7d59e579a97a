const MINUTE_MS = 60_000;

/** After each failed run of a delivery, how long until the machine begins the next one. After the last a person looks. */
const waitsMs = [5, 15, 60, 240, 480].map((minutes) => minutes * MINUTE_MS);

/** When a delivery that failed at `failedAt` may be begun again, after `repeats` times already; undefined: by a person. */
export function repeatAt(failedAt: Date, repeats: number): Date | undefined {
  const waitMs = waitsMs[repeats];
  return waitMs === undefined ? undefined : new Date(failedAt.getTime() + waitMs);
}
