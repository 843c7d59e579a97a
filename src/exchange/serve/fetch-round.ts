import type { Recipient } from '../../domain/recipients/recipient.ts';
import { fetchFromAll, withFolder } from '../arrivals/fetch-answers.ts';
import type { FetchPorts } from '../arrivals/fetch-answers.ts';
import { closedAt } from '../arrivals/fetch-times.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { Round } from './run-rounds.ts';

/** From the end of one look into the directories to the next. */
export const FETCH_EVERY_MS = 300_000;

export interface FetchRoundPorts extends FetchPorts {
  openSecrets(): Promise<Pick<DeliverySecrets, 'credentials' | 'signCheckpoint'>>;
}

/**
 * Fetches answers out of the directories of recipients whose hours have come; the collecting round takes them in. What was
 * begun inside them is brought to its end.
 */
export class FetchRound implements Round {
  readonly name = 'fetch';
  readonly everyMs = FETCH_EVERY_MS;
  readonly #ports: FetchRoundPorts;

  constructor(ports: FetchRoundPorts) {
    this.#ports = ports;
  }

  /**
   * Throws what the first directory that could not be read threw, or why the hours of a recipient are not known, after all
   * others were read.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { recipients } = await this.#ports.configuration.load();
    const closed = closedAt(recipients, this.#ports.clock.now());
    const open = withFolder(recipients).filter((each) =>
      closed.every(({ recipient }) => recipient !== each),
    );
    const failed = open.length > 0 ? await this.#fetchFrom(open, signal) : [];
    const why = [...failed, ...closed.flatMap(({ problem }) => problem ?? [])];
    if (why.length > 0) throw why[0];
  }

  /** Secrets are opened where somebody is asked, and at no other time. Returns why which directories could not be read. */
  async #fetchFrom(open: readonly Recipient[], signal: AbortSignal): Promise<readonly unknown[]> {
    const secrets = await this.#ports.openSecrets();
    const { came, failed } = await fetchFromAll(this.#ports, open, secrets, signal);
    if (came > 0) await secrets.signCheckpoint();
    return failed;
  }
}
