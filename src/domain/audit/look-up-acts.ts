/** Acts about questions of callers. What was asked for is in none of them. */
export const lookUpActs = {
  'look-up': {
    by: 'code',
    incidents: 'ids',
    found: 'count',
    reason: 'commitment?',
  },
} as const;
