import type { Clock } from '../../exchange/clock.ts';
import { systemClock } from './system-clock.ts';

/**
 * The time of day for one command, and what its officer signed: every leaf that is written with it says both. A command
 * is one process, so nothing else writes with it.
 */
export class CommandClock implements Clock {
  #signed: string | undefined;

  now(): Date {
    return systemClock.now();
  }

  get signed(): string | undefined {
    return this.#signed;
  }

  /** From here on leaves carry the digest of this statement. */
  signedAs(sha256: string): void {
    this.#signed = sha256;
  }
}
