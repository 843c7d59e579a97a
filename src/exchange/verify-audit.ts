import { isAnchorName } from '../domain/audit/anchor.ts';
import { verifyLog } from '../domain/audit/verify-log.ts';
import type { LogVerdict } from '../domain/audit/verify-log.ts';
import type { Anchor } from './anchor.ts';
import type { LogBook } from './log-book.ts';

/**
 * Re-derives the whole log from its leaves and holds it against every checkpoint: those in the store, the anchor's and
 * any given. Needs no secret and changes nothing. What does not hold comes back as a value, the first breach found.
 *
 * `vkey` is the verifier key to believe: a reviewer gives the one they hold, since a key read from the workspace can only
 * show that the workspace agrees with itself.
 */
export async function verifyAudit(
  ports: { readonly log: LogBook; readonly anchor: Anchor },
  vkey: string,
  against: readonly Uint8Array[],
): Promise<LogVerdict> {
  const { log, anchor } = ports;
  const anchored = (await anchor.files()).filter(({ name }) => isAnchorName(name));
  return verifyLog({
    leaves: log.leaves(0, await log.size()),
    readNode: await log.nodes(),
    checkpoints: await log.checkpoints(),
    vkey,
    anchors: [...anchored.map(({ bytes }) => bytes), ...against],
    texts: await log.texts(),
  });
}
