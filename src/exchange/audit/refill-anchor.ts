import { encodeAnchor } from '../../domain/audit/anchor.ts';
import type { AnchorFile } from '../../domain/audit/anchor.ts';
import { claimedCheckpoint } from '../../domain/audit/signed-checkpoint.ts';
import { isFault } from '../../domain/fault.ts';
import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { actingOfficer } from '../acts/acting-officer.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import { secondWordOnAnchor } from './anchor-word.ts';
import type { AnchorWordPorts, SecondOfficer } from './anchor-word.ts';
import { compareAnchor } from './compare-anchor.ts';
import { verifierKeysOf } from './log-keys.ts';
import type { SignedCheckpoint } from './sign-checkpoint.ts';

interface Ports extends AnchorWordPorts {
  readonly origin: string;
  openSecrets(): Promise<Pick<DeliverySecrets, 'signCheckpoint' | 'close'>>;
}

export interface RefillRequest extends SecondOfficer {
  readonly officer: string | undefined;
  readonly reason: string | undefined;
}

export interface RefilledAnchor {
  /** Checkpoints of this log that the anchor had not. */
  readonly added: number;
  /** Checkpoints that it holds now. */
  readonly checkpoints: number;
  readonly checkpoint: SignedCheckpoint;
}

/**
 * Puts every checkpoint of this log into an anchor that does not hold them: a new directory, or one that lost some. The
 * reason stands in the log, because from here on that directory is what the log is held against. In a live workspace another officer signs it as well.
 *
 * Throws `reason-required`, `config-missing-key` without an anchor, `anchor-ahead` or `anchor-forked` for an old or
 * another copy of the workspace, and what `actingOfficer`, `openSecrets` and `secondWordOnAnchor` throw.
 */
export async function refillAnchor(ports: Ports, request: RefillRequest): Promise<RefilledAnchor> {
  const { configuration, clock, log, anchor } = ports;
  const { officers } = await configuration.load();
  const officer = actingOfficer(officers, request.officer, 'officer', clock.now());
  const { reason } = request;
  if (reason === undefined) throw new DecisionFault('reason-required', { act: 'anchor' });
  if (!anchor.isConfigured) {
    const about = { file: 'config/mimamori.toml', key: 'log.anchor', expected: 'a directory' };
    throw new WorkspaceFault('config-missing-key', about);
  }
  const secrets = await ports.openSecrets();
  try {
    await assertNotContradicted(ports);
    const word = await secondWordOnAnchor(ports, { requester: officer, reason }, request);
    const missing = await countMissing(ports);
    await log.append({
      draft: {
        ...{ actor: officer.id, act: 'anchor-refill', result: 'done', origin: ports.origin },
        object: `workspace:${ports.facts.id}`,
        data: { added: missing, ...word },
      },
      texts: { reason },
    });
    for await (const { origin, file } of missingFiles(ports)) await anchor.put(origin, file);
    const checkpoint = await secrets.signCheckpoint();
    const checkpoints = (
      await Promise.all(originsOf(ports).map((one) => anchor.names(one)))
    ).flat();
    return { added: missing, checkpoints: checkpoints.length, checkpoint };
  } finally {
    secrets.close();
  }
}

function originsOf({ facts }: Ports): readonly string[] {
  return [...new Set(verifierKeysOf(facts).map(({ name }) => name))];
}

async function assertNotContradicted(ports: Ports): Promise<void> {
  try {
    await compareAnchor(ports, verifierKeysOf(ports.facts));
  } catch (error) {
    if (!isFault(error) || error.code !== 'anchor-missing') throw error;
  }
}

async function countMissing(ports: Ports): Promise<number> {
  let missing = 0;
  const files = missingFiles(ports);
  while ((await files.next()).done !== true) missing += 1;
  return missing;
}

/** Every recorded checkpoint that the anchor does not have, read some at a time. */
async function* missingFiles(
  ports: Ports,
): AsyncGenerator<{ readonly origin: string; readonly file: AnchorFile }> {
  const keys = verifierKeysOf(ports.facts);
  const present = new Map<string, ReadonlySet<string>>();
  for (const one of originsOf(ports)) present.set(one, new Set(await ports.anchor.names(one)));
  for await (const { note } of await ports.log.checkpoints()) {
    const origin = claimedCheckpoint(note)?.origin;
    const names = origin === undefined ? undefined : present.get(origin);
    if (origin === undefined || names === undefined) continue;
    const file = encodeAnchor(note, ...keys);
    if (!names.has(file.name)) yield { origin, file };
  }
}
