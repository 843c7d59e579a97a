/** Acts about files that were brought: answers before anybody knows about which batch, and sources. */
export const arrivalActs = {
  /** `box`: of the recipient or sender whose key brought it. */
  'source-brought': { arrival: 'id', box: 'id', sha256: 'digest', bytes: 'count', key: 'pin?' },
  'source-not-taken': { box: 'id' },
  'source-settled': { arrival: 'id', box: 'id', reason: 'commitment?' },
  'answer-arrived': {
    arrival: 'id',
    recipient: 'id',
    sha256: 'digest',
    bytes: 'count',
    /** `inbox` or `directory`. */
    by: 'code',
    key: 'pin?',
    /** Of one that came in clear, before we encrypted it. */
    clearBytes: 'count?',
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
