import { isAnchorName } from '../domain/audit/anchor.ts';
import { verifyLog } from '../domain/audit/verify-log.ts';
import type { LogVerdict } from '../domain/audit/verify-log.ts';
import type { Anchor } from './anchor.ts';
import type { LogBook } from './log-book.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

/**
 * Re-derives the whole log from its leaves and holds it against every checkpoint: those in the store, the anchor's and
 * any given. Needs no secret and changes nothing. What does not hold comes back as a value, the first breach found.
 */
export async function verifyAudit(
  ports: { readonly log: LogBook; readonly anchor: Anchor; readonly facts: WorkspaceFacts },
  against: readonly Uint8Array[],
): Promise<LogVerdict> {
  const { log, anchor, facts } = ports;
  const anchored = (await anchor.files()).filter(({ name }) => isAnchorName(name));
  return verifyLog({
    leaves: log.leaves(0, await log.size()),
    readNode: await log.nodes(),
    checkpoints: await log.checkpoints(),
    vkey: facts.vkey,
    anchors: [...anchored.map(({ bytes }) => bytes), ...against],
    texts: await log.texts(),
  });
}
