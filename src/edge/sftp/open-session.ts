import type { Socket } from 'node:net';

import ssh2 from 'ssh2';
import type { SFTPWrapper } from 'ssh2';

import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import { logIn } from './log-in.ts';
import type { SessionTerms } from './log-in.ts';
import { holdPacketKeys } from './packet-keys.ts';
import { Lifeline } from './request-deadline.ts';
import type { TransferLimits } from './transfer-limits.ts';

export interface Session {
  readonly client: ssh2.Client;
  readonly sftp: SFTPWrapper;
  readonly line: Lifeline;
  readonly hostKey: string;
}

/**
 * Logs in over an open socket and starts the sftp subsystem.
 *
 * Throws what `logIn` throws, and DeliveryFault `deadline-passed` or `sftp-refused`. The socket is then destroyed.
 */
export async function openSession(
  socket: Socket,
  terms: SessionTerms,
  limits: TransferLimits,
): Promise<Session> {
  const { host, port } = terms.endpoint;
  const line = new Lifeline(socket, limits, { host, port });
  const client = new ssh2.Client();
  client.once('close', () => {
    line.fail(line.fault('connection-lost', 'session'));
  });
  try {
    const hostKey = await logIn(client, socket, terms, line);
    holdPacketKeys(client, socket);
    // From here on ssh2's error levels say what broke; whoever waits is told through the line.
    client.removeAllListeners('error');
    client.on('error', (error: Error & { level?: string }) => {
      const isProtocol = error.level === 'protocol' || error.level === 'handshake';
      const code = isProtocol ? 'protocol-fault' : 'connection-lost';
      line.fail(line.fault(code, 'session', undefined, error));
    });
    return { client, sftp: await openSubsystem(client, line), line, hostKey };
  } catch (error) {
    line.fail(line.fault('connection-lost', 'login', undefined, error));
    throw error;
  }
}

async function openSubsystem(client: ssh2.Client, line: Lifeline): Promise<SFTPWrapper> {
  let refusal: unknown;
  const sftp = await line.request<SFTPWrapper>('subsystem', line.limits.requestMs, (answer) => {
    client.sftp((error, opened) => {
      if (error === undefined) {
        answer(undefined, opened);
        return;
      }
      refusal = error;
      answer(undefined, undefined);
    });
  });
  if (sftp === undefined) {
    if (line.hasEnded) throw line.fault('connection-lost', 'subsystem', undefined, refusal);
    throw new DeliveryFault('sftp-refused', line.where, refusal);
  }
  sftp.on('error', (error: Error) => {
    line.fail(line.fault('protocol-fault', 'session', undefined, error));
  });
  for (const event of ['end', 'close'] as const) {
    sftp.on(event, () => {
      line.fail(line.fault('connection-lost', 'session'));
    });
  }
  return sftp;
}
