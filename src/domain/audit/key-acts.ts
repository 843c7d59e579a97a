/** Acts about how long keys may be used, and about what follows them. */
export const keyActs = {
  'key-ending': {
    purpose: 'code',
    key: 'id',
    fingerprint: 'fingerprint?',
    pin: 'pin?',
    kind: 'code',
    days: 'count',
    ends: 'instant',
  },
  'key-rotate': {
    purpose: 'code',
    algorithm: 'code',
    pin: 'pin',
    replaced: 'pin',
    reason: 'commitment?',
  },
  'key-retire': { purpose: 'code', pin: 'pin', reason: 'commitment?' },
} as const;
