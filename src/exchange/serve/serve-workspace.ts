import { isFault } from '../../domain/fault.ts';
import { sweepArrivals } from '../arrivals/arrival-desk.ts';
import type { ArrivalFiles, ArrivalSeals } from '../arrivals/arrival-files.ts';
import { InboxDesk } from '../arrivals/inbox-desk.ts';
import type { InboxPorts } from '../arrivals/inbox-desk.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { PassphraseSource } from '../keys/passphrases.ts';
import { RememberedPassphrase } from '../keys/remembered-passphrase.ts';
import { PickupFault } from '../pickup/errors.ts';
import { shownHostKey } from '../pickup/pickup-book.ts';
import type { HostKey, HostKeys, HostKeySecrets } from '../pickup/pickup-book.ts';
import { PickupDesk } from '../pickup/pickup-desk.ts';
import type { PickupDeskPorts } from '../pickup/pickup-desk.ts';
import type {
  PickupPlace,
  PickupServers,
  RunningPickup,
  SealedShelves,
} from '../pickup/pickup-server.ts';
import type { Pause } from '../workspace/clock.ts';
import { alive, roundsOf } from './rounds.ts';
import type { RoundPorts } from './rounds.ts';
import { runRounds } from './run-rounds.ts';
import type { RoundBook } from './run-rounds.ts';

export type ServeSecrets = DeliverySecrets & HostKeySecrets;

export interface ServePorts
  extends
    PickupDeskPorts,
    Omit<RoundPorts, 'openSecrets' | 'configuration' | keyof PickupDeskPorts> {
  readonly facts: RoundPorts['facts'];
  readonly publicKeys: RoundPorts['publicKeys'] & PickupDeskPorts['publicKeys'];
  readonly arrivalFiles: ArrivalFiles;
  readonly seals: ArrivalSeals;
  readonly ids: InboxPorts['ids'];
  readonly folder: RoundPorts['folder'] & SealedShelves;
  readonly hostKeys: HostKeys;
  readonly pickupServers: PickupServers;
  readonly pause: Pause;
  readonly roundBook: Pick<RoundBook, 'ran' | 'began' | 'ended'>;
  /** A name of this process for `isProcessGone`; undefined where the system gives none. */
  readonly processMark: () => string | undefined;
  /** With a passphrase that is known already. */
  openSecrets(known: Uint8Array): Promise<ServeSecrets>;
  /** Held until it is released or this process ends, however. Throws `serve-running`. */
  lockServe(): { release(): void };
}

/** What runs now. */
export interface Serving {
  /** Undefined without `[pickup]` in the settings. */
  readonly pickup:
    { readonly address: string; readonly port: number; readonly hostKey: string } | undefined;
  /** Whether it delivers by itself, as the configuration in force says at the start. */
  readonly isDelivering: boolean;
}

export interface ServeRequest {
  readonly signal: AbortSignal;
  readonly onStart: (serving: Serving) => void;
}

/**
 * Runs what a workspace does by itself, until `signal`: the rounds, and the pickup server in its own process where the
 * settings have one. Both its start and its end stand in the log.
 *
 * Throws `serve-running`, `pickup-not-listening`, what opening the secrets and signing a checkpoint throw,
 * `pickup-server-died` when that process ended by itself, and what keeps a round from being recorded. However it ends, no
 * server and no delivery is left running.
 */
export async function serveWorkspace(ports: ServePorts, request: ServeRequest): Promise<void> {
  const lock = ports.lockServe();
  // Answers come at any time, and nobody sits here then to type it.
  const passphrases = new RememberedPassphrase(ports.passphrases);
  try {
    const secrets = await opened(ports, passphrases);
    try {
      await serve(ports, secrets, { ...request, passphrases });
    } finally {
      secrets.close();
    }
  } finally {
    await passphrases.forget();
    lock.release();
  }
}

async function opened(ports: ServePorts, passphrases: PassphraseSource): Promise<ServeSecrets> {
  const known = await passphrases.read('workspace');
  try {
    return await ports.openSecrets(known);
  } finally {
    known.fill(0);
  }
}

