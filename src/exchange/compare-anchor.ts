import { assertAnchorHolds, assertExtendsAnchor, parseAnchor } from '../domain/audit/anchor.ts';
import type { ReadNode } from '../domain/tlog/tree.ts';
import type { VerifierKey } from '../domain/tlog/verifier-key.ts';
import type { Anchor } from './anchor.ts';
import type { LogBook } from './log-book.ts';
import { nodesForRoots } from './nodes-for-roots.ts';

/** A log that its anchor does not contradict. */
export interface ComparedLog {
  /** `absent`: none is configured; `empty`: nothing was signed yet. */
  readonly anchor: 'agrees' | 'absent' | 'empty';
  readonly size: number;
  readonly nodes: ReadNode;
}

/**
 * Holds the log against its anchor, and against its own newest checkpoint. Throws `anchor-ahead`, `anchor-forked`,
 * `anchor-missing`, and what `parseAnchor` and `Anchor.files` throw.
 */
export async function compareAnchor(
  { log, anchor }: { readonly log: LogBook; readonly anchor: Anchor },
  key: VerifierKey,
): Promise<ComparedLog> {
  // In this order, because another command may be signing: what is recorded is anchored, what is anchored is logged.
  const recorded = (await log.checkpoints()).at(-1);
  const newest = (await anchor.files()).at(-1);
  const anchored = newest === undefined ? undefined : parseAnchor(newest, key);
  const size = await log.size();
  const nodes = await nodesForRoots(log, sizesBelow(size, [anchored?.size, recorded?.size]));
  if (anchored !== undefined) assertExtendsAnchor(anchored, size, nodes);
  // Without an anchor the store's own last checkpoint is all there is to hold a rewritten log against.
  if (recorded !== undefined) {
    assertExtendsAnchor(
      { origin: key.name, size: recorded.size, root: recorded.root },
      size,
      nodes,
    );
  }
  if (!anchor.isConfigured) return { anchor: 'absent', size, nodes };
  assertAnchorHolds(anchored, recorded?.size ?? 0);
  return { anchor: anchored === undefined ? 'empty' : 'agrees', size, nodes };
}

/** A size beyond the log has no root in it, and is found before one is asked for. */
function sizesBelow(size: number, sizes: readonly (number | undefined)[]): number[] {
  return [size, ...sizes.filter((one) => one !== undefined && one <= size)] as number[];
}
