import { AuditFault } from '../../domain/audit/errors.ts';
import { Frontier } from '../../domain/tlog/frontier.ts';
import { leafHash, sameBytes } from '../../domain/tlog/hashes.ts';
import { rootAt } from '../../domain/tlog/tree.ts';
import type { LogBook } from './log-book.ts';
import { nodesForRoots } from './nodes-for-roots.ts';

/** What reading the log takes where its word decides something. */
export type HashedLog = Pick<LogBook, 'leaves' | 'nodes' | 'size'>;

/**
 * The bytes of every leaf, oldest first, for acts that go by what the log says. They are hashed on the way: once the last
 * was given, `log-altered` is thrown unless they lead to the root that signed and anchored checkpoints are made of. Nothing
 * that was read may be believed before the end.
 */
export async function* hashedLeaves(log: HashedLog): AsyncGenerator<Uint8Array> {
  const size = await log.size();
  const frontier = new Frontier();
  for await (const { bytes } of log.leaves(0, size)) {
    frontier.add(leafHash(bytes));
    yield bytes;
  }
  const nodes = await nodesForRoots(log, [size]);
  const isWhole = frontier.size === size && sameBytes(frontier.root(), rootAt(size, nodes));
  if (!isWhole) throw new AuditFault('log-altered', { size });
}
