import type { Clock } from '../workspace/clock.ts';
import type { HandoffRegister } from './handoff-register.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

/**
 * Clears what a process that died while preparing left behind: its rows and pages, and sealed files that no row refers
 * to. Nothing is touched while another prepare is alive, since its files have no rows yet.
 */
export async function sweepAbandoned(ports: {
  readonly handoffs: HandoffRegister;
  readonly folder: WorkspaceFolder;
  readonly clock: Clock;
}): Promise<void> {
  const { handoffs, folder, clock } = ports;
  for (const id of await handoffs.abandoned(clock.now())) {
    await handoffs.discard(id, [], undefined);
    // It may have come to life and finished since it was taken for dead; then it keeps everything.
    const isThere = await handoffs.get(id).then(
      () => true,
      () => false,
    );
    if (!isThere) await folder.removeDocuments(id);
  }
  await removeUnknownFiles(ports);
}

/**
 * Removes sealed files that no row refers to, unless another prepare is alive.
 *
 * The order matters: a file seen first belongs to a prepare that had begun by then. When none is under way afterwards,
 * that prepare has ended, and the rows read last tell whether it kept the file.
 */
export async function removeUnknownFiles(ports: {
  readonly handoffs: HandoffRegister;
  readonly folder: WorkspaceFolder;
}): Promise<void> {
  const { handoffs, folder } = ports;
  const files = await folder.outboxFiles();
  if (await handoffs.isPreparing()) return;
  const known = await handoffs.knownFiles();
  for (const name of files) {
    if (!known.has(name)) await folder.removeFromOutbox(name);
  }
}
