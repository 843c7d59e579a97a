/** Acts about what card companies, or who speaks for them, told us. */
export const toldActs = {
  'incident-told': {
    incident: 'id',
    subject: 'code',
    outcome: 'code',
    replaced: 'code?',
    recipient: 'id?',
    issuer: 'commitment?',
    since: 'instant?',
    day: 'code?',
    saidAt: 'instant',
    channel: 'code?',
    by: 'commitment?',
    terms: 'commitment?',
    condition: 'commitment?',
    invoice: 'commitment?',
    feeBy: 'code?',
    unitPrice: 'count?',
    cap: 'count?',
    currency: 'id?',
    reissued: 'code?',
    validFrom: 'code?',
    validUntil: 'code?',
    reason: 'commitment?',
    evidence: 'digest?',
    bytes: 'count?',
  },
  'waiver-exceptions': {
    incident: 'id',
    issuer: 'commitment?',
    /** Cards by what holds for them from here on. */
    exceptions: 'counts',
    saidAt: 'instant',
    channel: 'code',
    by: 'commitment?',
    reason: 'commitment?',
    /** Digest of the table that was handed in, and random bytes, as `files` of a letter: a short table names one card. */
    source: 'commitment?',
    evidence: 'digest?',
    bytes: 'count?',
  },
  'waiver-letter': {
    incident: 'id',
    issuer: 'commitment?',
    cards: 'count',
    /** Cards on lists that have not left for sure, which it does not name. */
    notLeft: 'count',
    charset: 'code',
    /** For whom its files are sealed; left out: they are clear. */
    recipient: 'id?',
    certificate: 'fingerprint?',
    /**
     * Digests of the annex, then of the letters, as they lie in the folder; where these are sealed, of what comes out, in the
     * same order; then 16 random bytes, as hex digits with a space between. Bound and purged like a name. All of an annex but the last four digits of a card follows from the rest: without the random bytes, which
     * no leaf holds, the digests would give these away by trial, for good.
     */
    files: 'commitment?',
  },
} as const;
