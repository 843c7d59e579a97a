/** Acts about who is told: lists for letters, and what became of them. */
export const noticeActs = {
  'notices-export': {
    incident: 'id',
    handoffs: 'ids',
    merchant: 'id?',
    rows: 'count',
    references: 'count',
    withoutCard: 'counts?',
    withoutOrder: 'count?',
    charset: 'code',
    bytes: 'count',
    sha256: 'digest',
  },
  'notices-record': {
    incident: 'id',
    steps: 'counts',
    added: 'count',
    known: 'count?',
    unknown: 'count?',
    source: 'digest',
  },
} as const;
