import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const keyLifeCodes = {
  /** `purpose`, `fingerprint`: an earlier key of that kind is still on its way out */
  'key-still-retiring': 'after-operator',
  /** `purpose`: there is no key on its way out */
  'key-not-retiring': 'never',
  /** `purpose`, `fingerprint`: a key was asked for that is retired */
  'key-retired': 'never',
} as const satisfies Record<string, Retry>;

export type KeyLifeCode = keyof typeof keyLifeCodes;

/** One of our keys cannot be replaced or retired as asked. */
export class KeyLifeFault extends Fault<KeyLifeCode> {
  constructor(code: KeyLifeCode, facts: Facts = {}, cause?: unknown) {
    super(code, keyLifeCodes[code], facts, cause);
  }
}
