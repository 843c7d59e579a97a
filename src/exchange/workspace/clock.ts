/** The time of day. A use case reads it through this port only, so that a test decides what time it is. */
export interface Clock {
  now(): Date;
}

/** Waiting. `sleep` ends early, without an error, when the signal is aborted. */
export interface Pause {
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}
