/** Acts about what recipients answer about references. */
export const responseActs = {
  'response-import': {
    batch: 'id',
    handoff: 'id',
    recipient: 'id',
    sha256: 'digest',
    contentSha256: 'digest',
    bytes: 'count',
    fingerprint: 'fingerprint?',
    resolved: 'count',
    notFound: 'count',
    changed: 'count',
    differing: 'count',
    answeredBy: 'commitment?',
    reason: 'commitment?',
  },
  'response-refused': {
    batch: 'id',
    handoff: 'id',
    recipient: 'id',
    code: 'code',
    line: 'count?',
  },
  'response-settle': {
    batch: 'id',
    handoff: 'id',
    recipient: 'id',
    unanswered: 'count',
    notFound: 'count',
    reason: 'commitment?',
  },
} as const;
