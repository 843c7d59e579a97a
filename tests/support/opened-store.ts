import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LogVerdict } from '../../src/domain/audit/log-verdict.ts';
import { parseLeaf } from '../../src/domain/audit/leaf.ts';
import { AnchorDirectory } from '../../src/edge/files/anchor-directory.ts';
import { SqliteActRows } from '../../src/edge/sqlite/act-rows.ts';
import { SqliteHandoffRegister } from '../../src/edge/sqlite/handoff-register.ts';
import { SqliteLogBook } from '../../src/edge/sqlite/log-book.ts';
import { openDatabase } from '../../src/edge/sqlite/open-database.ts';
import { loadFacts } from '../../src/edge/sqlite/workspace-facts.ts';
import type { BatchRow, HandoffRow } from '../../src/exchange/handoff/handoff-register.ts';
import { verifyAudit } from '../../src/exchange/audit/verify-audit.ts';
import type { Kit } from './workspace-kit.ts';

export interface StoreSight {
  readonly handoffs: readonly HandoffRow[];
  readonly batches: readonly BatchRow[];
  readonly acts: readonly string[];
  readonly verdict: LogVerdict;
}

/** What the database of a workspace holds between two commands, read without starting one. */
export async function lookIntoStore(kit: Kit): Promise<StoreSight> {
  const opened = openDatabase(join(kit.workspace, 'data/mimamori.db'), { create: false });
  const clock = { now: () => new Date() };
  try {
    const register = new SqliteHandoffRegister(opened.db, clock);
    const log = new SqliteLogBook(opened.db, clock);
    const handoffs = await register.list();
    const batches: BatchRow[] = [];
    for (const { id } of handoffs) batches.push(...(await register.batchesOf(id)));
    const acts: string[] = [];
    for await (const { bytes } of log.leaves(0, await log.size())) acts.push(parseLeaf(bytes).act);
    const { vkey } = await loadFacts(opened.db);
    const anchor = new AnchorDirectory(kit.anchor);
    const verdict = await verifyAudit(
      { log, anchor, actRows: new SqliteActRows(opened.db) },
      vkey,
      [],
    );
    return { handoffs, batches, acts, verdict };
  } finally {
    await opened.close();
  }
}

/** Whether a file holds exactly the bytes that were sealed for the batch. */
export function holdsSealed(path: string, batch: BatchRow): boolean {
  const bytes = readFileSync(path);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return bytes.length === batch.bytes && digest === batch.sha256;
}
