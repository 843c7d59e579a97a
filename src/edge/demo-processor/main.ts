import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isFault } from '../../domain/fault.ts';
import type { Facts, Retry, Fault } from '../../domain/fault.ts';
import type { DemoRecipient, OurSide } from '../../exchange/demo/demo-partners.ts';
import { unlockOurKey } from '../openpgp/our-key.ts';
import type { OurKey } from '../openpgp/our-key.ts';
import { handOver } from './hand-over.ts';
import { openBox } from './open-box.ts';
import { SftpServer } from './sftp-server.ts';
import type { AnswerMessage, Beginning, RequestMessage, RequestName, Requests } from './wire.ts';

const recipients = ['psp', 'amex'] as const;

/**
 * Entry point of the process that plays everybody else in the demo. It alone has the partners' private keys and sees
 * numbers in clear, all of them made up. It lives as long as the channel to the demo does.
 */
class Partners {
  readonly #beginning: Beginning;
  readonly #server: SftpServer;
  readonly #boxes: ReadonlyMap<DemoRecipient, string>;
  #us: OurSide | undefined;

  private constructor(
    beginning: Beginning,
    server: SftpServer,
    boxes: ReadonlyMap<DemoRecipient, string>,
  ) {
    this.#beginning = beginning;
    this.#server = server;
    this.#boxes = boxes;
  }

  static async begin(beginning: Beginning): Promise<Partners> {
    const boxes = new Map(
      recipients.map((recipient) => [recipient, join(beginning.directory, 'received', recipient)]),
    );
    return new Partners(beginning, await SftpServer.start(boxes), boxes);
  }

  get address(): Requests['begin'][1] {
    const { host, port, hostKey } = this.#server;
    return { host, port, hostKey };
  }

  meet(us: OurSide): void {
    this.#us = us;
    this.#server.accept(us.sftpLine);
  }

  async sources(): Promise<Requests['sources'][1]> {
    const { directory, seed } = this.#beginning;
    const investigator = await this.#key('senders/pfi-1');
    return handOver(join(directory, 'sources'), seed, investigator, this.#met);
  }

  async receipts(): Promise<Requests['receipts'][1]> {
    const all = Array.from(this.#boxes, async ([recipient, box]) =>
      openBox(recipient, box, await this.#key(`recipients/${recipient}`), this.#met),
    );
    return (await Promise.all(all)).flat();
  }

  get #met(): OurSide {
    if (this.#us === undefined) throw new Error('not met yet');
    return this.#us;
  }

  async #key(name: string): Promise<OurKey> {
    const { keys } = this.#beginning;
    const passphrase = await readFile(join(keys, 'passphrase'), 'utf8');
    const secret = new Uint8Array(await readFile(join(keys, `${name}.secret.asc`)));
    return unlockOurKey(secret, new TextEncoder().encode(passphrase.trimEnd()));
  }
}

let partners: Partners | undefined;

async function answerTo(message: RequestMessage): Promise<Requests[RequestName][1]> {
  if (message.name === 'begin') {
    partners = await Partners.begin(message.with as Beginning);
    return partners.address;
  }
  if (partners === undefined) throw new Error('not begun yet');
  switch (message.name) {
    case 'meet':
      partners.meet(message.with as OurSide);
      return undefined;
    case 'sources':
      return partners.sources();
    case 'receipts':
      return partners.receipts();
  }
}

async function onMessage(message: RequestMessage): Promise<void> {
  const { id } = message;
  let answer: AnswerMessage;
  try {
    const value = await answerTo(message);
    answer = value === undefined ? { id } : { id, value };
  } catch (error) {
    const fault = isFault(error) ? faultParts(error) : 'other';
    answer = { id, fault };
  }
  process.send?.(answer);
}

function faultParts({ code, retry, facts }: Fault): { code: string; retry: Retry; facts: Facts } {
  return { code, retry, facts };
}

// Ctrl-C reaches every process of the terminal; this one has to outlive the demo that is tidying up.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(0));
process.on('message', (message) => void onMessage(message as RequestMessage));
