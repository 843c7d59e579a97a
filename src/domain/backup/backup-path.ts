/** Where the database stands in a backup. */
export const DATABASE_PATH = 'data/mimamori.db';

/** What a workspace consists of; nothing else of its directory goes into a backup. */
export const BACKUP_ROOTS = ['config', 'keys', 'data'] as const;

/** What the header of a tar entry can name, with room for the folder in front of it. */
const PATH_BYTES_MAX = 200;
const NAME_BYTES_MAX = 90;
const SEGMENTS_MAX = 10;

// Whatever is no printable character would be unreadable on the screen that names the file.
const SEGMENT = /^[^/\\\p{C}]+$/u;

/**
 * Whether a path may stand in a backup: relative, below one of the three folders, with plain segments. The same rule
 * when one is made and when one is restored, where it is what keeps a file from being written anywhere else.
 */
export function isBackupPath(path: string): boolean {
  const segments = path.split('/');
  const [root] = segments;
  return (
    segments.length >= 2 &&
    segments.length <= SEGMENTS_MAX &&
    BACKUP_ROOTS.some((name) => name === root) &&
    segments.every((segment) => SEGMENT.test(segment) && segment !== '.' && segment !== '..') &&
    path.isWellFormed() &&
    bytesOf(path) <= PATH_BYTES_MAX &&
    segments.every((segment) => bytesOf(segment) <= NAME_BYTES_MAX)
  );
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
