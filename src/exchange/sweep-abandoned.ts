import type { Clock } from './clock.ts';
import type { HandoffRegister } from './handoff-register.ts';
import type { WorkspaceFolder } from './workspace-folder.ts';

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
  }
  if (await handoffs.isPreparing()) return;
  const known = await handoffs.knownFiles();
  for (const name of await folder.outboxFiles()) {
    if (!known.has(name)) await folder.removeFromOutbox(name);
  }
}
