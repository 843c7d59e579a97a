/** Acts about what acts go by: versions of the configuration. */
export const configurationActs = {
  'configuration-propose': {
    configuration: 'digest',
    replaced: 'digest?',
    officer: 'id',
    fingerprint: 'fingerprint',
    signature: 'digest',
    changed: 'count',
    guarded: 'count',
  },
  'configuration-approve': {
    configuration: 'digest',
    officer: 'id',
    fingerprint: 'fingerprint',
    statement: 'digest',
    signature: 'digest',
    emergency: 'flag',
    starts: 'instant?',
    reason: 'commitment?',
  },
  'configuration-start': { configuration: 'digest' },
  'configuration-drop': { configuration: 'digest', officer: 'id', reason: 'commitment?' },
} as const;
