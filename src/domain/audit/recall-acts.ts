/** Cards of handed-off batches that are recalled, or of which somebody says that they are dealt with. */
export const recallActs = {
  'recall-settle': {
    batch: 'id',
    handoff: 'id',
    recipient: 'id',
    cards: 'count',
    untold: 'count',
    reason: 'commitment?',
  },
  'handoff-recall': {
    handoff: 'id',
    incident: 'id',
    mode: 'code',
    basis: 'code',
    cards: 'count',
    batches: 'ids',
    recalled: 'ids',
    reason: 'commitment?',
    planSha256: 'digest',
    reviewSha256: 'digest',
  },
} as const;
