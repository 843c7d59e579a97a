/** One exposure window as moments: `fromMs` <= t < `toMs`, milliseconds since the epoch. */
export interface ScopeWindow {
  /** Windows of several merchants may share a name, and then channels and `listedOnly` too. */
  readonly name: string;
  /** Ids of the merchants whose window it is; undefined: all. */
  readonly merchants?: readonly string[];
  /** Undefined: every channel that is not excluded. */
  readonly channels?: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** Accepts records of `recovered` sources only. */
  readonly listedOnly: boolean;
}

/** A merchant as sources name it. */
export interface ScopeMerchant {
  readonly id: string;
  readonly number?: string;
}

/** What of an incident decides whether a record counts. */
export interface Scope {
  readonly mode: 'drill' | 'live';
  /** Zone of wall-clock times in sources that name none. */
  readonly timeZone: string;
  /** The merchants of an incident that lists them; undefined where there is but one, without an id. */
  readonly merchants?: readonly ScopeMerchant[];
  /** At most `WINDOWS_MAX` names. */
  readonly windows: readonly ScopeWindow[];
  readonly excludedChannels: readonly string[];
  /** Held reasons that a person accepted; those no one may accept (`acceptableReasons`) have no effect. */
  readonly acceptHeld: readonly string[];
  /** Cards whose expiry lies before this month are counted as expired. */
  readonly today: { readonly year: number; readonly month: number };
}
