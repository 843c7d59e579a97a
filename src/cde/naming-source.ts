import { IntakeFault } from '../domain/intake/errors.ts';

/**
 * Runs what is done with one source; a refusal of its content gets the source's number, from 1: the rooms below read
 * bytes and do not know which of several sources these are. `number` counts from 0. Throws what `act` throws.
 */
export async function namingSource<T>(number: number, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof IntakeFault) || error.facts['source'] !== undefined) throw error;
    throw new IntakeFault(error.code, { ...error.facts, source: number + 1 }, error.cause);
  }
}
