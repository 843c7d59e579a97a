import type { DeliveryCode } from '../../exchange/delivery/delivery-errors.ts';

/** Status numbers of draft-ietf-secsh-filexfer-02 section 7. Messages are never read: each server words its own. */
export const status = {
  eof: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  badMessage: 5,
  noConnection: 6,
  connectionLost: 7,
  unsupported: 8,
} as const;

/** What statvfs@openssh.com told, in the words of statvfs(3). */
export interface FileSystemSpace {
  readonly freeBytes: number;
  readonly hasFreeFiles: boolean;
  readonly isReadOnly: boolean;
}

const ST_RDONLY = 1;

/** Reads ssh2's answer; undefined when the server filled in nothing, as some do for network shares. */
export function parseSpace(answer: unknown): FileSystemSpace | undefined {
  const field = (name: string): number => {
    const value = (answer as Record<string, unknown> | undefined)?.[name];
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
  };
  const blocks = field('f_blocks');
  if (!(blocks > 0)) return undefined;
  return {
    freeBytes: field('f_bavail') * field('f_frsize'),
    hasFreeFiles: field('f_files') === 0 || field('f_favail') > 0,
    isReadOnly: (field('f_flag') & ST_RDONLY) !== 0,
  };
}

/**
 * What a refusal means. Status 4 stands for a full disk, an existing target, a quota and an I/O error alike, so it is
 * judged by what a look and statvfs showed afterwards.
 */
export function codeFor(
  number: number,
  seen: { isTargetThere: boolean; space: FileSystemSpace | undefined; neededBytes: number },
  step: string,
): DeliveryCode {
  switch (number) {
    case status.noSuchFile:
      return step === 'open' ? 'remote-directory-missing' : 'remote-failure';
    case status.permissionDenied:
      return 'remote-read-only';
    case status.badMessage:
    case status.unsupported:
      return 'remote-unsupported';
    case status.noConnection:
    case status.connectionLost:
      return 'connection-lost';
    default:
      if (seen.isTargetThere) return step === 'rename' ? 'target-taken' : 'temporary-taken';
      if (seen.space?.isReadOnly === true) return 'remote-read-only';
      if (seen.space === undefined) return 'remote-failure';
      return seen.space.freeBytes < seen.neededBytes || !seen.space.hasFreeFiles
        ? 'remote-full'
        : 'remote-failure';
  }
}
