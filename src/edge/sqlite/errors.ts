import { Fault } from '../../domain/fault.ts';
import type { Facts, Retry } from '../../domain/fault.ts';

export const storeCodes = {
  'store-missing': 'after-operator',
  'store-unsafe': 'after-operator',
  'store-version': 'after-operator',
  'store-busy': 'later',
} as const satisfies Record<string, Retry>;

export type StoreCode = keyof typeof storeCodes;

/** The database cannot be used as it must be used, or not now. */
export class StoreFault extends Fault<StoreCode> {
  constructor(code: StoreCode, facts: Facts = {}, cause?: unknown) {
    super(code, storeCodes[code], facts, cause);
  }
}
