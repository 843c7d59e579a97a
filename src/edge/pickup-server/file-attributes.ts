import type { Attributes } from 'ssh2';

/** What a visitor sees in their box. */
export interface BoxEntry {
  readonly name: string;
  readonly kind: 'folder' | 'file';
  readonly sizeBytes: number;
  readonly changedAtMs: number;
}

/** Clients give their copies these modes: for nobody else to read, and to be written on when a fetch is resumed. */
const FOLDER_MODE = 0o040700;
const FILE_MODE = 0o100600;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Of an entry; the top of the box has no time of its own. */
export function attributesOf(entry: BoxEntry | undefined): Attributes {
  const seconds = Math.floor((entry?.changedAtMs ?? 0) / 1_000);
  return {
    mode: entry?.kind === 'file' ? FILE_MODE : FOLDER_MODE,
    ...{ uid: 0, gid: 0, size: entry?.sizeBytes ?? 0, atime: seconds, mtime: seconds },
  };
}

/** A line as `ls -l` prints it, which some clients read instead of the attributes. Times are UTC. */
export function longNameOf({ name, kind, sizeBytes, changedAtMs }: BoxEntry): string {
  const mode = kind === 'file' ? '-rw-------' : 'drwx------';
  const at = new Date(changedAtMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  const when = `${months[at.getUTCMonth()]} ${two(at.getUTCDate())} ${time}`;
  return `${mode}   1 mimamori mimamori ${String(sizeBytes).padStart(12)} ${when} ${name}`;
}
