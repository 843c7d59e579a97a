import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import ssh2 from 'ssh2';
import type { Client, SFTPWrapper } from 'ssh2';

import { call, openSftp } from './pickup-bench.ts';
import type { FuzzCase } from './pickup-fuzz.ts';
import type { BoxDoor } from './pickup-clients.ts';
import { PickupStand } from './pickup-stand.ts';
import { protocolOf, sendPayload } from './raw-payload.ts';

/** How long an answer to the last piece is waited for. */
const LISTEN_MS = 15;
const STEP_MS = 30_000;
/** How long descriptors of connections that ended may stay open. */
const CLOSE_MS = 30_000;
const MEMORY_KIB = 256 * 1024;

/** The real pickup server, somebody who misbehaves, and somebody who asks how it is afterwards. */
export class FuzzedServer {
  readonly #stand = new PickupStand(1_000_000);
  #door!: BoxDoor;
  #pid = 0;
  #descriptors = 0;

  async start(): Promise<void> {
    await this.#stand.start();
    this.#door = this.#stand.admit('psp', 'ed25519');
    this.#pid = this.#stand.pid;
    await this.#list();
    this.#descriptors = this.#openNow();
  }

  stop(): Promise<void> {
    return this.#stand.stop();
  }

  /** Says the pieces of a case. Whatever becomes of the connection is right. */
  async suffer({ layer, pieces }: FuzzCase): Promise<void> {
    const bytes = pieces.map((piece) => Buffer.from(piece, 'hex'));
    if (layer === 'opening') return this.#open(bytes);
    const client = new ssh2.Client();
    client.on('error', () => undefined);
    const gone = new Promise<undefined>((resolve) =>
      client.once('close', () => resolve(undefined)),
    );
    const said = Promise.withResolvers<undefined>();
    const say = (): void => {
      void this.#say(client, layer, bytes)
        .catch(() => undefined)
        .then(() => said.resolve(undefined));
    };
    const { port, user: username } = this.#door;
    client.connect({
      ...{ host: '127.0.0.1', port, username },
      // Once the service is granted: where a client says who it is.
      authHandler: (_left, _partial, next) => {
        if (layer === 'login') say();
        else next({ type: 'publickey', username, key: readFileSync(this.#door.key) });
      },
    });
    client.setNoDelay(true);
    client.once('ready', say);
    await Promise.race([said.promise, gone, pause(STEP_MS, undefined, { ref: false })]);
    await Promise.race([gone, pause(LISTEN_MS)]);
    client.destroy();
  }

  /** Why the server is not as it was; nothing when it is. */
  async complaint(): Promise<string | undefined> {
    // To remove a file is among what seeds say, and this stand takes it for a receipt.
    this.#stand.putBack(this.#door.user);
    try {
      await this.#list();
      const until = performance.now() + CLOSE_MS;
      while (this.#openNow() > this.#descriptors) {
        if (performance.now() > until)
          return `${this.#openNow()} open descriptors, ${this.#descriptors} before`;
        await pause(50);
      }
      const held = Number(/^VmRSS:\s+(\d+) kB/m.exec(this.#status())![1]);
      return held > MEMORY_KIB ? `holds ${held} KiB` : undefined;
    } catch (error) {
      return String(error);
    }
  }

  async #open(pieces: readonly Buffer[]): Promise<void> {
    const socket = connect({ host: '127.0.0.1', port: this.#door.port });
    socket.on('error', () => undefined);
    socket.resume();
    const gone = new Promise((resolve) => socket.once('close', resolve));
    await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), gone]);
    for (const piece of pieces) socket.write(piece);
    await Promise.race([gone, pause(LISTEN_MS)]);
    socket.destroy();
  }

  async #say(client: Client, layer: FuzzCase['layer'], pieces: readonly Buffer[]): Promise<void> {
    const protocol = protocolOf(client);
    if (layer === 'login') {
      for (const piece of pieces) sendPayload(protocol, piece);
      return;
    }
    const sftp = await openSftp(client);
    const { outgoing } = sftp as unknown as { readonly outgoing: { readonly id: number } };
    for (const piece of pieces) {
      if (layer === 'sftp') protocol.channelData(outgoing.id, piece);
      else sendPayload(protocol, piece);
    }
  }

  async #list(): Promise<void> {
    const client = new ssh2.Client();
    client.on('error', () => undefined);
    const failed = once(client, 'error').then(([error]) => Promise.reject(error as Error));
    failed.catch(() => undefined);
    const { port, user: username, key } = this.#door;
    client.connect({ host: '127.0.0.1', port, username, privateKey: readFileSync(key) });
    client.setNoDelay(true);
    try {
      const late = pause(STEP_MS, undefined, { ref: false }).then(() => {
        throw new Error('no answer');
      });
      late.catch(() => undefined);
      await Promise.race([once(client, 'ready'), failed, late]);
      const sftp = await Promise.race([openSftp(client), late]);
      const names = await Promise.race([this.#names(sftp), late]);
      if (names.length !== 1) throw new Error(`${names.length} files listed`);
    } finally {
      client.destroy();
    }
  }

  #names(sftp: SFTPWrapper): Promise<readonly unknown[]> {
    return call((done) => sftp.readdir('/outbox', done));
  }

  #openNow(): number {
    return readdirSync(`/proc/${this.#pid}/fd`).length;
  }

  #status(): string {
    return readFileSync(`/proc/${this.#pid}/status`, 'latin1');
  }
}
