import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const keyLifeCodes = {
  /** `purpose`, `fingerprint`: an earlier key of that kind is still on its way out */
  'key-still-retiring': 'after-operator',
  /** `purpose`: there is no key on its way out */
  'key-not-retiring': 'never',
  /** `purpose`, `fingerprint`: a key was asked for that is retired */
  'key-retired': 'never',
  /** the workspace has a credential already */
  'credential-exists': 'after-operator',
  /** the workspace has no credential; from src/edge/keys with `file` */
  'credential-none': 'after-operator',
  /** `file`: the secret would lie beside what it opens */
  'credential-inside-workspace': 'after-operator',
} as const satisfies Record<string, Retry>;

export type KeyLifeCode = keyof typeof keyLifeCodes;

/** One of our keys, or the credential, cannot be made, replaced or retired as asked. */
export class KeyLifeFault extends Fault<KeyLifeCode> {
  constructor(code: KeyLifeCode, facts: Facts = {}, cause?: unknown) {
    super(code, keyLifeCodes[code], facts, cause);
  }
}
