import { delivery } from './shared-fields.ts';

/** Acts of what runs by itself, and of recipients who fetch their files; each by the key they proved to hold. */
export const pickupActs = {
  'serve-start': { pin: 'pin?', port: 'count?' },
  'serve-stop': { pin: 'pin?', port: 'count?' },
  'serve-trouble': { round: 'code' },
  escalation: {
    kind: 'code',
    due: 'instant',
    incident: 'id?',
    handoff: 'id?',
    batch: 'id?',
    recipient: 'id?',
    merchant: 'id?',
    clock: 'code?',
  },
  'delivery-offered': delivery,
  'delivery-partly-read': { ...delivery, key: 'pin?' },
  'delivery-read': { ...delivery, key: 'pin?' },
  'delivery-taken': { ...delivery, key: 'pin?' },
  /** `answer`: SHA-256 of the file that proves it. */
  'delivery-proved': { ...delivery, answer: 'digest' },
  'recipient-test-taken': { test: 'id', recipient: 'id', key: 'pin?' },
} as const;
