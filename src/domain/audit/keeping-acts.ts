/** Acts about what is kept of a workspace, and what is not: backups, restored copies, sources that are removed. */
export const keepingActs = {
  'backup-make': {
    backup: 'id',
    bytes: 'count',
    sha256: 'digest',
    size: 'count',
    root: 'digest',
    files: 'count',
  },
  'workspace-restore': {
    backup: 'id',
    size: 'count',
    root: 'digest',
    standing: 'code',
    anchored: 'count?',
    against: 'count',
  },
  'source-purge-start': {
    sha256: 'digest',
    bytes: 'count',
    handoffs: 'ids',
    reason: 'commitment?',
  },
  'source-purge': {
    sha256: 'digest',
    bytes: 'count',
    handoffs: 'ids',
    done: 'codes',
    unproven: 'codes',
    copies: 'count',
    fileSystem: 'code?',
    reason: 'commitment?',
  },
} as const;
