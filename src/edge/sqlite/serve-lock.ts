import Database from 'better-sqlite3';

import { PickupFault } from '../../exchange/pickup/errors.ts';
import { faultOfSqlite } from './errors.ts';

/**
 * Holds the file at `path` as only one process can, until `release` or the end of this process: the system gives such a
 * lock back whatever ended its holder, so that none is ever left behind. It is a database without a table, because
 * SQLite knows how to lock a file.
 *
 * Throws PickupFault `serve-running` while another holds it, `store-io-failed`, `disk-full`.
 */
export function lockServe(path: string): { release(): void } {
  let handle: Database.Database | undefined;
  try {
    handle = new Database(path, { timeout: 0 });
    handle.pragma('journal_mode = MEMORY');
    handle.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    handle?.close();
    const fault = faultOfSqlite(error);
    throw fault?.code === 'store-busy' ? new PickupFault('serve-running') : (fault ?? error);
  }
  const held = handle;
  return {
    release: () => {
      held.close();
    },
  };
}
