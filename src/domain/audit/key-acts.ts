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
    pin: 'pin?',
    replaced: 'pin?',
    /** Of an OpenPGP key: itself, the one before, and whether that one certified it. */
    fingerprint: 'fingerprint?',
    follows: 'fingerprint?',
    vouched: 'flag?',
    reason: 'commitment?',
  },
  'key-retire': {
    purpose: 'code',
    pin: 'pin?',
    fingerprint: 'fingerprint?',
    reason: 'commitment?',
  },
  /** SHA-256 of what the workspace keeps of the credential. */
  'credential-create': { sha256: 'digest', reason: 'commitment?' },
  'credential-revoke': { sha256: 'digest', reason: 'commitment?' },
  'log-key-rotate': { vkey: 'vkey', replaced: 'vkey', reason: 'commitment?' },
  'log-key-retire': { vkey: 'vkey', reason: 'commitment?' },
  /** Both officers signed one statement. Entries from `size` up to `anchored` are lost. */
  'log-recover': {
    vkey: 'vkey',
    replaced: 'vkey',
    size: 'count',
    root: 'digest',
    anchored: 'count',
    anchoredRoot: 'digest',
    statement: 'digest',
    requester: 'id',
    requesterFingerprint: 'fingerprint',
    requesterSignature: 'digest',
    officer: 'id',
    fingerprint: 'fingerprint',
    signature: 'digest',
    /** Batches that were held back, because they may have left in what is lost. */
    doubted: 'count',
    reason: 'commitment?',
  },
} as const;
