import { parseLeaf } from '../../domain/audit/leaf.ts';
import type { Leaf } from '../../domain/audit/leaf.ts';
import type { TextRecord } from '../../domain/audit/verify-log.ts';
import type { LogBook } from './log-book.ts';

/** A leaf with its number and the free texts it binds, as far as they are still kept. */
export interface TailedLeaf {
  readonly number: number;
  readonly leaf: Leaf;
  readonly texts: Readonly<Record<string, string>>;
}

/** The last `count` entries of the log, oldest first. Throws `leaf-malformed` for a leaf this program cannot read. */
export async function tailAudit(
  ports: { readonly log: LogBook },
  count: number,
): Promise<readonly TailedLeaf[]> {
  const size = await ports.log.size();
  const from = Math.max(0, size - count);
  const texts: TextRecord[] = [];
  for await (const text of await ports.log.textsFrom(from)) texts.push(text);
  const entries: TailedLeaf[] = [];
  for await (const { index, bytes } of ports.log.leaves(from, size)) {
    const own = texts.filter(({ leaf }) => leaf === index);
    entries.push({
      number: index,
      leaf: parseLeaf(bytes),
      texts: Object.fromEntries(own.map(({ field, text }) => [field, text])),
    });
  }
  return entries;
}
