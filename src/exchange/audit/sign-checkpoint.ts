import { encodeAnchor } from '../../domain/audit/anchor.ts';
import { encodeCheckpoint } from '../../domain/tlog/checkpoint.ts';
import { rootAt } from '../../domain/tlog/tree.ts';
import { parseVerifierKey } from '../../domain/tlog/verifier-key.ts';
import type { Anchor } from './anchor.ts';
import type { Clock } from '../workspace/clock.ts';
import { compareAnchor } from './compare-anchor.ts';
import type { LogBook } from './log-book.ts';
import type { LogSigner } from './log-signer.ts';

/** A signed statement of what the log holds. `note` is the C2SP signed note as text. */
export interface SignedCheckpoint {
  readonly size: number;
  readonly note: string;
}

/**
 * Signs a checkpoint over the whole log and puts it into the anchor. Repeatable: the same log gives the same bytes.
 *
 * A store that is older than the anchor, or differs from it, is a restored or forked copy: signing would fork the log,
 * so it throws `anchor-ahead` or `anchor-forked` and nothing may leave the machine. So it does, with `anchor-missing`,
 * while the anchor is not there that held the last checkpoint.
 */
export async function signCheckpoint(ports: SignPorts): Promise<SignedCheckpoint> {
  for (;;) {
    const signer = await ports.openSigner();
    const signed = await signWith(ports, signer);
    if (signed !== undefined) return signed;
  }
}

interface SignPorts {
  readonly log: LogBook;
  /** The keys that sign now. Throws what opening key files throws. */
  openSigner(): Promise<LogSigner>;
  readonly anchor: Anchor;
  readonly clock: Clock;
}

/** Undefined where the log got other keys meanwhile: which of them sign is told by its entries. */
async function signWith(
  ports: SignPorts,
  signer: LogSigner,
): Promise<SignedCheckpoint | undefined> {
  const { log, anchor, clock } = ports;
  const keys = [signer.vkey, ...(signer.earlier ?? [])].map(parseVerifierKey);
  const { size, nodes } = await compareAnchor(ports, keys);
  if ((await signer.isInTime?.()) === false) return undefined;
  const root = rootAt(size, nodes);
  const origin = keys[0]!.name;
  const note = signer.sign(encodeCheckpoint({ origin, size, root }));
  // The anchor first: what the store has recorded is then always there, and an anchor without it was lost.
  await anchor.put(origin, encodeAnchor(note, ...keys));
  await log.addCheckpoint(size, root, note, clock.now());
  return { size, note: new TextDecoder().decode(note) };
}
