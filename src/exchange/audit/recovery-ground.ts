import { parseAnchor } from '../../domain/audit/anchor.ts';
import { AuditFault } from '../../domain/audit/errors.ts';
import { isFault } from '../../domain/fault.ts';
import type { Checkpoint } from '../../domain/tlog/checkpoint.ts';
import { sameBytes } from '../../domain/tlog/hashes.ts';
import { rootAt } from '../../domain/tlog/tree.ts';
import type { VerifierKey } from '../../domain/tlog/verifier-key.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { Anchor } from './anchor.ts';
import { compareAnchor } from './compare-anchor.ts';
import type { LogBook } from './log-book.ts';
import { ownNameKeysOf, verifierKeysOf, vkeysOf } from './log-keys.ts';
import type { LogKeyFacts } from './log-keys.ts';
import { nodesForRoots } from './nodes-for-roots.ts';
import { verifyAudit } from './verify-audit.ts';

interface Ports {
  readonly log: LogBook;
  readonly anchor: Anchor;
  readonly facts: LogKeyFacts;
}

/** What this copy of a log and its anchor have in common, and how far the anchor goes beyond. */
export interface RecoveryGround {
  readonly common: Pick<Checkpoint, 'size' | 'root'>;
  readonly anchored: Pick<Checkpoint, 'size' | 'root'>;
}

/**
 * What a recovery would rest on: this copy is older than its anchor, or has other entries in their place, and is whole in
 * itself.
 *
 * Throws `config-missing-key` without an anchor, `recovery-not-needed` where the anchor agrees, `log-altered` where the
 * log does not even agree with itself, `recovery-unknown-successor` where a key signed last that this copy does not
 * know, `anchor-missing`, `anchor-recovered`, and what reading the anchor throws.
 */
export async function recoveryGround(ports: Ports): Promise<RecoveryGround> {
  const { log, anchor, facts } = ports;
  if (!anchor.isConfigured) {
    const about = { file: 'config/mimamori.toml', key: 'log.anchor', expected: 'a directory' };
    throw new WorkspaceFault('config-missing-key', about);
  }
  const vkeys = vkeysOf(facts);
  const verdict = await verifyAudit({ log, anchor: noAnchor }, vkeys, [], vkeys);
  if (!verdict.holds) throw new AuditFault('log-altered', { breach: verdict.kind });
  await assertContradicted(ports);
  const keys = ownNameKeysOf(facts);
  const names = (await anchor.names(keys[0]!.name)).toReversed();
  const anchored = await newestOf(ports, names, keys);
  const common = await newestCommon(ports, names, keys);
  return { common, anchored };
}

const noAnchor: Anchor = {
  isConfigured: false,
  names: () => Promise.resolve([]),
  read: () => Promise.reject(new Error('no anchor has a file')),
  put: () => Promise.resolve(),
  recoveries: () => Promise.resolve([]),
};

async function assertContradicted(ports: Ports): Promise<void> {
  try {
    await compareAnchor(ports, verifierKeysOf(ports.facts));
  } catch (error) {
    const isSo = isFault(error) && ['anchor-ahead', 'anchor-forked'].includes(error.code);
    if (isSo || isUnknownKey(error)) return;
    throw error;
  }
  throw new AuditFault('recovery-not-needed');
}

function isUnknownKey(error: unknown): boolean {
  return isFault(error) && error.facts['reason'] === 'bad-signature';
}

/** Whoever has a key that followed may be going on with the log, and what they did is told by nothing here. */
async function newestOf(
  { anchor }: Ports,
  names: readonly string[],
  keys: readonly VerifierKey[],
): Promise<Checkpoint> {
  const newest = await anchor.read(keys[0]!.name, names[0]!);
  try {
    return parseAnchor(newest, ...keys);
  } catch (error) {
    if (!isUnknownKey(error)) throw error;
    throw new AuditFault('recovery-unknown-successor', { file: newest.name }, error);
  }
}

async function newestCommon(
  { log, anchor }: Ports,
  names: readonly string[],
  keys: readonly VerifierKey[],
): Promise<Checkpoint> {
  const size = await log.size();
  const origin = keys[0]!.name;
  for (const name of names) {
    const checkpoint = parseAnchor(await anchor.read(origin, name), ...keys);
    if (checkpoint.size > size) continue;
    const nodes = await nodesForRoots(log, [checkpoint.size]);
    if (sameBytes(rootAt(checkpoint.size, nodes), checkpoint.root)) return checkpoint;
  }
  return { origin, size: 0, root: rootAt(0, () => undefined) };
}
