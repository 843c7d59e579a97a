import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LogVerdict } from '../../src/domain/audit/log-verdict.ts';
import { Fault } from '../../src/domain/fault.ts';
import { verifyExport } from '../../src/exchange/audit/verify-export.ts';

/** Files of an exported log by their path. */
export type LogFiles = ReadonlyMap<string, Uint8Array>;

/** What is to be different: other bytes, or `undefined` for a file that is gone. */
export type LogChanges = ReadonlyMap<string, Uint8Array | undefined>;

/** Where a verifier found that a log does not hold. `index` is that of an entry. */
export interface FoundFault {
  readonly code: string;
  readonly index?: number | undefined;
  readonly size?: number | undefined;
}

export function readLog(directory: string): LogFiles {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    files.map((path) => [
      path.slice(directory.length + 1),
      // Memory of its own, so that what is remembered of a buffer is remembered of this file.
      Uint8Array.from(readFileSync(path)),
    ]),
  );
}

/** Asks Mimamori about a log with changes; `undefined` if it holds. A refused key or a missing file is a fault too. */
export async function faultOf(
  files: LogFiles,
  changes: LogChanges,
  against: readonly Uint8Array[] = [],
): Promise<FoundFault | undefined> {
  const read = (path: string): Uint8Array | undefined =>
    changes.has(path) ? changes.get(path) : files.get(path);
  const folder = {
    read: (path: string) => Promise.resolve(read(path)),
    async *paths() {
      await Promise.resolve();
      const all = new Set([...files.keys(), ...changes.keys()]);
      for (const path of all) if (read(path) !== undefined) yield path;
    },
  };
  let verdict: LogVerdict;
  try {
    const request = { directory: 'in memory', vkey: undefined, against };
    ({ verdict } = await verifyExport({ logFolders: { open: () => folder } }, request));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { code: String(error.code) };
  }
  if (verdict.holds) return undefined;
  return { code: verdict.kind, index: verdict.index, size: verdict.size };
}
