import type { PurgeStep, Unproven } from '../../../../exchange/purge/purge-source.ts';
import { counted } from './counted.ts';

/** Words about a source that was removed. */
export const purgeWords = {
  removed: (file: string) => `The source ${file} is removed.`,
  source: 'Source',
  readFor: 'Read for',
  noHandoff: 'no handoff',
  done: 'Done',
  fileSystem: 'File system',
  unknown: 'unknown',
  step: {
    overwritten: 'overwritten once with random bytes',
    flushed: 'flushed to the disk',
    unlinked: 'its name taken away',
  } satisfies Record<PurgeStep, string> as Record<PurgeStep, string>,
  wasGone: 'nothing: its file was not there any more',
  notProven: 'That nothing of it is left is not proven. Its bytes may still be',
  where: {
    'other-copies': 'in other copies: mail, downloads, a recycle bin, an editor, the sender',
    backups: 'in backups of this machine',
    snapshots: 'in snapshots of the file system or the volume under it',
    journal: 'in the journal of the file system',
    flash: 'in spare cells, where the disk is flash (SSD, USB stick, card)',
    swap: 'in swap: the file lay in memory',
    'copy-on-write': 'in their old place: this file system never overwrites, so it was not tried',
    'other-machine': 'on the machine that serves this file system',
    synchronised: 'wherever the synchronising program has copied it, also as an earlier version',
    'unknown-file-system': 'in their old place, if this file system does not overwrite',
  } satisfies Record<Unproven, string> as Record<Unproven, string>,
  copies: 'Files beside it hold the same bytes, and are still there:',
  uncompared: (count: number) =>
    `${counted(count, 'file')} of the same size beside it could not be compared.`,
  shown: (name: string, time: string) =>
    `Source ${name} removed ${time} (unlinked; not provably erased)`,
};

export type PurgeWords = typeof purgeWords;
