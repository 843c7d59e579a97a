import { placesRead, rootAt } from '../../domain/tlog/tree.ts';
import type { ReadNode } from '../../domain/tlog/tree.ts';
import type { LogBook } from './log-book.ts';

/** A reader of the nodes that the roots at these sizes need, a few dozen of however many there are. */
export function nodesForRoots(
  log: Pick<LogBook, 'nodes'>,
  sizes: readonly number[],
): Promise<ReadNode> {
  return log.nodes(placesRead((readNode) => sizes.map((size) => rootAt(size, readNode))));
}
