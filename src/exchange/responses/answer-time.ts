import type { BatchRow } from '../handoff/handoff-register.ts';

/**
 * When the recipient of a batch could first have it: of a file that they fetch, when they first opened it (while nobody has,
 * when it was offered). Stored once, however far they have read since.
 */
export function leftAt({ availableAt, changedAt }: BatchRow): Date {
  return availableAt ?? changedAt;
}

/** How far the clock of whoever answers may be behind ours. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * The earliest moment, in milliseconds since 1970, at which an answer to what left at `leftAt` can have been signed. No
 * latest one: a signature from the future is refused as such, and an answer may be signed long after.
 */
export function earliestSignature(leftAt: Date): number {
  return leftAt.getTime() - CLOCKS_DIFFER_MS;
}
