import type { Clock } from '../../exchange/workspace/clock.ts';
import { systemClock } from './system-clock.ts';

/**
 * The time of day for one command, and what its officer signed: every leaf that is written with it says both. A command
 * is one process; a dialogue, which runs several one after another, says where one ends.
 */
export class CommandClock implements Clock {
  #signed: string | undefined;

  now(): Date {
    return systemClock.now();
  }

  get signed(): string | undefined {
    return this.#signed;
  }

  /** From here on leaves carry the digest of this statement; undefined: of none. */
  signedAs(sha256: string | undefined): void {
    this.#signed = sha256;
  }
}
