import type { ReadStored } from '../domain/audit/verify-log.ts';
import type { LogBook, StoredNode } from './log-book.ts';

/**
 * A reader of the nodes of the first `count` leaves for whoever asks for each once and from the left, as `verifyLog`
 * does: one cursor a level, a few nodes held.
 */
export function orderedNodes(log: Pick<LogBook, 'nodesAt'>, count: number): ReadStored {
  const cursors = new Map<number, AsyncIterator<StoredNode>>();
  const ahead = new Map<number, StoredNode>();
  return async (level, index) => {
    const cursor =
      cursors.get(level) ??
      log.nodesAt(level, Math.floor(count / 2 ** level))[Symbol.asyncIterator]();
    cursors.set(level, cursor);
    let node = ahead.get(level);
    // Some may have been taken away: what stands after the gap waits for its turn.
    while (node === undefined || node.index < index) {
      const next = await cursor.next();
      if (next.done === true) return undefined;
      node = next.value;
      ahead.set(level, node);
    }
    return node.index === index ? node.bytes : undefined;
  };
}
