import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const configurationCodes = {
  /** a live workspace whose configuration nobody approved yet */
  'configuration-unapproved': 'after-operator',
  /** the files say what is in force, or what is proposed already */
  'configuration-unchanged': 'after-operator',
  /** `configuration`: as typed; no version begins so, or several do */
  'configuration-unknown': 'never',
  /** `configuration`: it was adopted or dropped before */
  'configuration-settled': 'never',
  /** `configuration`: another version came into force since it was proposed */
  'configuration-stale': 'after-operator',
  /** `configuration`: the files say something else by now */
  'configuration-differs': 'after-operator',
  /** `officer`: the same id or the same certificate as the proposer's */
  'approver-is-proposer': 'after-operator',
  /** `officer`, `configuration` */
  'configuration-approved-twice': 'never',
  /** `configuration`, `reason` (missing, other): the statement that a signature from elsewhere is over */
  'configuration-statement': 'after-operator',
  /** `configuration`: the stored bytes are not those of this digest, or not readable */
  'configuration-damaged': 'after-operator',
  /** `configuration`, `found`: what does not hold of the signatures and leaves that it rests on */
  'configuration-unproven': 'after-operator',
  /** `configuration`: it has started and can only be replaced */
  'configuration-started': 'never',
} as const satisfies Record<string, Retry>;

export type ConfigurationCode = keyof typeof configurationCodes;

/** A configuration cannot be proposed, approved, dropped or relied on as asked. */
export class ConfigurationFault extends Fault<ConfigurationCode> {
  constructor(code: ConfigurationCode, facts: Facts = {}, cause?: unknown) {
    super(code, configurationCodes[code], facts, cause);
  }
}
