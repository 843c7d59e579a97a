import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Socket } from 'node:net';

import ssh2 from 'ssh2';
import type { Connection, ServerChannel } from 'ssh2';

import { generateSftpKey } from '../../src/edge/sftp/sftp-key.ts';
import { protocolOf, sendPayload } from './raw-payload.ts';
import { PacketSplitter, statusOf, statusPacket } from './sftp-packets.ts';
import type { SftpPacket } from './sftp-packets.ts';

const SFTP_SERVER = '/usr/lib/openssh/sftp-server';

/**
 * What becomes of a request. `swallow`: the server never sees it and nobody answers. `cut-before`: the connection ends
 * first. `cut-after`: it is carried out, and the connection ends instead of the answer. `stop`: sftp-server is stopped.
 */
export type RequestFate =
  | 'forward'
  | 'swallow'
  | 'cut-before'
  | 'cut-after'
  | 'stop'
  | { readonly status: number }
  | { readonly answer: Buffer }
  | { readonly bytes: Buffer };

export interface PeerRules {
  /** Called for every request; `number` counts from 1 over all connections. */
  readonly onRequest?: (request: SftpPacket, number: number) => RequestFate;
  /** Called for every answer; undefined: not sent on. */
  readonly onAnswer?: (answer: SftpPacket, request: SftpPacket | undefined) => Buffer | undefined;
  /** How connections are cut. */
  readonly cut?: 'rst' | 'fin';
  /** Only this password is accepted; without one any public key is. */
  readonly password?: string;
  /** The password is accepted only as the answer to a prompt. */
  readonly isPrompting?: boolean;
  /** A key first, and the password after it. */
  readonly wantsKeyToo?: boolean;
  /** A second prompt after the password, as for a one-time code. */
  readonly wantsCode?: boolean;
  readonly refusesLogin?: boolean;
  readonly refusesSubsystem?: boolean;
  /** Instead of an answer to a login, banners (RFC 4252 section 5.4) for as long as the other side listens. */
  readonly bannersWithoutEnd?: boolean;
}

/** An SSH server of ours before the real sftp-server of OpenSSH: it can drop, delay, lie and cut, per request. */
export class FakePeer {
  readonly port: number;
  readonly hostKey: string;
  rules: PeerRules = {};
  /** Requests and successful renames over all connections. */
  requests = 0;
  renames = 0;
  logins = 0;
  /** Called when a rename was carried out, before its answer is sent or lost. */
  onRenamed: (() => void) | undefined;
  readonly seen: string[] = [];
  readonly #server: ssh2.Server;
  readonly #sockets = new Set<Socket>();
  readonly #children = new Set<ChildProcessWithoutNullStreams>();

  private constructor(server: ssh2.Server, port: number, hostKey: string) {
    this.#server = server;
    this.port = port;
    this.hostKey = hostKey;
  }

