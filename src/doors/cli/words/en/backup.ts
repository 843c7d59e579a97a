import { counted } from './counted.ts';

/** Words about backups and what is restored from them. */
export const backupWords = {
  made: (file: string) => `A backup of this workspace stands in ${file}.`,
  size: 'Size',
  digest: 'SHA-256',
  workspace: 'Workspace',
  backup: 'Backup',
  log: 'Log',
  files: 'Files',
  leftOut: 'Left out',
  mode: { live: 'LIVE', drill: 'drill' },
  entries: (size: number) => counted(size, 'entry', 'entries'),
  restoredEntries: (size: number) =>
    `${counted(size, 'entry', 'entries')}, and one more that tells of this restore`,
  filesOf: (count: number, size: string) => `${counted(count, 'file')}, ${size}`,
  andMore: (names: string, more: number) => `${names} and ${counted(more, 'other')}`,
  opens:
    'It is encrypted under the passphrase of this workspace, and worth nothing without it: keep the passphrase in another place. Any GnuPG opens it too.',
  treat:
    'It holds what the workspace holds: truncated numbers, order references, wrapped keys. Treat it as the workspace itself, also for PCI DSS.',
  keepApart: 'copy it to another disk or machine that is not synchronised anywhere',
  tryIt: (file: string) => `mimamori restore ${file} DIR`,
  tryLabel: 'tries it; remove DIR afterwards',

  restored: (directory: string) => `The workspace is restored in ${directory}, and may go on.`,
  held: (directory: string) =>
    `The workspace is restored in ${directory}, and may be READ ONLY: it signs, sends and changes nothing.`,
  heldMeans:
    'It is compared again with the anchor each time it is opened. Going on from here could send a file twice, and would hide what was done after the backup.',
  compared: {
    anchor: 'The anchor knows of nothing that is not in it.',
    checkpoint:
      'The checkpoints you gave know of nothing that is not in it. The anchor is not there yet; nothing is sent before it is.',
    nothing:
      'There is no anchor and no checkpoint to compare it with: whether anything was done after the backup, only people can say.',
  },
  onlyOne:
    'If the original still exists, work in one of the two only, and put the other away: the first to sign shuts the other out.',
  status: (directory: string) => `mimamori --workspace ${directory} status`,
  doctor: (directory: string) => `mimamori --workspace ${directory} doctor`,
};

export type BackupWords = typeof backupWords;
