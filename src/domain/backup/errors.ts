import { Fault } from '../fault.ts';
import type { Facts, Retry } from '../fault.ts';

export const backupCodes = {
  /** `file`: what was given is no backup of this program */
  'backup-not-one': 'after-operator',
  /** `file`, `reason`: it is damaged, cut short, or was changed */
  'backup-altered': 'after-operator',
  /** `file`, `found`: made by a version of this program that is newer than this one */
  'backup-version': 'after-operator',
  /** `path`: a file of the workspace went or changed while it was being copied */
  'backup-changed': 'later',
  /** `path`: a link, a device or a name that a backup cannot hold */
  'backup-odd-file': 'after-operator',
  /** `file`: the backup would lie inside the workspace */
  'backup-inside-workspace': 'after-operator',
  /** `anchored`, `size`: acts happened after the backup that was restored */
  'restored-behind': 'after-operator',
  /** `anchored`, `size`: another copy of the workspace has gone on */
  'restored-forked': 'after-operator',
  /** `reason`: what the restored copy would have to be held against is not there */
  'restored-unchecked': 'after-operator',
} as const satisfies Record<string, Retry>;

export type BackupCode = keyof typeof backupCodes;

/** A backup cannot be made or restored, or a restored workspace must not go on. Facts name files and sizes. */
export class BackupFault extends Fault<BackupCode> {
  constructor(code: BackupCode, facts: Facts = {}, cause?: unknown) {
    super(code, backupCodes[code], facts, cause);
  }
}
