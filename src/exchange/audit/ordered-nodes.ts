import type { ReadStored } from '../../domain/audit/verify-log.ts';
import type { LogBook, StoredNode } from './log-book.ts';

/** Where the reading of one level stands. */
interface Cursor {
  readonly source: AsyncIterator<readonly StoredNode[]>;
  /** What was read last; `at` is the first of it that nobody went past yet. */
  held: readonly StoredNode[];
  at: number;
  isOver: boolean;
}

/**
 * A reader of the nodes of the first `count` leaves for whoever asks for each once and from the left, as `verifyLog`
 * does: one cursor a level, some nodes held. What is held is answered at once and not by a promise.
 */
export function orderedNodes(log: Pick<LogBook, 'nodesAt'>, count: number): ReadStored {
  const cursors = new Map<number, Cursor>();
  return (level, index) => {
    let cursor = cursors.get(level);
    if (cursor === undefined) {
      const nodes = log.nodesAt(level, Math.floor(count / 2 ** level));
      cursor = { source: nodes[Symbol.asyncIterator](), held: [], at: 0, isOver: false };
      cursors.set(level, cursor);
    }
    return nodeAt(cursor, index);
  };
}

function nodeAt(
  cursor: Cursor,
  index: number,
): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  // Some may have been taken away: what stands after the gap waits for its turn.
  for (; cursor.at < cursor.held.length; cursor.at += 1) {
    const node = cursor.held[cursor.at]!;
    if (node.index >= index) return node.index === index ? node.bytes : undefined;
  }
  return cursor.isOver ? undefined : readOn(cursor, index);
}

async function readOn(cursor: Cursor, index: number): Promise<Uint8Array | undefined> {
  const next = await cursor.source.next();
  cursor.isOver = next.done === true;
  cursor.held = next.done === true ? [] : next.value;
  cursor.at = 0;
  return nodeAt(cursor, index);
}
