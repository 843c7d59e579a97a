import { fetchFromAll } from '../arrivals/fetch-answers.ts';
import type { FetchPorts } from '../arrivals/fetch-answers.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { Round } from './run-rounds.ts';

const EVERY_MS = 300_000;

export interface FetchRoundPorts extends FetchPorts {
  openSecrets(): Promise<Pick<DeliverySecrets, 'credentials' | 'signCheckpoint'>>;
}

/** Fetches answers out of the directories of recipients; the collecting round takes them in. */
export class FetchRound implements Round {
  readonly name = 'fetch';
  readonly everyMs = EVERY_MS;
  readonly #ports: FetchRoundPorts;

  constructor(ports: FetchRoundPorts) {
    this.#ports = ports;
  }

  /** Throws what the first directory that could not be read threw, after all others were read. */
  async run(signal: AbortSignal): Promise<void> {
    const { recipients } = await this.#ports.configuration.load();
    const secrets = await this.#ports.openSecrets();
    const { came, failed } = await fetchFromAll(this.#ports, recipients, secrets, signal);
    if (came > 0) await secrets.signCheckpoint();
    if (failed.length > 0) throw failed[0];
  }
}
