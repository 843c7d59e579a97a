import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A hidden name that says which process is at work on it. */
export function nameAtWork(stem: string): string {
  return `.${stem}.${process.pid}.partial`;
}

/** What is left of a name at work after the stem; SQLite puts files of its own beside a database. */
const leftover = /^\.([1-9][0-9]*)\.partial(?:-journal|-wal|-shm)?$/;

/**
 * Removes what processes left that were killed while they were at work on `stem`. Others are let alone. `names`: those in
 * the directory. Throws what the system says.
 */
export async function removeLeftovers(
  directory: string,
  names: readonly string[],
  stem: string,
): Promise<void> {
  for (const name of names) {
    if (!name.startsWith(`.${stem}.`)) continue;
    const pid = leftover.exec(name.slice(stem.length + 1))?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      await rm(join(directory, name), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
