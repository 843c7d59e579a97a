import { Fault, type Facts, type Retry } from '../fault.ts';

export const incidentCodes = {
  /** `incident` */
  'incident-unknown': 'never',
  'incident-exists': 'never',
  'incident-closed': 'never',
  /** `incident`: between reading it and changing it, somebody else changed it or a handoff of it */
  'incident-changed': 'later',
  /** `window`, `from`, `to` */
  'window-reversed': 'after-operator',
  /** `window` */
  'window-name-repeated': 'after-operator',
  /** `merchant`: an id or number that two of them have */
  'merchant-repeated': 'after-operator',
  /**
   * `merchant`, `incident` (none where several are meant), `known` (the first that there are), and where it is named:
   * `window`, `route`, `source` or `line` (1-based)
   */
  'merchant-unknown': 'after-operator',
  /** `merchant` */
  'merchant-without-window': 'after-operator',
  /**
   * `incident`, and where one is named: `source` (1-based), `route` (1-based) or `window`; the incident has no tables
   * of merchants
   */
  'merchants-absent': 'after-operator',
  /** `incident`, `source` (number) */
  'look-up-by-name-off': 'after-operator',
  /** `channel`, `window`: in a window and excluded at once */
  'channel-contradiction': 'after-operator',
  /** `route` (1-based) */
  'route-without-condition': 'after-operator',
  /** `route`, `brand` */
  'route-brand-unknown': 'after-operator',
  /** `route` (1-based, or 0 for the default recipient), `recipient` */
  'route-recipient-unknown': 'after-operator',
  /** `route`, `recipient` */
  'route-recipient-disabled': 'after-operator',
  /** `event` */
  'start-event-unknown': 'never',
  /** `event`: withdrawn, though nobody recorded it */
  'start-event-unrecorded': 'never',
  /** `event` or `clock`, `at` (as typed), `timeZone` */
  'clock-time-ahead': 'never',
  /** `clock` */
  'clock-unknown': 'never',
  /** `incident`, `subject`: somebody else recorded it at the same moment */
  'clock-entry-changed': 'later',
  /** `year`, `first`, `last`: the holiday table does not have the year */
  'holiday-year-missing': 'after-operator',
} as const satisfies Record<string, Retry>;

export type IncidentCode = keyof typeof incidentCodes;

/** An incident contradicts itself, or names what does not exist. */
export class IncidentFault extends Fault<IncidentCode> {
  constructor(code: IncidentCode, facts: Facts = {}, cause?: unknown) {
    super(code, incidentCodes[code], facts, cause);
  }
}
