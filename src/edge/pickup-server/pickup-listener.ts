import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { once } from 'node:events';

import ssh2 from 'ssh2';
import type { AuthContext, Connection, KexAlgorithm, Session, SFTPWrapper } from 'ssh2';

import { offeredAlgorithms } from '../sftp/algorithms.ts';
import type { PickupVisitor } from '../../exchange/pickup/pickup-book.ts';
import { BoxSession } from './box-session.ts';
import { ConnectionGate } from './connection-gate.ts';
import type { Visit } from './connection-gate.ts';
import { KeyTable, repeatAlgorithm } from './key-table.ts';
import type { LoginVerdict } from './key-table.ts';
import { LoginTries } from './login-tries.ts';
import type { ServeLine } from './serve-line.ts';
import { UnsureBytes } from './unsure-bytes.ts';
import type { BoxRoom } from './visited-box.ts';
import type { Beginning } from './wire.ts';

const LOGIN_MS = 20_000;
const ATTEMPTS_MAX = 6;
const IDLE_MS = 300_000;
const CONNECTIONS_PER_KEY_MAX = 10;
/** One for SFTP; clients open others to run programs, which are refused. */
const SESSIONS_MAX = 4;
/** Over the life of a connection: the library keeps a little of each. */
const SESSIONS_EVER_MAX = 1_000;
/** The least that a client takes in one packet; the library sends a packet per byte, or none for ever, as it is told. */
const PACKET_BYTES_MIN = 4_096;
/** Replies the library gives by itself, together with ours: who makes us write so much and does not read is let go. */
const UNREAD_MAX = 8 * 1024 * 1024;
const GOODBYE_MS = 2_000;
const STOP_MS = 3_000;

/** The library has no group exchange for servers, though it would offer it. */
const keyExchange: KexAlgorithm[] = [
  ...(['curve25519-sha256', 'curve25519-sha256@libssh.org'] as const),
  ...(['ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521'] as const),
  'diffie-hellman-group14-sha256',
];

const notTaken: LoginVerdict = { refused: 'key-not-taken' };

/** What is done without the types: they leave it out. */
type Tuned = Connection & { setNoDelay(noDelay: boolean): void };

/** Takes connections, finds out whose they are, and gives each visitor their box. */
export class PickupListener {
  readonly #beginning: Beginning;
  readonly #line: ServeLine;
  readonly #keys: KeyTable;
  readonly #room: BoxRoom;
  readonly #gate = new ConnectionGate();
  readonly #ssh: ssh2.Server;
  readonly #net: Server;
  readonly #connectionsOfKey = new Map<string, number>();
  readonly #sessions = new Set<BoxSession>();
  /** Of connections that are open. */
  readonly #tries = new Set<LoginTries>();
  /** Visits whose protocol has not begun, by the other end of the socket. */
  readonly #entering = new Map<string, Visit>();

