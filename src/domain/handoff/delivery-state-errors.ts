import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const deliveryStateCodes = { 'state-forbids': 'never' } as const satisfies Record<
  string,
  Retry
>;

export type DeliveryStateCode = keyof typeof deliveryStateCodes;

/** An act was asked for that the state of the batch does not allow; `facts` name the state and the event. */
export class DeliveryStateFault extends Fault<DeliveryStateCode> {
  constructor(code: DeliveryStateCode, facts: Facts = {}, cause?: unknown) {
    super(code, deliveryStateCodes[code], facts, cause);
  }
}
