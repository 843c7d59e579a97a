import { Fault } from '../../domain/fault.ts';
import type { Facts, Retry } from '../../domain/fault.ts';

/** How a demo ends before its end, other than by what any handoff may run into. */
export const demoCodes = {
  'demo-partner-lost': 'later',
} as const satisfies Record<string, Retry>;

export type DemoCode = keyof typeof demoCodes;

/** The process that plays everybody else ended, or stopped answering; `reason` says which. */
export class DemoFault extends Fault<DemoCode> {
  constructor(code: DemoCode, facts: Facts = {}, cause?: unknown) {
    super(code, demoCodes[code], facts, cause);
  }
}