  static async start(): Promise<FakePeer> {
    const { privateKey, fingerprint } = await generateSftpKey('ed25519', '');
    const made: { peer?: FakePeer } = {};
    const server = new ssh2.Server({ hostKeys: [Buffer.from(privateKey)] }, (connection) => {
      made.peer?.accept(connection);
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve((server.address() as { port: number }).port);
      });
    });
    const peer = new FakePeer(server, port, fingerprint);
    made.peer = peer;
    return peer;
  }

  async stop(): Promise<void> {
    this.cutAll();
    for (const child of this.#children) child.kill('SIGKILL');
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    const left = [...this.#children].map(
      (child) => new Promise((done) => child.once('exit', done)),
    );
    await Promise.all(left);
  }

  cutAll(): void {
    for (const socket of this.#sockets) this.#cut(socket);
  }

  accept(connection: Connection): void {
    const socket = (connection as unknown as { _sock: Socket })._sock;
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => this.#sockets.delete(socket));
    connection.on('error', () => undefined);
    let keyed = false;
    connection.on('authentication', (context) => {
      this.logins += 1;
      if (this.rules.bannersWithoutEnd === true) {
        pourBanners(connection, socket);
        return;
      }
      const { password, isPrompting, refusesLogin } = this.rules;
      if (refusesLogin === true) {
        context.reject(['publickey', 'password']);
      } else if (password === undefined) {
        if (context.method === 'publickey') context.accept();
        else context.reject(['publickey']);
      } else if (this.rules.wantsKeyToo === true && !keyed) {
        if (context.method !== 'publickey') {
          context.reject(['publickey']);
        } else if (context.signature === undefined) {
          context.accept();
        } else {
          keyed = true;
          context.reject([isPrompting === true ? 'keyboard-interactive' : 'password'], true);
        }
      } else if (context.method === 'password' && isPrompting !== true) {
        if (context.password === password) context.accept();
        else context.reject(['password']);
      } else if (context.method === 'keyboard-interactive' && isPrompting === true) {
        const code = this.rules.wantsCode === true ? [{ prompt: 'Code: ', echo: true }] : [];
        context.prompt([{ prompt: 'Password: ', echo: false }, ...code], (answers) => {
          if (answers[0] === password) context.accept();
          else context.reject(['keyboard-interactive']);
        });
      } else {
        context.reject([isPrompting === true ? 'keyboard-interactive' : 'password']);
      }
    });
    connection.on('session', (acceptSession) => {
      const session = acceptSession();
      session.on(
        'subsystem' as never,
        ((acceptChannel: () => ServerChannel, reject: () => void) => {
          if (this.rules.refusesSubsystem === true) reject();
          else this.#serve(acceptChannel(), socket);
        }) as never,
      );
    });
  }

  #cut(socket: Socket): void {
    if (this.rules.cut === 'rst') socket.resetAndDestroy();
    else socket.destroy();
  }

  #serve(channel: ServerChannel, socket: Socket): void {
    const child = spawn(SFTP_SERVER, ['-e'], { stdio: 'pipe' });
    this.#children.add(child);
    child.once('exit', () => {
      this.#children.delete(child);
      channel.end();
    });
    child.stdin.on('error', () => undefined);
    child.stderr.resume();
    channel.on('error', () => undefined);
    channel.on('close', () => child.kill('SIGKILL'));
    const pending = new Map<number, SftpPacket>();
    const cutAfter = new Set<number>();
    const requests = new PacketSplitter();
    channel.on('data', (chunk: Buffer) => {
      for (const request of requests.push(chunk)) {
        if (socket.destroyed) return;
        this.#forward(request, { channel, child, socket, pending, cutAfter });
      }
    });
    const answers = new PacketSplitter();
    child.stdout.on('data', (chunk: Buffer) => {
      for (const answer of answers.push(chunk)) {
        const request = pending.get(answer.id);
        pending.delete(answer.id);
        if (request?.type === 'RENAME' && statusOf(answer) === 0) {
          this.renames += 1;
          this.onRenamed?.();
        }
        if (cutAfter.has(answer.type === 'VERSION' ? -1 : answer.id)) {
          this.#cut(socket);
          return;
        }
        const { onAnswer } = this.rules;
        const bytes = onAnswer === undefined ? answer.bytes : onAnswer(answer, request);
        if (bytes !== undefined) channel.write(bytes);
      }
    });
  }

  #forward(request: SftpPacket, link: Link): void {
    this.requests += 1;
    this.seen.push(request.type);
    const fate = this.rules.onRequest?.(request, this.requests) ?? 'forward';
    link.pending.set(request.id, request);
    if (typeof fate === 'object') {
      if ('status' in fate) link.channel.write(statusPacket(request.id, fate.status));
      else if ('answer' in fate) link.channel.write(fate.answer);
      else link.child.stdin.write(fate.bytes);
      return;
    }
    switch (fate) {
      case 'swallow':
        return;
      case 'cut-before':
        this.#cut(link.socket);
        return;
      case 'stop':
        link.child.kill('SIGSTOP');
        break;
      case 'cut-after':
        link.cutAfter.add(request.type === 'INIT' ? -1 : request.id);
        break;
      case 'forward':
        break;
    }
    link.child.stdin.write(request.bytes);
  }
}

interface Link {
  readonly channel: ServerChannel;
  readonly child: ChildProcessWithoutNullStreams;
  readonly socket: Socket;
  readonly pending: Map<number, SftpPacket>;
  readonly cutAfter: Set<number>;
}

const MSG_USERAUTH_BANNER = 53;

function pourBanners(connection: Connection, socket: Socket): void {
  const [message, language] = [Buffer.alloc(4 + 30_000, 'x'), Buffer.alloc(4)];
  message.writeUInt32BE(30_000);
  const banner = Buffer.concat([Uint8Array.of(MSG_USERAUTH_BANNER), message, language]);
  const pour = (): void => {
    while (!socket.destroyed && !socket.writableNeedDrain) {
      sendPayload(protocolOf(connection), banner);
    }
  };
  socket.on('drain', pour);
  pour();
}
