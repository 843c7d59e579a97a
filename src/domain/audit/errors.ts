import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const auditCodes = {
  'leaf-too-large': 'never',
  'leaf-card-number': 'never',
  'leaf-field-refused': 'never',
  'leaf-malformed': 'never',
  'log-unsigned': 'after-operator',
  'log-entry-missing': 'after-operator',
  /** `size`: entries that do not lead to the root of the tree beside them; `index` of the one where it is known */
  'log-altered': 'after-operator',
  'entry-unproven': 'after-operator',
  'checkpoint-unusable': 'after-operator',
  'anchor-malformed': 'after-operator',
  'anchor-other-log': 'after-operator',
  'anchor-ahead': 'after-operator',
  'anchor-forked': 'after-operator',
  'anchor-missing': 'after-operator',
  /** `recovered`: the part of the anchor of a recovered log that this log does not know */
  'anchor-recovered': 'after-operator',
  /** `path` of the statement to sign where the officer was named: in live mode another anchor takes two officers */
  'anchor-second-required': 'after-operator',
  /** `officer` */
  'anchor-second-same': 'after-operator',
  /** `path` of a statement to sign anew: what was signed is not what stands now, or too old */
  'anchor-statement-old': 'after-operator',
  'recovery-not-needed': 'never',
  'recovery-unknown-successor': 'after-operator',
  'recovery-statement': 'after-operator',
  'recovery-own-request': 'after-operator',
} as const satisfies Record<string, Retry>;

export type AuditCode = keyof typeof auditCodes;

export class AuditFault extends Fault<AuditCode> {
  constructor(code: AuditCode, facts: Facts = {}, cause?: unknown) {
    super(code, auditCodes[code], facts, cause);
  }
}
