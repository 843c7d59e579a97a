import type { DeliveryState } from '../../../../domain/handoff/delivery-states.ts';
import type { WaiverState } from '../../../../domain/readiness/statements.ts';

/** What screens and faults call states: docs/states.md. Apart from other words, since every start loads them. */
export const stateNames = {
  batch: {
    built: 'built',
    approved: 'approved',
    sending: 'sending',
    publishing: 'publishing',
    stored: 'stored',
    presumed: 'presumed',
    conflict: 'conflict',
    written: 'written',
    offered: 'offered',
    'partly-read': 'partly read',
    read: 'read',
    taken: 'taken',
    failed: 'failed',
    expired: 'expired',
    cancelled: 'cancelled',
    claimed: 'claimed',
    'sent-elsewhere': 'sent elsewhere',
  } satisfies Record<DeliveryState, string> as Record<DeliveryState, string>,
  waiver: {
    'not-requested': 'not requested',
    requested: 'requested',
    granted: 'granted',
    'granted-with-terms': 'granted with terms',
    declined: 'declined',
    'no-answer': 'no answer',
    disputed: 'disputed',
    closed: 'closed',
  } as Readonly<Record<WaiverState, string>>,
};

export type StateNames = typeof stateNames;
