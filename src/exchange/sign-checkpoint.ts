import { assertExtendsAnchor, encodeAnchor, parseAnchor } from '../domain/audit/anchor.ts';
import { encodeCheckpoint } from '../domain/tlog/checkpoint.ts';
import { rootAt } from '../domain/tlog/tree.ts';
import { parseVerifierKey } from '../domain/tlog/verifier-key.ts';
import type { Anchor } from './anchor.ts';
import type { Clock } from './clock.ts';
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
 * so it throws `anchor-ahead` or `anchor-forked` and nothing may leave the machine.
 */
export async function signCheckpoint(ports: {
  readonly log: LogBook;
  readonly signer: LogSigner;
  readonly anchor: Anchor;
  readonly clock: Clock;
}): Promise<SignedCheckpoint> {
  const { log, signer, anchor, clock } = ports;
  const key = parseVerifierKey(signer.vkey);
  const size = await log.size();
  const nodes = await log.nodes();
  const newest = (await anchor.files()).at(-1);
  if (newest !== undefined) assertExtendsAnchor(parseAnchor(newest, key), size, nodes);
  // Without an anchor the store's own last checkpoint is all there is to hold a rewritten log against.
  const last = (await log.checkpoints()).at(-1);
  if (last !== undefined) {
    assertExtendsAnchor({ origin: key.name, size: last.size, root: last.root }, size, nodes);
  }
  const root = rootAt(size, nodes);
  const note = signer.sign(encodeCheckpoint({ origin: key.name, size, root }));
  await log.addCheckpoint(size, root, note, clock.now());
  await anchor.put(encodeAnchor(note, key));
  return { size, note: new TextDecoder().decode(note) };
}
