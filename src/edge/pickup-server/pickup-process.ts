import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { PickupFault } from '../../exchange/pickup/errors.ts';
import type {
  InboxAnswers,
  PickupAnswers,
  PickupPlace,
  PickupServers,
  RunningPickup,
  SealedShelves,
} from '../../exchange/pickup/pickup-server.ts';
import { fromServerSchema } from './wire.ts';
import type { Asked, FromServe, FromServer } from './wire.ts';

/** Longer than the server itself gives its visitors when it is asked to stop. */
const STOP_MS = 10_000;

/** Starts pickup servers, each in a process of its own: no database, no environment, no disk but the sealed files. */
export const pickupProcesses: PickupServers = {
  async start(place, hostKey, shelves, answers) {
    // Node judges a path by what is there when a process starts.
    for (const shelf of [shelves.outbox, shelves.tests])
      mkdirSync(shelf, { recursive: true, mode: 0o700 });
    const child = forkServer(shelves);
    const process = new PickupProcess(child, answers);
    const begin = { kind: 'begin', ...place, shelves, hostKey: Buffer.from(hostKey).toString() };
    process.tell(begin as FromServe);
    return process.started(place);
  },
};

/**
 * With the permissions of Node it may read its own program and the sealed files, and nothing else; it may write nothing
 * and start nothing.
 */
function forkServer(shelves: SealedShelves): ChildProcess {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const entry = fileURLToPath(new URL(`./main.${extension}`, import.meta.url));
  const program = fileURLToPath(new URL('../../../', import.meta.url));
  return fork(entry, [], {
    execArgv: [
      ...['--permission', `--allow-fs-read=${program}`],
      ...[shelves.outbox, shelves.tests].map((shelf) => `--allow-fs-read=${shelf}`),
      // Later versions of Node permit no network by themselves.
      ...['--allow-net'].filter((flag) => process.allowedNodeEnvironmentFlags.has(flag)),
      ...['--disable-proto=throw', '--disable-sigusr1'],
    ],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Ctrl-C at a terminal is for `serve`, which stops its server in order.
    detached: true,
  });
}

class PickupProcess {
  readonly #child: ChildProcess;
  readonly #answers: PickupAnswers;
  readonly #ended: Promise<'stopped' | 'died'>;
  readonly #first = Promise.withResolvers<FromServer | undefined>();
  #isStopping = false;

  constructor(child: ChildProcess, answers: PickupAnswers) {
    this.#child = child;
    this.#answers = answers;
    const gone = Promise.race([once(child, 'exit'), once(child, 'error')]);
    this.#ended = gone
      .catch(() => undefined)
      .then(() => {
        this.#first.resolve(undefined);
        return this.#isStopping ? 'stopped' : 'died';
      });
    child.on('message', (message) => {
      this.#receive(message);
    });
  }

  async started(place: PickupPlace): Promise<RunningPickup> {
    const first = await this.#first.promise;
    if (first?.kind === 'listening') {
      return { port: first.port, ended: this.#ended, stop: () => this.#stop() };
    }
    await this.#stop();
    if (first?.kind !== 'not-listening') throw new PickupFault('pickup-server-died');
    const { address, port } = place;
    throw new PickupFault('pickup-not-listening', { address, port, reason: first.reason });
  }

  tell(message: FromServe): void {
    // Gone meanwhile: its end is told elsewhere.
    this.#child.send(message, () => undefined);
  }

  #receive(message: unknown): void {
    const read = fromServerSchema.safeParse(message);
    // It says what no server of ours says: whatever it is by now, it is not to go on.
    if (!read.success) this.#child.kill('SIGKILL');
    else if (read.data.kind === 'ask') void this.#answer(read.data.id, read.data.asked);
    else this.#first.resolve(read.data);
  }

  async #answer(id: number, asked: Asked): Promise<void> {
    try {
      this.tell({ kind: 'answer', id, value: await this.#valueOf(asked) });
    } catch {
      // What could not be recorded is not handed out.
      this.tell({ kind: 'answer', id });
    }
  }

  async #valueOf(asked: Asked): Promise<unknown> {
    const answers = this.#answers;
    switch (asked.what) {
      case 'keys':
        return answers.keys();
      case 'turned-away':
        return answers.turnedAway(asked);
      case 'familiar':
        return answers.familiar();
      case 'came':
        return answers.came(asked.visitor);
      case 'box':
        return (await answers.box(asked.visitor)).map(({ changedAt, ...batch }) => ({
          ...batch,
          changedAtMs: changedAt.getTime(),
        }));
      case 'open':
        return answers.open(asked.visitor, asked.batch);
      case 'unfit':
        return answers.unfit(asked.visitor, asked.batch, asked.code);
      case 'covered':
        return answers.covered(asked.visitor, asked.batch, asked.ranges, asked.isClosed);
      case 'take':
        return answers.take(asked.visitor, asked.batch);
      case 'inbox':
      case 'bring':
      case 'misnamed':
      case 'piece':
      case 'brought':
      case 'dropped':
      case 'rename':
        return inboxValueOf(answers.inbox, asked);
    }
  }

  async #stop(): Promise<void> {
    this.#isStopping = true;
    const { exitCode, signalCode, pid } = this.#child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    this.tell({ kind: 'stop' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(timer);
  }
}

type AskedOfInbox = Exclude<
  Asked,
  {
    readonly what:
      'keys' | 'familiar' | 'came' | 'turned-away' | 'box' | 'open' | 'unfit' | 'covered' | 'take';
  }
>;

async function inboxValueOf(inbox: InboxAnswers, asked: AskedOfInbox): Promise<unknown> {
  const { visitor } = asked;
  switch (asked.what) {
    case 'inbox':
      return (await inbox.list(visitor, asked.folder)).map(({ changedAt, ...entry }) => ({
        ...entry,
        changedAtMs: changedAt.getTime(),
      }));
    case 'bring':
      return inbox.bring(visitor, asked.folder, asked.name);
    case 'misnamed':
      return inbox.misnamed(visitor, asked.folder, asked.name);
    case 'piece':
      return inbox.piece(visitor, asked.upload, Buffer.from(asked.base64, 'base64'));
    case 'brought':
      return inbox.brought(visitor, asked.upload);
    case 'dropped':
      return inbox.dropped(visitor, asked.upload);
    case 'rename':
      return inbox.rename(visitor, asked.folder, asked.from, asked.to);
  }
}
