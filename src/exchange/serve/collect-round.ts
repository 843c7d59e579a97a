import { serveActor } from '../acts/serve-actor.ts';
import { collectResponses } from '../arrivals/collect-responses.ts';
import type { TakeInPorts } from '../arrivals/take-in-arrival.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import type { Round } from './run-rounds.ts';

const EVERY_MS = 5_000;

export interface CollectRoundPorts extends TakeInPorts {
  /** Asked each time something is to be read; nobody sits there then to type it. */
  readonly passphrases: PassphraseSource;
  openSecrets(): Promise<Pick<DeliverySecrets, 'signCheckpoint'>>;
}

/** Takes in what recipients brought. */
export class CollectRound implements Round {
  readonly name = 'collect';
  readonly everyMs = EVERY_MS;
  readonly #ports: CollectRoundPorts;

  constructor(ports: CollectRoundPorts) {
    this.#ports = ports;
  }

  /** Throws what `collectResponses` and signing a checkpoint throw. */
  async run(signal: AbortSignal): Promise<void> {
    const { passphrases } = this.#ports;
    const { taken, misconfigured } = await collectResponses(this.#ports, {
      ...{ actor: serveActor, passphrases, signal },
    });
    if (taken.length > 0) await (await this.#ports.openSecrets()).signCheckpoint();
    // What came from the others is taken in by then; this stands with the rounds until it is mended.
    if (misconfigured !== undefined) throw misconfigured;
  }
}
