import type {
  Courier,
  RemoteBox,
  SftpCredentials,
  SftpEndpoint,
} from '../../exchange/delivery/courier.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import { offeredAlgorithms } from './algorithms.ts';
import { HostKeyPins } from './host-key-pins.ts';
import { loginMethods } from './login-methods.ts';
import { UnpinnedHostKey } from './log-in.ts';
import type { SessionTerms } from './log-in.ts';
import { openSession } from './open-session.ts';
import type { Session } from './open-session.ts';
import { openSocket } from './open-socket.ts';
import { SftpBox } from './sftp-box.ts';
import { transferLimits } from './transfer-limits.ts';
import type { TransferLimits } from './transfer-limits.ts';

/** Delivers over SFTP version 3 with the ssh2 library. Keeps nothing between connections. */
export class SftpCourier implements Courier {
  readonly #limits: TransferLimits;

  /** `limits` replaces single deadlines; tests shorten them. */
  constructor(limits: Partial<TransferLimits> = {}) {
    this.#limits = { ...transferLimits, ...limits };
  }

  async connect(
    endpoint: SftpEndpoint,
    credentials: SftpCredentials,
    signal?: AbortSignal,
  ): Promise<RemoteBox> {
    return new SftpBox(await this.session(endpoint, credentials, signal), endpoint.directory);
  }

  /**
   * Opens a connection whose host key is one of the pins.
   *
   * A fingerprint does not tell which of its keys a server should show. So a server that shows an unpinned key is
   * asked again, on a new connection and still before any login, for its keys of other types; `host-key-changed`
   * with every fingerprint presented is thrown when none of them is pinned.
   */
  async session(
    endpoint: SftpEndpoint,
    credentials: SftpCredentials,
    signal?: AbortSignal,
  ): Promise<Session> {
    const pins = new HostKeyPins(endpoint.hostKeys);
    const methods = loginMethods(endpoint, credentials);
    const presented: UnpinnedHostKey[] = [];
    for (;;) {
      const algorithms = offeredAlgorithms(
        endpoint.algorithms ?? [],
        presented.map((key) => key.keyType),
      );
      if (algorithms === undefined) throw hostKeyChanged(endpoint, presented);
      try {
        const terms = { endpoint, pins, algorithms, methods };
        return await this.#open(terms, signal);
      } catch (error) {
        if (error instanceof UnpinnedHostKey) {
          if (presented.some((key) => key.keyType === error.keyType)) {
            throw hostKeyChanged(endpoint, presented);
          }
          presented.push(error);
        } else if (presented.length > 0 && hasCode(error, 'algorithms-refused')) {
          throw hostKeyChanged(endpoint, presented);
        } else {
          throw error;
        }
      }
    }
  }

  async #open(terms: SessionTerms, signal: AbortSignal | undefined): Promise<Session> {
    const { host, port } = terms.endpoint;
    const socket = await openSocket(host, port, this.#limits.connectMs, signal);
    const onAbort = (): void => {
      socket.destroy();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const session = await openSession(socket, terms, this.#limits);
      endOnAbort(session, signal);
      return session;
    } catch (error) {
      if (signal?.aborted === true) throw new DeliveryFault('delivery-interrupted', { host, port });
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }
}

function endOnAbort({ line, client }: Session, signal: AbortSignal | undefined): void {
  if (signal === undefined) return;
  const onAbort = (): void => {
    line.fail(new DeliveryFault('delivery-interrupted', line.where));
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  client.once('close', () => {
    signal.removeEventListener('abort', onAbort);
  });
}

function hostKeyChanged(
  endpoint: SftpEndpoint,
  presented: readonly UnpinnedHostKey[],
): DeliveryFault {
  return new DeliveryFault('host-key-changed', {
    host: endpoint.host,
    port: endpoint.port,
    expected: endpoint.hostKeys,
    presented: presented.map((key) => key.fingerprint),
  });
}

function hasCode(error: unknown, code: DeliveryFault['code']): boolean {
  return error instanceof DeliveryFault && error.code === code;
}
