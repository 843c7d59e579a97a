import Database from 'better-sqlite3';

import { PickupFault } from '../../exchange/pickup/errors.ts';
import { faultOfSqlite } from './errors.ts';

/**
 * Holds the file at `path` as only one process can, until `release` or the end of this process: the system gives such a
 * lock back whatever ended its holder, so that none is ever left behind. It is a database without a table, because
 * SQLite knows how to lock a file.
 *
 * Throws PickupFault `serve-running` while another holds it.
 */
export function lockServe(path: string): { release(): void } {
  const handle = new Database(path, { timeout: 0 });
  try {
    handle.pragma('journal_mode = MEMORY');
    handle.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    handle.close();
    if (faultOfSqlite(error)?.code === 'store-busy') throw new PickupFault('serve-running');
    throw error;
  }
  return {
    release: () => {
      handle.close();
    },
  };
}
