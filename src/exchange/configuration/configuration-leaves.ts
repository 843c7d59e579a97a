import { parseLeaf } from '../../domain/audit/leaf.ts';
import type { Leaf } from '../../domain/audit/leaf.ts';
import { hashedLeaves } from '../audit/hashed-leaves.ts';
import type { HashedLog } from '../audit/hashed-leaves.ts';

/** What the log says of versions of the configuration, each list in the order of the log. */
export interface ConfigurationLeaves {
  readonly proposed: readonly Leaf[];
  readonly approved: readonly Leaf[];
  /** Digests that were dropped by somebody, and that were seen to start. */
  readonly dropped: ReadonlySet<string>;
  readonly started: ReadonlySet<string>;
}

/**
 * Reads the log once, a few leaves at a time. A member of a leaf is spelled in one way only, so that a leaf of another
 * act need not be parsed. Throws AuditFault `leaf-malformed`, `log-altered`.
 */
export async function configurationLeaves(log: HashedLog): Promise<ConfigurationLeaves> {
  const decoder = new TextDecoder();
  const found: Record<string, Leaf[]> = {};
  for await (const bytes of hashedLeaves(log)) {
    if (!decoder.decode(bytes).includes('"act":"configuration-')) continue;
    const leaf = parseLeaf(bytes);
    if (leaf.result === 'done') (found[leaf.act] ??= []).push(leaf);
  }
  const digests = (act: string): Set<string> =>
    new Set((found[act] ?? []).map(({ data }) => data['configuration'] as string));
  return {
    proposed: found['configuration-propose'] ?? [],
    approved: found['configuration-approve'] ?? [],
    dropped: digests('configuration-drop'),
    started: digests('configuration-start'),
  };
}
