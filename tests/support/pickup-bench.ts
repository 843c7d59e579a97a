import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import ssh2 from 'ssh2';
import type { Client, SFTPWrapper } from 'ssh2';

import { PickupListener } from '../../src/edge/pickup-server/pickup-listener.ts';
import { ServeLine } from '../../src/edge/pickup-server/serve-line.ts';
import { generateSftpKey } from '../../src/edge/sftp/sftp-key.ts';
import type { SftpKeyPair } from '../../src/edge/sftp/sftp-key.ts';
import type { Answers, Asked, WireBatch } from '../../src/edge/pickup-server/wire.ts';

/** What the client library keeps to itself; what a client should not do is done here. */
export interface Unruly {
  session(channel: number, window: number, packetBytes: number): void;
  channelWindowAdjust(channel: number, bytes: number): void;
}

const sealed = Buffer.alloc(6 * 1024 * 1024, 'sealed');

/** A pickup server in this process, with one file in the box of `psp`, and an obedient `serve`. */
export class PickupBench {
  static readonly bytes = sealed.length;
  readonly asked: Asked[] = [];
  /** What `serve` cannot answer. */
  deaf: Asked['what'] | undefined;
  /** It does not take in what is brought. */
  stalled = false;
  readonly batch: WireBatch = {
    ...{ batch: 'b-1', handoff: 'h-1', name: 'file.gpg', file: 'b-1.gpg', shelf: 'outbox' },
    ...{ sizeBytes: PickupBench.bytes, state: 'offered', changedAtMs: 0 },
    sha256: createHash('sha256').update(sealed).digest('hex'),
  };
  readonly #folder = mkdtempSync(join(tmpdir(), 'mimamori-pickup-'));
  readonly #line: ServeLine;
  #listener!: PickupListener;
  #key!: SftpKeyPair;
  readonly #clients: Client[] = [];
  #port = 0;

  constructor() {
    this.#line = new ServeLine((message) => {
      if (message.kind !== 'ask') return;
      this.asked.push(message.asked);
      const { id, asked } = message;
      if (asked.what === 'piece' && this.stalled) return;
      if (asked.what === this.deaf) this.#line.receive({ kind: 'answer', id });
      else this.#line.receive({ kind: 'answer', id, value: this.#answer(asked) });
    });
  }

  /** Where the file lies. */
  get file(): string {
    return join(this.#folder, 'outbox', this.batch.file);
  }

  /** The file as it was approved; `flip` changes one bit of this byte. */
  seal(flip?: number): void {
    const content = Buffer.from(sealed);
    if (flip !== undefined) content[flip]! ^= 1;
    writeFileSync(this.file, content);
  }

  /** The bytes `serve` was told of. */
  get covered(): number {
    return this.asked.reduce((sum, asked) => {
      const ranges = asked.what === 'covered' ? asked.ranges : [];
      return sum + ranges.reduce((bytes, [from, to]) => bytes + to - from, 0);
    }, 0);
  }

  async start(): Promise<void> {
    const shelves = { outbox: join(this.#folder, 'outbox'), tests: join(this.#folder, 'tests') };
    mkdirSync(shelves.outbox);
    this.seal();
    // The library writes some keys so that it cannot read them itself.
    this.#key = await generateSftpKey('ed25519', 'psp');
    const { privateKey } = await generateSftpKey('ed25519', 'host');
    const hostKey = Buffer.from(privateKey).toString();
    const place = { address: '127.0.0.1', port: 0 } as const;
    this.#listener = new PickupListener({ kind: 'begin', ...place, hostKey, shelves }, this.#line);
    this.#port = await this.#listener.listen();
  }

  get port(): number {
    return this.#port;
  }

  /** That opens the box of `psp`. */
  get privateKey(): Buffer {
    return Buffer.from(this.#key.privateKey);
  }

  /** Logs in as `psp`. */
  async connect(): Promise<Client> {
    const client = new ssh2.Client();
    this.#clients.push(client);
    client.on('error', () => undefined);
    const login = { host: '127.0.0.1', port: this.#port, username: 'psp' };
    client.connect({ ...login, privateKey: this.privateKey });
    await once(client, 'ready');
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.#listener.stop();
    rmSync(this.#folder, { recursive: true });
  }

  /** What was brought, in the order it came. */
  get brought(): Buffer {
    const pieces = this.asked.flatMap((asked) => (asked.what === 'piece' ? [asked.base64] : []));
    return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
  }

  #answer({ what }: Asked): Answers[Asked['what']] {
    const line = this.#key.publicLine;
    const answers = {
      ...{ keys: [{ box: 'psp', line }], box: [this.batch], bring: 7 },
      familiar: [],
      inbox: [{ name: 'here.pgp', sizeBytes: 5, changedAtMs: 0 }],
    };
    return what in answers ? answers[what as keyof typeof answers] : true;
  }
}

/** What a client may do that its library does not offer. */
export function unruly(client: Client): Unruly {
  return (client as unknown as { readonly _protocol: Unruly })._protocol;
}

/** A method of an SFTP session with a callback, as a promise. */
export function call<Value>(
  act: (done: (error?: Error | null, value?: Value) => void) => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    act((error, value) => {
      if (error) reject(error);
      else resolve(value as Value);
    });
  });
}

export function openSftp(client: Client): Promise<SFTPWrapper> {
  return call((done) => client.sftp(done));
}
