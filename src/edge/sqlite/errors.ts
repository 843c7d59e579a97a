import { Fault } from '../../domain/fault.ts';
import type { Facts, Retry } from '../../domain/fault.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';

export const storeCodes = {
  'store-missing': 'after-operator',
  'store-unsafe': 'after-operator',
  'store-version': 'after-operator',
  'store-busy': 'later',
  'store-io-failed': 'after-operator',
} as const satisfies Record<string, Retry>;

export type StoreCode = keyof typeof storeCodes;

/** The database cannot be used as it must be used, or not now. */
export class StoreFault extends Fault<StoreCode> {
  constructor(code: StoreCode, facts: Facts = {}, cause?: unknown) {
    super(code, storeCodes[code], facts, cause);
  }
}

/** Extended codes such as `SQLITE_IOERR_FSYNC` are among them. */
const refusedBySystem = /^SQLITE_(?:IOERR|CANTOPEN|READONLY|PERM)(?:_|$)/;

/**
 * The fault behind an error of SQLite that a person or a later try can mend: `store-busy` when another process kept the
 * write lock too long, `disk-full`, `store-unsafe` for a file that is no database or a damaged one, `store-io-failed`
 * where the system refuses to read or write: a failing disk, one mounted read-only, files of another user. Undefined
 * for every other error, which is a bug here.
 */
export function faultOfSqlite(error: unknown): Fault | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_BUSY')) return new StoreFault('store-busy', {}, error);
  if (code === 'SQLITE_FULL') {
    return new WorkspaceFault('disk-full', { file: 'data/mimamori.db' }, error);
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return new StoreFault('store-unsafe', { setting: 'integrity' }, error);
  }
  if (refusedBySystem.test(code)) {
    return new StoreFault('store-io-failed', { reason: code }, error);
  }
  return undefined;
}
