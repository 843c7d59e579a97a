/** One exposure window as moments: `fromMs` <= t < `toMs`, milliseconds since the epoch. */
export interface ScopeWindow {
  readonly name: string;
  /** Undefined: every channel that is not excluded. */
  readonly channels?: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Accepts records of `recovered` sources only. */
  readonly listedOnly: boolean;
}

/** What of an incident decides whether a record counts. */
export interface Scope {
  readonly mode: 'drill' | 'live';
  /** Zone of wall-clock times in sources that name none. */
  readonly timeZone: string;
  /** At most `WINDOWS_MAX`. */
  readonly windows: readonly ScopeWindow[];
  readonly excludedChannels: readonly string[];
  /** Held reasons that a person accepted; those no one may accept (`acceptableReasons`) have no effect. */
  readonly acceptHeld: readonly string[];
  /** Cards whose expiry lies before this month are counted as expired. */
  readonly today: { readonly year: number; readonly month: number };
}
