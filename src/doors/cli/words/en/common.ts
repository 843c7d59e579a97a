import type { DeliveryState } from '../../../../domain/handoff/delivery-states.ts';
import { figure } from '../../figures.ts';

const of = (n: number, one: string, many: string): string => `${figure(n)} ${n === 1 ? one : many}`;

/** Words that several screens share. One word per thing: docs/glossary.md. */
export const commonWords = {
  mode: { live: 'LIVE', drill: 'DRILL' },
  list: { interim: 'interim list', final: 'final list', extension: 'extension' },
  cards: (n: number) => of(n, 'card', 'cards'),
  /** Where the neighbourhood says that cards are counted. */
  cardCount: (n: number) => of(n, 'card', 'cards'),
  records: (n: number) => of(n, 'record', 'records'),
  issuers: (n: number) => of(n, 'issuer', 'issuers'),
  files: (n: number) => of(n, 'file', 'files'),
  batches: (n: number) => of(n, 'batch', 'batches'),
  unknownIssuer: 'unknown issuer',
  unknownBrand: 'unknown brand',
  until: (day: string) => `until ${day}`,
  noEnd: 'no end date',
  next: 'Next',
  then: 'Then',
  /** Between the members of a list in a sentence. */
  comma: ', ',
  standardInput: 'standard input',
  sourceKind: { orders: 'orders', recovered: 'recovered' },
  signedBy: (sender: string) => `signed by ${sender}`,
  batchState: {
    built: 'built',
    approved: 'approved',
    sending: 'sending',
    publishing: 'publishing',
    stored: 'stored',
    presumed: 'presumed',
    conflict: 'conflict',
    written: 'written',
    failed: 'failed',
    expired: 'expired',
    cancelled: 'cancelled',
  } satisfies Record<DeliveryState, string> as Record<DeliveryState, string>,
  handoffState: {
    preparing: 'being prepared',
    unsigned: "waits for its requester's signature",
    undecided: 'waits for approval',
    approve: 'approved',
    decline: 'declined',
    cancel: 'cancelled',
    decided: 'decided',
    'nothing-to-send': 'nothing to send',
  },
};

export type CommonWords = typeof commonWords;
