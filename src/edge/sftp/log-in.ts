import type { Socket } from 'node:net';

import type ssh2 from 'ssh2';
import type { Algorithms, AuthHandlerMiddleware } from 'ssh2';

import type { Facts } from '../../domain/fault.ts';
import type { SftpEndpoint } from '../../exchange/delivery/courier.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import type { WeakAlgorithm } from '../../domain/recipients/weak-algorithms.ts';
import { explainRefusal } from './algorithms.ts';
import { listenForOffer } from './key-exchange-offer.ts';
import type { ServerOffer } from './key-exchange-offer.ts';
import { fingerprintOf, keyTypeOf } from './host-key-pins.ts';
import type { HostKeyPins } from './host-key-pins.ts';
import type { LoginMethod } from './login-methods.ts';
import type { Lifeline } from './request-deadline.ts';

/** What a peer may send before we are logged in: version line, key exchange, banners. */
const BEFORE_LOGIN_BYTES_MAX = 1024 * 1024;

/** Names a fault carries: enough to see what a server can do. */
const OFFERED_SHOWN = 24;

/** What both ends must agree to before anything is delivered. */
export interface SessionTerms {
  readonly endpoint: SftpEndpoint;
  readonly pins: HostKeyPins;
  readonly algorithms: Algorithms;
  readonly methods: readonly LoginMethod[];
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

/** What ssh2 says of an error: the level it occurred at, or the number of a disconnect message. */
type LoginError = Error & { readonly level?: string; readonly code?: unknown };

interface Handshake {
  presented?: {
    readonly keyType: string;
    readonly fingerprint: string;
    readonly isPinned: boolean;
  };
  hasSentLogin: boolean;
  readonly allowed: readonly WeakAlgorithm[];
  /** What the server said it offers, once it did. */
  offer: () => ServerOffer | undefined;
}

/**
 * Agrees on keys, compares the host key, logs in. Returns the fingerprint of the host key.
 *
 * Throws UnpinnedHostKey, or DeliveryFault: `algorithms-refused`, `authentication-refused`, `peer-unavailable`,
 * `protocol-fault`, `connection-lost`.
 */
export async function logIn(
  client: ssh2.Client,
  socket: Socket,
  terms: SessionTerms,
  line: Lifeline,
): Promise<string> {
  const { limits, where } = line;
  const handshake = newHandshake(terms.endpoint);
  await new Promise<void>((resolve, reject) => {
    const flood = setInterval(() => {
      if (socket.bytesRead > BEFORE_LOGIN_BYTES_MAX) settle(line.fault('protocol-fault', 'login'));
    }, 100);
    const settle = (error?: Error): void => {
      clearInterval(flood);
      if (error === undefined) resolve();
      else reject(error);
    };
    client.on('error', (error: LoginError) => {
      settle(explainLogin(error, handshake, where));
    });
    client.once('close', () => {
      settle(
        handshake.hasSentLogin
          ? line.fault('connection-lost', 'login')
          : new DeliveryFault('peer-unavailable', { ...where, reason: 'closed-before-login' }),
      );
    });
    client.once('ready', () => {
      settle();
    });
    try {
      client.connect({
        sock: socket,
        username: terms.endpoint.user,
        algorithms: terms.algorithms,
        hostVerifier: verifier(terms.pins, handshake),
        authHandler: inOrder(terms.methods, handshake),
        readyTimeout: limits.loginMs,
        keepaliveInterval: limits.keepaliveMs,
        keepaliveCountMax: 3,
      });
      handshake.offer = listenForOffer(socket);
    } catch (error) {
      // ssh2 throws here only for algorithm names it does not know.
      settle(new DeliveryFault('algorithms-refused', { ...where, step: 'configuration' }, error));
    }
  });
  return handshake.presented?.fingerprint ?? '';
}

function newHandshake({ algorithms = [] }: SftpEndpoint): Handshake {
  return { hasSentLogin: false, allowed: algorithms, offer: () => undefined };
}

function verifier(pins: HostKeyPins, handshake: Handshake): (key: Buffer) => boolean {
  return (key) => {
    const isPinned = pins.accepts(key);
    handshake.presented = {
      keyType: keyTypeOf(key),
      fingerprint: fingerprintOf(key),
      isPinned,
    };
    return isPinned;
  };
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

/** With what the server offers of the kinds that do not match, and what to allow if that is wanted. */
function algorithmsRefused(
  { offer, allowed }: Handshake,
  where: Facts,
  error: LoginError,
): DeliveryFault {
  const told = offer();
  const step = { ...where, step: 'handshake' };
  if (told === undefined) return new DeliveryFault('algorithms-refused', step, error);
  const { missing, allow } = explainRefusal(told, allowed);
  const offered = missing.flatMap((kind) => told[kind]).slice(0, OFFERED_SHOWN);
  return new DeliveryFault('algorithms-refused', { ...step, missing, offered, allow }, error);
}

function explainLogin(error: LoginError, handshake: Handshake, where: Facts): Error {
  const { presented, hasSentLogin } = handshake;
  if (presented?.isPinned === false) {
    return new UnpinnedHostKey(presented.keyType, presented.fingerprint);
  }
  switch (error.level ?? '') {
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
      return presented === undefined
        ? algorithmsRefused(handshake, where, error)
        : new DeliveryFault('protocol-fault', { ...where, step: 'handshake' }, error);
    default:
      // A disconnect message carries a number (RFC 4253 section 11.1) and no level; during login it is a refusal.
      if (typeof error.code === 'number' && hasSentLogin) {
        return new DeliveryFault('authentication-refused', { ...where, reason: error.code }, error);
      }
      return new DeliveryFault('protocol-fault', { ...where, step: 'login' }, error);
  }
}
