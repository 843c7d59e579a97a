import { Fault } from '../../domain/fault.ts';
import type { Facts, Retry } from '../../domain/fault.ts';

export const keyCodes = {
  'passphrase-missing': 'after-operator',
  'passphrase-too-short': 'after-operator',
  'passphrase-malformed': 'after-operator',
  'passphrase-not-repeated': 'after-operator',
  'passphrase-interrupted': 'after-operator',
  'passphrase-wrong': 'after-operator',
  'credential-wrong': 'after-operator',
  'credential-malformed': 'after-operator',
  'key-file-altered': 'never',
  'key-file-other-workspace': 'after-operator',
  'key-purpose-refused': 'never',
  'key-ring-closed': 'never',
  'secret-size-refused': 'never',
  'wrapped-key-altered': 'never',
  'log-origin-differs': 'never',
} as const satisfies Record<string, Retry>;

export type KeyCode = keyof typeof keyCodes;

/** A key or passphrase cannot be used. Facts name files and purposes, never a secret or its length. */
export class KeyFault extends Fault<KeyCode> {
  constructor(code: KeyCode, facts: Facts = {}, cause?: unknown) {
    super(code, keyCodes[code], facts, cause);
  }
}
