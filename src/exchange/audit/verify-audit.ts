import { anchoredSize, isAnchorName } from '../../domain/audit/anchor.ts';
import type { AnchoredCheckpoint, StoredCheckpoint } from '../../domain/audit/signed-roots.ts';
import { verifyLog } from '../../domain/audit/verify-log.ts';
import { breach } from '../../domain/audit/log-verdict.ts';
import type { LogBreach, LogHolds, LogVerdict } from '../../domain/audit/log-verdict.ts';
import { parseVerifierKey } from '../../domain/tlog/verifier-key.ts';
import { rowsOfActs } from '../../domain/audit/rows-of-acts.ts';
import type { ActRows } from './act-rows.ts';
import type { Anchor } from './anchor.ts';
import { BatchesCheck } from './batches-check.ts';
import { newestRecorded } from './compare-anchor.ts';
import type { LogBook } from './log-book.ts';
import { orderedNodes } from './ordered-nodes.ts';

/**
 * Re-derives the whole log from its leaves and holds it against every checkpoint: those in the store, the anchor's and
 * any given; then, where `actRows` is given, rows that acts left beside it and where batches stand against the entries. Last
 * comes `anchor-missing`: neither the anchor nor `against` holds what this log put there, so that nothing vouches for it.
 * Needs no secret and changes nothing. What does not hold comes back as a value, the first breach found.
 *
 * Entries, hashes, checkpoints, texts and rows are read a few at a time; held are the names of the anchor's files,
 * changes of keys, `against`, and a few words of each batch.
 *
 * `vkey` is the verifier key to believe: a reviewer gives the one they hold, since keys read from the workspace can
 * only show that the workspace agrees with itself. `saidKeys` are all that the workspace says the log had, the oldest first.
 */
export async function verifyAudit(
  ports: { readonly log: LogBook; readonly anchor: Anchor; readonly actRows?: ActRows },
  vkey: string | readonly string[],
  against: readonly Uint8Array[],
  saidKeys?: readonly string[],
): Promise<LogVerdict> {
  const { log, anchor, actRows } = ports;
  const names = (saidKeys ?? [vkey].flat()).map((key) => parseVerifierKey(key).name);
  const origins = [...new Set(names)];
  // In this order, because others may be signing: what is recorded is anchored.
  const recorded = anchor.isConfigured
    ? await newestRecorded(log, origins.at(-1) ?? '')
    : undefined;
  // And others may be writing: what is anchored is recorded, what is recorded is in the tree.
  const [anchored, ...formerAnchored] = await Promise.all(
    origins.toReversed().map((origin) => anchoredOf(anchor, origin)),
  );
  // From below all that there should be: a row of any number that somebody added is part of what is checked.
  const checkpoints = await log.checkpoints(-Infinity);
  const texts = await log.textsFrom(-Infinity);
  const counted = await log.counted();
  const batches = actRows && (await BatchesCheck.open(actRows));
  const size = await log.size();
  const verdict = await verifyLog({
    // A larger number is not read as it is stored, but rounded: nothing would stand before it.
    leaves: log.passingLeaves(-Infinity, size > Number.MAX_SAFE_INTEGER ? Infinity : size),
    readNode: orderedNodes(log, Math.max(counted, size)),
    readNodes: (places) => log.nodes(places),
    checkpoints,
    vkey,
    ...(saidKeys === undefined ? {} : { saidKeys }),
    anchors: against,
    ...(anchored === undefined ? {} : { anchored }),
    formerAnchored,
    texts,
    passing: (leaf, index) => batches?.note(leaf, index),
    // What is recorded while this reads names entries that this does not read.
    rows: actRows ? rowsOfActs.map((of) => ({ of, rows: actRows.naming(of, size) })) : [],
  });
  if (!verdict.holds) return verdict;
  const stray = await log.strayNode();
  if (stray !== undefined) {
    return breach('node-unexpected', {}, { path: `${stray.level}/${stray.index}` });
  }
  const dangling = await actRows?.dangling();
  if (dangling !== undefined) return breach('row-unbound', {}, { path: dangling });
  return batches?.found() ?? unanchored(verdict, recorded) ?? verdict;
}

function unanchored(
  { anchoredTo }: LogHolds,
  recorded: StoredCheckpoint | undefined,
): LogBreach | undefined {
  if (recorded === undefined || anchoredTo >= recorded.size) return undefined;
  return breach('anchor-missing', { size: recorded.size });
}

/** What the anchor holds at this moment; read one file at a time. */
async function anchoredOf(
  anchor: Anchor,
  origin: string,
): Promise<AsyncIterable<AnchoredCheckpoint>> {
  const names = (await anchor.names(origin)).filter(isAnchorName);
  return (async function* () {
    for (const name of names) {
      const { bytes } = await anchor.read(origin, name);
      yield { size: anchoredSize(name), note: bytes };
    }
  })();
}
