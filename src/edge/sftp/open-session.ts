import type { Socket } from 'node:net';

import ssh2 from 'ssh2';
import type { Algorithms, AuthHandlerMiddleware, SFTPWrapper } from 'ssh2';

import type { Facts } from '../../domain/fault.ts';
import type { SftpEndpoint } from '../../exchange/courier.ts';
import { DeliveryFault } from '../../exchange/delivery-errors.ts';
import { fingerprintOf, keyTypeOf } from './host-key-pins.ts';
import type { HostKeyPins } from './host-key-pins.ts';
import type { LoginMethod } from './login-methods.ts';
import { Lifeline } from './request-deadline.ts';
import type { TransferLimits } from './transfer-limits.ts';

/** What a peer may send before we are logged in: version line, key exchange, banners. */
const BEFORE_LOGIN_BYTES_MAX = 1024 * 1024;

export interface Session {
  readonly client: ssh2.Client;
  readonly sftp: SFTPWrapper;
  readonly line: Lifeline;
  readonly hostKey: string;
}

/** The server proved to hold another key than the pinned ones; nothing that authenticates us was sent. */
export class UnpinnedHostKey extends Error {
  readonly keyType: string;
  readonly fingerprint: string;

  constructor(keyType: string, fingerprint: string) {
    super('unpinned host key');
    this.keyType = keyType;
    this.fingerprint = fingerprint;
  }
}

interface Handshake {
  presented?: { readonly keyType: string; readonly fingerprint: string; readonly isPinned: boolean };
  hasSentLogin: boolean;
}

/**
 * Logs in over an open socket and starts the sftp subsystem.
 *
 * Throws UnpinnedHostKey, or DeliveryFault: `algorithms-refused`, `authentication-refused`, `peer-unavailable`,
 * `protocol-fault`, `connection-lost`, `deadline-passed`, `sftp-refused`. The socket is then destroyed.
 */
export async function openSession(
  socket: Socket,
  endpoint: SftpEndpoint,
  pins: HostKeyPins,
  algorithms: Algorithms,
  methods: readonly LoginMethod[],
  limits: TransferLimits,
): Promise<Session> {
  const where = { host: endpoint.host, port: endpoint.port };
  const line = new Lifeline(socket, limits, where);
  const client = new ssh2.Client();
  const handshake: Handshake = { hasSentLogin: false };
  try {
    await logIn(client, socket, endpoint, pins, algorithms, methods, line, handshake);
    // From here on ssh2's error levels say what broke; whoever waits is told through the line.
    client.removeAllListeners('error');
    client.on('error', (error: Error & { level?: string }) => {
      const isProtocol = error.level === 'protocol' || error.level === 'handshake';
      line.fail(line.fault(isProtocol ? 'protocol-fault' : 'connection-lost', 'session', undefined, error));
    });
    const sftp = await openSubsystem(client, line);
    return { client, sftp, line, hostKey: handshake.presented!.fingerprint };
  } catch (error) {
    line.fail(line.fault('connection-lost', 'login', undefined, error));
    throw error;
  }
}

function logIn(
  client: ssh2.Client,
  socket: Socket,
  endpoint: SftpEndpoint,
  pins: HostKeyPins,
  algorithms: Algorithms,
  methods: readonly LoginMethod[],
  line: Lifeline,
  handshake: Handshake,
): Promise<void> {
  const { limits } = line;
  return new Promise((resolve, reject) => {
    const flood = setInterval(() => {
      if (socket.bytesRead > BEFORE_LOGIN_BYTES_MAX) settle(line.fault('protocol-fault', 'login'));
    }, 100);
    const settle = (error?: Error): void => {
      clearInterval(flood);
      if (error === undefined) resolve();
      else reject(error);
    };
    client.on('error', (error: Error & { level?: string; code?: unknown }) => {
      settle(explainLogin(error, handshake, line.where));
    });
    client.once('close', () => {
      settle(
        handshake.hasSentLogin
          ? line.fault('connection-lost', 'login')
          : new DeliveryFault('peer-unavailable', { ...line.where, reason: 'closed-before-login' }),
      );
      line.fail(line.fault('connection-lost', 'session'));
    });
    client.once('ready', () => {
      settle();
    });
    try {
      client.connect({
        sock: socket,
        username: endpoint.user,
        algorithms,
        hostVerifier: (key: Buffer): boolean => {
          const isPinned = pins.accepts(key);
          handshake.presented = { keyType: keyTypeOf(key), fingerprint: fingerprintOf(key), isPinned };
          return isPinned;
        },
        authHandler: inOrder(methods, handshake),
        readyTimeout: limits.loginMs,
        keepaliveInterval: limits.keepaliveMs,
        keepaliveCountMax: 3,
      });
    } catch (error) {
      // ssh2 throws here only for algorithm names it does not know.
      settle(new DeliveryFault('algorithms-refused', { ...line.where, step: 'configuration' }, error));
    }
  });
}

function inOrder(methods: readonly LoginMethod[], handshake: Handshake): AuthHandlerMiddleware {
  const left = [...methods];
  return (allowed, _isPartial, next) => {
    let method = left.shift();
    // `allowed` is null before the first attempt, whatever the type says.
    const isListed = (type: string): boolean =>
      (allowed as readonly string[] | null)?.includes(type) ?? true;
    while (method !== undefined && !isListed(method.type)) method = left.shift();
    handshake.hasSentLogin ||= method !== undefined;
    next(method ?? (false as never));
  };
}

function explainLogin(
  error: Error & { level?: string; code?: unknown },
  handshake: Handshake,
  where: Facts,
): Error {
  const { presented, hasSentLogin } = handshake;
  if (presented?.isPinned === false) {
    return new UnpinnedHostKey(presented.keyType, presented.fingerprint);
  }
  switch (error.level) {
    case 'client-authentication':
      return new DeliveryFault('authentication-refused', where, error);
    case 'client-timeout':
      return new DeliveryFault('peer-unavailable', { ...where, reason: 'login-timeout' }, error);
    case 'client-socket':
      return hasSentLogin
        ? new DeliveryFault('connection-lost', { ...where, step: 'login' }, error)
        : new DeliveryFault('peer-unavailable', { ...where, reason: 'reset-before-login' }, error);
    case 'handshake':
      // Before the host key was shown the only thing to agree on is algorithms.
      return new DeliveryFault(
        presented === undefined ? 'algorithms-refused' : 'protocol-fault',
        { ...where, step: 'handshake' },
        error,
      );
    default:
      // A disconnect message carries a number (RFC 4253 section 11.1) and no level; during login it is a refusal.
      if (typeof error.code === 'number' && hasSentLogin) {
        return new DeliveryFault('authentication-refused', { ...where, reason: error.code }, error);
      }
      return new DeliveryFault('protocol-fault', { ...where, step: 'login' }, error);
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
