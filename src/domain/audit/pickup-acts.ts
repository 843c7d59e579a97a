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
    arrival: 'id?',
  },
  'delivery-offered': delivery,
  'delivery-partly-read': { ...delivery, key: 'pin?' },
  'delivery-read': { ...delivery, key: 'pin?' },
  'delivery-taken': { ...delivery, key: 'pin?' },
  /** `answer`: SHA-256 of the file that proves it. */
  'delivery-proved': { ...delivery, answer: 'digest' },
  /**
   * A login, an opening or a putting away that the pickup server refused. `box`: of whom in the configuration; `key`: as it
   * was shown, which proves nothing where `asked` is `login`; `attempts`: of this kind in the same hour, where there were
   * more than have an entry each.
   */
  'pickup-refused': {
    asked: 'code',
    box: 'id?',
    key: 'pin?',
    handoff: 'id?',
    batch: 'id?',
    attempts: 'count?',
  },
  'recipient-test-taken': { test: 'id', recipient: 'id', key: 'pin?' },
} as const;