async function serve(
  ports: ServePorts,
  secrets: ServeSecrets,
  { signal, onStart, passphrases }: ServeRequest & { readonly passphrases: PassphraseSource },
): Promise<void> {
  const { settings } = await ports.configuration.load();
  // Nobody is let in under an anchor that contradicts the store.
  await secrets.signCheckpoint();
  await ports.serveDeliveries.giveBackLeases();
  await ports.roundBook.began(ports.processMark());
  const failing = new AbortController();
  const ending = AbortSignal.any([signal, failing.signal]);
  const fail = (error: unknown): void => {
    failing.abort(error);
  };
  await sweepArrivals(ports);
  const sign = checkpoints(secrets, fail);
  const inbox = new InboxDesk(ports, sign);
  const desk = new PickupDesk(ports, sign, inbox);
  const running = settings.pickup && (await startPickup(ports, secrets, settings.pickup, desk));
  const pickup = running?.place;
  const stop = (): void => void running?.stop();
  ending.addEventListener('abort', stop, { once: true });
  const why = await problemOf(async () => {
    await note(ports, 'serve-start', { pin: pickup?.hostKey, port: pickup?.port });
    // Whoever is told that it runs has to find it running.
    await ports.roundBook.ran(alive.name, ports.clock.now());
    onStart({ pickup, isDelivering: settings.serve?.deliver === true });
    void running?.ended.then((how) => {
      if (how === 'died') fail(new PickupFault('pickup-server-died'));
    });
    // The keys are open already, for as long as it runs.
    const open = { ...secrets, close: () => undefined };
    const rounds = roundsOf({ ...ports, passphrases, openSecrets: () => Promise.resolve(open) });
    await runRounds(ports, rounds, ending);
    failing.signal.throwIfAborted();
  });
  await running?.stop();
  await inbox.close();
  await ports.roundBook.ended();
  await note(ports, 'serve-stop', why && { code: codeOf(why.error) });
  await secrets.signCheckpoint();
  if (why !== undefined) throw why.error;
}

/** A pickup server with its place and the key it shows. */
type PlacedPickup = RunningPickup & { readonly place: NonNullable<Serving['pickup']> };

async function startPickup(
  ports: ServePorts,
  secrets: HostKeySecrets,
  { address, port }: PickupPlace,
  desk: PickupDesk,
): Promise<PlacedPickup> {
  const hostKey = await hostKeyOf(ports, secrets);
  const { outbox, tests } = ports.folder;
  const privateKey = await secrets.hostKey(hostKey);
  try {
    const shelves = { outbox, tests };
    const running = await ports.pickupServers.start({ address, port }, privateKey, shelves, desk);
    return { ...running, place: { address, port: running.port, hostKey: hostKey.fingerprint } };
  } finally {
    privateKey.fill(0);
  }
}

async function problemOf(
  act: () => Promise<void>,
): Promise<{ readonly error: unknown } | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return { error };
  }
}

function codeOf(error: unknown): string {
  return isFault(error) ? error.code : 'internal';
}

/**
 * One after the other, and none that nobody waits for: what came meanwhile is in the next. What was done before one that
 * failed is done, and so is answered: it ends `serve`, and the next start signs for it before anybody is let in.
 */
function checkpoints(
  secrets: Pick<ServeSecrets, 'signCheckpoint'>,
  fail: (error: unknown) => void,
): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => secrets.signCheckpoint()).then(() => undefined, fail);
    return last;
  };
}

/** The key to show; the first start makes it. A file without its row is nobody's key. */
async function hostKeyOf(ports: ServePorts, secrets: HostKeySecrets): Promise<HostKey> {
  const { hostKeys, clock, origin, facts } = ports;
  const known = await shownHostKey(hostKeys);
  if (known !== undefined) return known;
  const made = await secrets.makeHostKey(1);
  const key = { ...made, state: 'shown', madeAt: clock.now() } as const;
  await hostKeys.record(key, {
    draft: {
      ...{ actor: 'system', act: 'key-create', result: 'done', origin },
      object: `workspace:${facts.id}`,
      data: { purpose: 'pickup', algorithm: 'ed25519', pin: key.fingerprint },
    },
  });
  return key;
}

async function note(
  { log, origin, facts }: ServePorts,
  act: 'serve-start' | 'serve-stop',
  data: {
    readonly pin?: string | undefined;
    readonly port?: number | undefined;
    readonly code?: string;
  } = {},
): Promise<void> {
  const result = data.code === undefined ? 'done' : 'failed';
  const object = `workspace:${facts.id}`;
  await log.append({ draft: { actor: 'system', act, result, origin, object, data } });
}
