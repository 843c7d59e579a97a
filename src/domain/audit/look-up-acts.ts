/** Acts about questions of callers. What was asked for is in none of them. */
export const lookUpActs = {
  'look-up': {
    by: 'code',
    /** Each one that was looked through; empty where there were too many to name. */
    incidents: 'ids',
    /** Of these then: how many, and SHA-256 over their sorted ids with U+000A after each. */
    searched: 'count?',
    searchedSha256: 'digest?',
    found: 'count',
    reason: 'commitment?',
  },
} as const;
