import { refuseToBeInspected } from './cde/refuse-inspection.ts';
import { WorkspaceFault } from './domain/workspace/errors.ts';
import { allowsCoreDumps, canForbidCoreDumps, emptyCoreDumps } from './edge/machine/core-dumps.ts';

/**
 * What is asked of a process before it works on live cards: that nobody looks into its memory by way of Node, and that
 * neither it nor the process of the card numbers leaves memory in a core file. Throws `process-inspectable`,
 * `core-dumps-possible`.
 */
export function refuseOpenMemory(): void {
  refuseToBeInspected(process.execArgv, process.env['NODE_OPTIONS']);
  // By default this signal has Node open a port to whoever is on the machine.
  if (process.listenerCount('SIGUSR1') === 0) process.on('SIGUSR1', () => undefined);
  emptyCoreDumps();
  if (allowsCoreDumps() && !canForbidCoreDumps()) throw new WorkspaceFault('core-dumps-possible');
}
