import { KILLS_READER, READER_DEATHS_MAX } from '../../domain/arrivals/arrival-limits.ts';
import { isFault } from '../../domain/fault.ts';
import type { Fault } from '../../domain/fault.ts';
import { FormatsFault } from '../../domain/formats/errors.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { Arrival } from './arrival-book.ts';
import { RememberedPassphrase } from '../keys/remembered-passphrase.ts';
import { knownByNow, putAside, takeInArrival } from './take-in-arrival.ts';
import type { TakeInPorts, TakeInRequest, TakenIn } from './take-in-arrival.ts';

export interface CollectRequest extends TakeInRequest {
  /** Of one recipient; of all where it is undefined. */
  readonly recipient?: string | undefined;
}

export interface Collected {
  /** What became of what waited. */
  readonly taken: readonly TakenIn[];
  /** Files that wait on, for a fault that says nothing about them. */
  readonly waiting: readonly { readonly arrival: string; readonly code: string }[];
  /** Why the first of them waits for which a file of the configuration has to be mended. */
  readonly misconfigured?: Fault | undefined;
}

/**
 * Codes that may be others the next time: another answer about the same batch came in meanwhile, or the process that reads
 * was ended or could not open the file.
 */
const ofThisTime: ReadonlySet<string> = new Set([
  ...['response-overtaken', 'card-process-died'],
  ...['source-missing', 'source-unreadable', 'source-not-a-file'],
]);

/**
 * Takes in the answers that recipients brought, the oldest first. One that is refused is put aside and keeps no other
 * from being taken in, nor does one over which the reading process ends: the third time it is put aside. One whose
 * recipient is configured wrongly waits and keeps no other either. The passphrase is read once, and not where nothing
 * waits.
 *
 * Throws what the passphrase and the card process throw; what was taken in before that stays taken in.
 */
export async function collectResponses(
  ports: TakeInPorts,
  { recipient, ...request }: CollectRequest,
): Promise<Collected> {
  const { arrivals } = ports;
  const passphrases = new RememberedPassphrase(request.passphrases);
  const taken: TakenIn[] = [];
  const waiting: { arrival: string; code: string }[] = [];
  let misconfigured: Fault | undefined;
  try {
    for (const arrival of await arrivals.inState('quarantined', recipient)) {
      const known = await knownByNow(ports, arrival);
      if (known !== undefined) taken.push(known);
    }
    for (const arrival of await arrivals.inState('arrived', recipient)) {
      request.signal?.throwIfAborted();
      try {
        taken.push(await takeInArrival(ports, arrival, { ...request, passphrases }));
      } catch (error) {
        if (!isFault(error)) throw error;
        const isOfConfiguration = isConfigurationFault(error);
        if (!isOfConfiguration && !ofThisTime.has(error.code)) throw error;
        if (isOfConfiguration) misconfigured ??= error;
        const isLast = error.code === 'card-process-died' && (await isLastDeath(ports, arrival));
        if (isLast) taken.push(await putAside(ports, arrival, { code: KILLS_READER }));
        else waiting.push({ arrival: arrival.id, code: error.code });
      }
    }
    return { taken, waiting, misconfigured };
  } finally {
    await passphrases.forget();
  }
}

/** What is wrong in a file of the configuration: an answer format that is not there, a certificate that cannot be read. */
function isConfigurationFault(error: Fault): boolean {
  if (error instanceof FormatsFault) return true;
  return error instanceof WorkspaceFault && error.code.startsWith('config-');
}

/** One bad moment of this machine is nobody's fault; a file that ends each process that reads it would be read for ever. */
async function isLastDeath(
  { arrivals }: Pick<TakeInPorts, 'arrivals'>,
  { id }: Arrival,
): Promise<boolean> {
  return (await arrivals.died(id)) >= READER_DEATHS_MAX;
}
