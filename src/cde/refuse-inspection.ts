import { Fault } from '../domain/fault.ts';
import { inspectionOption } from '../domain/workspace/inspection-options.ts';

/** Throws `process-inspectable` when Node was started in a way that lets somebody read its memory or write it to disk. */
export function refuseToBeInspected(
  execArguments: readonly string[],
  nodeOptions: string | undefined,
): void {
  const found = inspectionOption(execArguments, nodeOptions);
  if (found !== undefined) {
    throw new Fault('process-inspectable', 'after-operator', { option: found.split('=')[0] ?? '' });
  }
}
