/**
 * What became of a file that was brought. `arrived`: it lies here, encrypted, and waits; of an answer, nobody has opened it.
 * `collected`: it was taken in as the answer about a batch. `repeated`: it says again what was taken in before.
 * `quarantined`: it was refused, and lies here until an officer says what becomes of it. `settled`: they did.
 * `cleared`: a source whose bytes were removed. A source has no other states than `arrived` and `cleared`.
 */
export const arrivalStates = [
  'arrived',
  'collected',
  'repeated',
  'quarantined',
  'settled',
  'cleared',
] as const;
export type ArrivalState = (typeof arrivalStates)[number];

/** States in which the file itself lies here. */
export const lyingHere = ['arrived', 'quarantined'] as const satisfies readonly ArrivalState[];

export interface ArrivalTransition {
  readonly from: readonly ArrivalState[];
  readonly to: ArrivalState;
  /** What shows it, for docs/states.md. */
  readonly evidence: string;
}

/** What may become of such a file. Its bytes are removed on leaving `arrived` and `quarantined` for another state. */
export const arrivalTransitions = {
  collect: {
    from: ['arrived', 'quarantined'],
    to: 'collected',
    evidence: 'an answer with this digest was taken in',
  },
  repeat: {
    from: ['arrived'],
    to: 'repeated',
    evidence: 'what it says was taken in before, in these bytes or in others',
  },
  quarantine: {
    from: ['arrived'],
    to: 'quarantined',
    evidence: 'the process that reads answers refused it, by a code',
  },
  settle: {
    from: ['quarantined'],
    to: 'settled',
    evidence: 'the command of an officer, with its reason',
  },
  clear: {
    from: ['arrived'],
    to: 'cleared',
    evidence: 'a source: the removal of its bytes by an officer, or with its incident',
  },
} as const satisfies Record<string, ArrivalTransition>;

export type ArrivalEvent = keyof typeof arrivalTransitions;
