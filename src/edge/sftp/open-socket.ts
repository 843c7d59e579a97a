import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';

/**
 * A TCP connection, over whichever of IPv6 and IPv4 answers first (RFC 8305).
 *
 * Throws DeliveryFault `peer-unavailable` (facts: host, port, reason as the system names it) or `delivery-interrupted`.
 */
export function openSocket(
  host: string,
  port: number,
  limitMs: number,
  signal?: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, autoSelectFamily: true, noDelay: true });
    const settle = (fault?: DeliveryFault): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect);
      if (fault === undefined) {
        resolve(socket);
      } else {
        socket.destroy();
        reject(fault);
      }
    };
    const onConnect = (): void => {
      settle();
    };
    const onAbort = (): void => {
      settle(new DeliveryFault('delivery-interrupted', { host, port }));
    };
    const timer = setTimeout(() => {
      settle(new DeliveryFault('peer-unavailable', { host, port, reason: 'ETIMEDOUT' }));
    }, limitMs);
    // Stays for the life of the socket: an 'error' without a listener would end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      settle(
        new DeliveryFault(
          'peer-unavailable',
          { host, port, reason: error.code ?? 'unknown' },
          error,
        ),
      );
    });
    socket.once('connect', onConnect);
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
