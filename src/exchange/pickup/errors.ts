import { Fault, type Facts, type Retry } from '../../domain/fault.ts';

export const pickupCodes = {
  /** No `[pickup]` in config/mimamori.toml. */
  'pickup-not-configured': 'after-operator',
  /** `address`, `port`, `reason` */
  'pickup-not-listening': 'after-operator',
  /** The process of the pickup server ended by itself. */
  'pickup-server-died': 'later',
  /** There is none before the first start of `serve`. */
  'pickup-host-key-missing': 'after-operator',
  /** Another `serve` runs for this workspace. */
  'serve-running': 'later',
} as const satisfies Record<string, Retry>;

export type PickupCode = keyof typeof pickupCodes;

/** `serve` or its pickup server cannot run. */
export class PickupFault extends Fault<PickupCode> {
  constructor(code: PickupCode, facts: Facts = {}, cause?: unknown) {
    super(code, pickupCodes[code], facts, cause);
  }
}
