import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import ssh2 from 'ssh2';
import type { Client, SFTPWrapper } from 'ssh2';

import { plainPublicKey } from '../../src/domain/recipients/pickup-key.ts';
import { call, openSftp } from './pickup-bench.ts';
import { KEY_ID_HERE } from './bringing-fuzz.ts';
import { FuzzedInbox } from './fuzzed-inbox.ts';
import type { FuzzCase } from './pickup-fuzz.ts';
import type { BoxDoor } from './pickup-clients.ts';
import { PickupStand } from './pickup-stand.ts';
import { protocolOf, sendPayload } from './raw-payload.ts';
import type { InnerProtocol } from './raw-payload.ts';

/** How long an answer to the last piece is waited for. */
const LISTEN_MS = 15;
/** How long the answers to what is brought are waited for, where they may not come. */
const ANSWERS_MS = 500;
/** REALPATH of the top, under a number that nothing else has: it is answered after all that came before. */
const lastRequest = Buffer.from('0000000a10fffffffe000000012e', 'hex');
const STEP_MS = 30_000;
/** How long descriptors of connections that ended may stay open. */
const CLOSE_MS = 30_000;
/** Bursts behind gaps take it to 280 MiB, where it stays; what leaks goes on. */
const MEMORY_KIB = 384 * 1024;

/** The real pickup server, somebody who misbehaves, and somebody who asks how it is afterwards. */
export class FuzzedServer {
  readonly inbox = new FuzzedInbox();
  readonly #stand = new PickupStand(1_000_000, this.inbox.desk);
  #door!: BoxDoor;
  #keyId = '';
  #pid = 0;
  #descriptors = 0;

  async start(): Promise<void> {
    await this.inbox.start();
    this.#keyId = await this.inbox.keyId();
    await this.#stand.start();
    this.#door = this.#stand.admit('psp', 'ed25519');
    this.inbox.open('psp', plainPublicKey(readFileSync(`${this.#door.key}.pub`, 'utf8').trim())!);
    this.#pid = this.#stand.pid;
    await this.#list();
    this.#descriptors = this.#openNow();
  }

  async stop(): Promise<void> {
    await this.#stand.stop();
    await this.inbox.dispose();
  }

  /** Says the pieces of a case. Whatever becomes of the connection is right. */
  async suffer({ layer, pieces }: FuzzCase): Promise<void> {
    const bytes = pieces.map((piece) =>
      Buffer.from(piece.replaceAll(KEY_ID_HERE, this.#keyId), 'hex'),
    );
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
      const wrong = await this.inbox.complaint(this.#door.user);
      if (wrong !== undefined) return wrong;
      const held = this.heldKib();
      return held > MEMORY_KIB ? `holds ${held} KiB` : undefined;
    } catch (error) {
      return String(error);
    }
  }

  /** Memory of the server that lies in RAM. */
  heldKib(): number {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(this.#status())![1]);
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
    if (layer === 'session') {
      for (const piece of pieces) sendPayload(protocol, piece);
      return;
    }
    const { id } = outgoing;
    for (const piece of pieces) sendInParts(protocol, id, piece);
    if (layer !== 'bringing') return;
    const answered = answerTo(sftp, lastRequest);
    protocol.channelData(id, lastRequest);
    await Promise.race([answered, pause(ANSWERS_MS, undefined, { ref: false })]);
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

/** A packet of SSH holds so much of a channel. */
const PART_BYTES = 32_768;

function sendInParts(protocol: InnerProtocol, channel: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    protocol.channelData(channel, bytes.subarray(at, at + PART_BYTES));
  }
}

/** Resolves when the answer to this request has come. The library knows nothing of what was asked, and reads none of it. */
function answerTo(sftp: SFTPWrapper, asked: Buffer): Promise<void> {
  const id = asked.subarray(5, 9);
  return new Promise((resolve) => {
    const reader = sftp as unknown as { push: (data: Buffer | null) => void };
    reader.push = (data) => {
      if (data === null || data.includes(id)) resolve();
    };
  });
}