  constructor(beginning: Beginning, line: ServeLine) {
    this.#beginning = beginning;
    this.#line = line;
    this.#keys = new KeyTable(line);
    this.#room = { shelves: beginning.shelves, unsure: new UnsureBytes() };
    const { cipher, hmac, compress } = offeredAlgorithms([], [])!;
    const algorithms = { kex: keyExchange, cipher: cipher!, hmac: hmac!, compress: compress! };
    const config = { hostKeys: [beginning.hostKey], algorithms, ident: 'mimamori' };
    this.#ssh = new ssh2.Server(config, (connection, { ip, port }) => {
      const visit = this.#entering.get(`${ip} ${String(port)}`);
      // Its socket was closed before it said anything.
      if (visit === undefined) connection.end();
      else this.#welcome(connection, visit);
    });
    this.#net = createServer({ noDelay: true }, (socket) => {
      this.#enter(socket);
    });
  }

  /** Returns the port. Rejects with the system's error. */
  async listen(): Promise<number> {
    const { address, port } = this.#beginning;
    const familiar = await this.#line.ask<'familiar'>({ what: 'familiar' });
    for (const each of familiar ?? []) this.#gate.remember(each);
    this.#net.listen(port, address);
    await once(this.#net, 'listening');
    // A connection that could not be taken, for want of descriptors: the next one may be.
    this.#net.on('error', () => undefined);
    return (this.#net.address() as AddressInfo).port;
  }

  /** What was sent and refused so far is recorded before the sockets are closed. */
  async stop(): Promise<void> {
    this.#net.close();
    const all = Promise.all([
      ...[...this.#sessions].map((session) => session.leave()),
      ...[...this.#tries].map((tries) => tries.tell()),
    ]);
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(resolve, STOP_MS, undefined);
    await Promise.race([all, late]);
    clearTimeout(timer);
    for (const { socket } of this.#gate.visits) socket.destroy();
  }

  #enter(socket: Socket): void {
    const visit = this.#gate.admit(socket);
    if (visit === undefined) {
      socket.destroy();
      return;
    }
    socket.on('error', () => undefined);
    const place = `${String(socket.remoteAddress)} ${String(socket.remotePort)}`;
    this.#entering.set(place, visit);
    // Counts from the first packet on: the library waits for a client for ever.
    const tooSlow = setTimeout(() => {
      if (!visit.isKnown) socket.destroy();
    }, LOGIN_MS);
    socket.once('close', () => {
      clearTimeout(tooSlow);
      this.#entering.delete(place);
    });
    this.#ssh.injectSocket(socket);
  }

  #welcome(connection: Connection, visit: Visit): void {
    // Without a listener a reset by the other side would end the process.
    connection.on('error', () => undefined);
    (connection as Tuned).setNoDelay(true);
    const { socket, from } = visit;
    const tries = this.#triesOf(connection, from);
    let attempts = 0;
    let visitor: PickupVisitor | undefined;
    connection.on('authentication', (context) => {
      if (context.method !== 'none') attempts += 1;
      if (attempts > ATTEMPTS_MAX) {
        tries.add('login-attempts', context);
        socket.destroy();
        return;
      }
      const judged = this.#judge(context, tries, (key) => {
        visitor = { box: context.username, key, from };
      });
      // The answer could not be given: a connection that is gone or out of order.
      judged.catch(() => socket.destroy());
    });
    connection.once('ready', () => {
      // The protocol lets nobody get here whom we did not accept.
      if (visitor === undefined) {
        socket.destroy();
        return;
      }
      tries.welcomed();
      this.#open(connection, visit, visitor);
    });
  }

  #triesOf(connection: Connection, from: string): LoginTries {
    const tries = new LoginTries(this.#line, from);
    this.#tries.add(tries);
    connection.once('close', () => {
      this.#tries.delete(tries);
      tries.end();
    });
    return tries;
  }

  /** Lets in or refuses; to the client refusals are all alike. `welcome` takes the fingerprint of a key that was proven. */
  async #judge(
    context: AuthContext,
    tries: LoginTries,
    welcome: (key: string) => void,
  ): Promise<void> {
    const verdict = await this.#keys.judge(context).catch((): LoginVerdict => notTaken);
    if (typeof verdict === 'object' && 'refused' in verdict) {
      // Every client begins by asking which methods there are.
      if (context.method !== 'none') tries.add(verdict.refused, context);
      context.reject(['publickey']);
      return;
    }
    if (verdict !== 'asks') welcome(verdict.fingerprint);
    else if (context.method === 'publickey') repeatAlgorithm(context);
    context.accept();
  }

  #open(connection: Connection, visit: Visit, visitor: PickupVisitor): void {
    const { socket } = visit;
    if (this.#gate.recognise(visit)) void this.#line.ask<'came'>({ what: 'came', visitor });
    if (!this.#count(visitor.key, socket)) {
      void this.#line.ask<'turned-away'>({
        ...{ what: 'turned-away', ...visitor, why: 'key-connections' },
      });
      socket.destroy();
      return;
    }
    const idle = setTimeout(() => {
      connection.end();
      // Who does not go is not waited for.
      setTimeout(() => socket.destroy(), GOODBYE_MS);
    }, IDLE_MS);
    socket.once('close', () => {
      clearTimeout(idle);
    });
    socket.on('data', () => {
      if (socket.writableLength > UNREAD_MAX) socket.destroy();
    });
    let open = 0;
    let ever = 0;
    connection.on('session', (accept, reject) => {
      if (open >= SESSIONS_MAX || ever >= SESSIONS_EVER_MAX) {
        reject();
        return;
      }
      open += 1;
      ever += 1;
      const session = accept();
      if (packetBytesOf(session) < PACKET_BYTES_MIN) {
        socket.destroy();
        return;
      }
      const ended = this.#serve(session, socket, visitor, () => idle.refresh());
      void ended.then(() => {
        open -= 1;
      });
    });
  }

  /** Resolves when the session is closed and all that was sent in it is recorded. */
  #serve(
    session: Session,
    socket: Socket,
    visitor: PickupVisitor,
    onRequest: () => void,
  ): Promise<void> {
    const { promise: closed, resolve: close } = Promise.withResolvers<undefined>();
    session.once('close', close);
    let recorded: Promise<void> | undefined;
    // Programs, terminals, forwarding: whatever has no listener here is refused by the library.
    session.once('sftp', (accept: () => SFTPWrapper) => {
      const box = new BoxSession(accept(), socket, this.#line, visitor, this.#room);
      this.#sessions.add(box);
      box.onRequest = onRequest;
      recorded = box.ended;
      void box.ended.then(() => this.#sessions.delete(box));
    });
    return closed.then(() => recorded);
  }

  /** Whether the key may have one more connection. */
  #count(key: string, socket: Socket): boolean {
    const now = this.#connectionsOfKey.get(key) ?? 0;
    if (now >= CONNECTIONS_PER_KEY_MAX) return false;
    this.#connectionsOfKey.set(key, now + 1);
    socket.once('close', () => {
      const left = (this.#connectionsOfKey.get(key) ?? 1) - 1;
      if (left === 0) this.#connectionsOfKey.delete(key);
      else this.#connectionsOfKey.set(key, left);
    });
    return true;
  }
}

/** What the library keeps to itself. */
function packetBytesOf(session: Session): number {
  const { _chanInfo: channel } = session as unknown as {
    readonly _chanInfo: { readonly outgoing: { readonly packetSize: number } };
  };
  return channel.outgoing.packetSize;
}
