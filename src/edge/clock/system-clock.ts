import type { Clock } from '../../exchange/workspace/clock.ts';

/** The clock of the machine. Whether it is right is the doctor's question, not this file's. */
export const systemClock: Clock = {
  now: () => new Date(),
};
