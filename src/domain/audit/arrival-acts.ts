/** Acts about files that recipients brought, before anybody knows which batch they answer. */
export const arrivalActs = {
  'answer-arrived': {
    arrival: 'id',
    recipient: 'id',
    sha256: 'digest',
    bytes: 'count',
    /** `inbox` or `directory`. */
    by: 'code',
    key: 'pin?',
  },
  'answer-refused': { recipient: 'id', by: 'code', code: 'code' },
  'answer-repeated': { arrival: 'id', recipient: 'id', sha256: 'digest', batch: 'id' },
  'answer-quarantined': {
    arrival: 'id',
    recipient: 'id',
    sha256: 'digest',
    code: 'code',
    line: 'count?',
  },
  'answer-settled': {
    arrival: 'id',
    recipient: 'id',
    code: 'code',
    reason: 'commitment?',
  },
} as const;
