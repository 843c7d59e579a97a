import { isFault } from '../../domain/fault.ts';
import type { Clock } from '../workspace/clock.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import { PickupFault } from './errors.ts';
import type { HostKeys } from './pickup-book.ts';
import { PickupDesk } from './pickup-desk.ts';
import type { PickupDeskPorts } from './pickup-desk.ts';
import type { PickupPlace, PickupServers, RunningPickup, SealedShelves } from './pickup-server.ts';

/** A pair for the pickup server to show, as it is made; the private half is stored wrapped. */
export interface HostKeySecrets {
  makeHostKey(): Promise<{ readonly fingerprint: string }>;
  /** The private half, as OpenSSH writes it. Throws `key-file-altered` when it is not this one. */
  hostKey(fingerprint: string): Promise<Uint8Array>;
}

export type ServeSecrets = DeliverySecrets & HostKeySecrets;

export interface ServePorts extends PickupDeskPorts {
  readonly origin: string;
  readonly facts: WorkspaceFacts;
  readonly clock: Clock;
  readonly folder: SealedShelves;
  readonly hostKeys: HostKeys;
  readonly pickupServers: PickupServers;
  openSecrets(): Promise<ServeSecrets>;
  /** Held until it is released or this process ends, however. Throws `serve-running`. */
  lockServe(): { release(): void };
}

/** What runs now. */
export interface Serving {
  readonly address: string;
  readonly port: number;
  readonly hostKey: string;
}

/**
 * Runs what a workspace does by itself, until `signal`: the pickup server, in its own process. Both its start and its end
 * stand in the log.
 *
 * Throws `serve-running`, `pickup-not-configured`, `pickup-not-listening`, what opening the secrets and signing a
 * checkpoint throw, and `pickup-server-died` when its process ended by itself. However it ends, no server is left.
 */
export async function serveWorkspace(
  ports: ServePorts,
  request: { readonly signal: AbortSignal; readonly onStart: (serving: Serving) => void },
): Promise<void> {
  const { settings } = await ports.configuration.load();
  const { pickup } = settings;
  if (pickup === undefined) throw new PickupFault('pickup-not-configured');
  const lock = ports.lockServe();
  try {
    const secrets = await ports.openSecrets();
    try {
      await serve(ports, secrets, pickup, request);
    } finally {
      secrets.close();
    }
  } finally {
    lock.release();
  }
}

async function serve(
  ports: ServePorts,
  secrets: ServeSecrets,
  place: PickupPlace,
  { signal, onStart }: Parameters<typeof serveWorkspace>[1],
): Promise<void> {
  const hostKey = await hostKeyOf(ports, secrets);
  // Nobody is let in under an anchor that contradicts the store.
  await secrets.signCheckpoint();
  const failing = new AbortController();
  const desk = new PickupDesk(ports, checkpoints(secrets, failing));
  const running = await startServer(ports, secrets, { hostKey, place, desk });
  const ending = AbortSignal.any([signal, failing.signal]);
  const stop = (): void => void running.stop();
  try {
    ending.addEventListener('abort', stop, { once: true });
    if (ending.aborted) stop();
    const why = await problemOf(async () => {
      await note(ports, 'serve-start', { pin: hostKey, port: running.port });
      onStart({ address: place.address, port: running.port, hostKey });
      const how = await running.ended;
      failing.signal.throwIfAborted();
      if (how === 'died') throw new PickupFault('pickup-server-died');
    });
    await running.stop();
    await note(ports, 'serve-stop', why && { code: codeOf(why.error) });
    await secrets.signCheckpoint();
    if (why !== undefined) throw why.error;
  } finally {
    ending.removeEventListener('abort', stop);
    await running.stop();
  }
}

async function startServer(
  ports: ServePorts,
  secrets: HostKeySecrets,
  { hostKey, place, desk }: { hostKey: string; place: PickupPlace; desk: PickupDesk },
): Promise<RunningPickup> {
  const { outbox, tests } = ports.folder;
  const { address, port } = place;
  const privateKey = await secrets.hostKey(hostKey);
  try {
    return await ports.pickupServers.start({ address, port }, privateKey, { outbox, tests }, desk);
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
  failing: AbortController,
): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last
      .then(() => secrets.signCheckpoint())
      .then(
        () => undefined,
        (error: unknown) => {
          failing.abort(error);
        },
      );
    return last;
  };
}

/** The key in use; the first start makes it. A file without its row is nobody's key and is written over. */
async function hostKeyOf(ports: ServePorts, secrets: HostKeySecrets): Promise<string> {
  const { hostKeys, clock, origin, facts } = ports;
  const known = await hostKeys.current();
  if (known !== undefined) return known;
  const { fingerprint } = await secrets.makeHostKey();
  await hostKeys.record(fingerprint, clock.now(), {
    draft: {
      ...{ actor: 'system', act: 'key-create', result: 'done', origin },
      object: `workspace:${facts.id}`,
      data: { purpose: 'pickup', algorithm: 'ed25519', pin: fingerprint },
    },
  });
  return fingerprint;
}

async function note(
  { log, origin, facts }: ServePorts,
  act: 'serve-start' | 'serve-stop',
  data: { readonly pin?: string; readonly port?: number; readonly code?: string } = {},
): Promise<void> {
  const result = data.code === undefined ? 'done' : 'failed';
  const object = `workspace:${facts.id}`;
  await log.append({ draft: { actor: 'system', act, result, origin, object, data } });
}
