import type { ReadStored } from '../../domain/audit/verify-log.ts';
import { HASH_BYTES } from '../../domain/tlog/hashes.ts';
import type { LogBook, NodeRun } from './log-book.ts';

/** Where the reading of one level stands. */
interface Cursor {
  readonly source: AsyncIterator<NodeRun>;
  /** What was read last. */
  held: NodeRun;
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
      cursor = { source: nodes[Symbol.asyncIterator](), held: nothing, isOver: false };
      cursors.set(level, cursor);
    }
    return nodeAt(cursor, index);
  };
}

const nothing: NodeRun = { index: 0, hashes: new Uint8Array(0) };

function nodeAt(
  cursor: Cursor,
  index: number,
): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  const { index: first, hashes } = cursor.held;
  const at = (index - first) * HASH_BYTES;
  if (at < hashes.length) {
    // Some may have been taken away: what stands after the gap waits for its turn.
    return at < 0 ? undefined : hashes.subarray(at, at + HASH_BYTES);
  }
  return cursor.isOver ? undefined : readOn(cursor, index);
}

async function readOn(cursor: Cursor, index: number): Promise<Uint8Array | undefined> {
  const next = await cursor.source.next();
  cursor.isOver = next.done === true;
  cursor.held = next.done === true ? nothing : next.value;
  return nodeAt(cursor, index);
}
