import { Fault } from '../domain/fault.ts';

const refused = [
  '--inspect',
  '--heapsnapshot',
  '--heap-prof',
  '--cpu-prof',
  '--report-',
  '--abort-on-uncaught-exception',
  '--require',
  '-r',
  '--import',
  '--loader',
  '--experimental-loader',
];

/**
 * Throws `process-inspectable` when Node was started in a way that lets somebody read its memory or write it to disk.
 * The environment belongs to whoever starts the program, so NODE_OPTIONS is checked as well as the arguments.
 */
export function refuseToBeInspected(
  execArguments: readonly string[],
  nodeOptions: string | undefined,
): void {
  const all = [...execArguments, ...(nodeOptions ?? '').split(/\s+/)];
  const found = all.find((option) => refused.some((start) => option.startsWith(start)));
  if (found !== undefined) {
    throw new Fault('process-inspectable', 'after-operator', { option: found.split('=')[0] ?? '' });
  }
}
