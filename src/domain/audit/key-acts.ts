/** Acts about how long keys may be used. */
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
} as const;
