import { ARRIVAL_BYTES_MAX } from '../../domain/arrivals/arrival-limits.ts';
import { isArrivalName, shownName } from '../../domain/arrivals/arrival-name.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { DeliverySecrets } from '../delivery/deliver-ports.ts';
import { sftpEndpointOf } from '../delivery/sftp-endpoint-of.ts';
import { plannedEndpoint } from '../handoff/compose-plan.ts';
import type { Pause } from '../workspace/clock.ts';
import type { AnswerFolder, AnswerFolders } from './answer-folder.ts';
import { assertRoom, beginArrival, keepArrival, noteNotTaken } from './arrival-desk.ts';
import type { ArrivalPorts, ArrivalSource } from './arrival-desk.ts';
import { NotTaken } from './arriving-file.ts';
import type { ArrivingFile, RefusalCode } from './arriving-file.ts';

export interface FetchPorts extends ArrivalPorts {
  readonly configuration: Configuration;
  readonly answerFolders: AnswerFolders;
  readonly pause: Pause;
  readonly origin: string;
}

/** Of one directory; more names are no box of answers. */
const NAMES_MAX = 10_000;
/** Directories that are asked at a time: a slow server holds up no more than its own place. */
export const FOLDERS_AT_ONCE = 4;
/** Between two looks at a file: one that is being written has another size by then. */
const STEADY_MS = 2_000;

/** Those who put their answers into a directory of their own. */
export function withFolder(recipients: readonly Recipient[]): readonly Recipient[] {
  return recipients.filter(
    ({ state, answers, endpoints }) =>
      state === 'enabled' && answers?.directory !== undefined && endpoints[0]?.kind === 'sftp',
  );
}

/**
 * Fetches from each of them that has a directory, `FOLDERS_AT_ONCE` at a time; one that is slow or cannot be read keeps no
 * other from being read. Returns how many files came in, and why which could not be read, in the order of `recipients`.
 * Begins with none once `signal` is aborted.
 */
export async function fetchFromAll(
  ports: FetchPorts,
  recipients: readonly Recipient[],
  { credentials }: Pick<DeliverySecrets, 'credentials'>,
  signal: AbortSignal,
): Promise<{ readonly came: number; readonly failed: readonly unknown[] }> {
  const asked = withFolder(recipients);
  const failed: { readonly place: number; readonly error: unknown }[] = [];
  let came = 0;
  let next = 0;
  const fetchSome = async (): Promise<void> => {
    while (next < asked.length && !signal.aborted) {
      const place = next++;
      const recipient = asked[place]!;
      try {
        const login = await credentials(recipient);
        const fetched = await fetchAnswers(ports, recipient, login, signal);
        came += fetched;
      } catch (error) {
        failed.push({ place, error });
      }
    }
  };
  await Promise.all(Array.from({ length: FOLDERS_AT_ONCE }, fetchSome));
  return { came, failed: failed.sort((a, b) => a.place - b.place).map(({ error }) => error) };
}

/**
 * Fetches what lies in the directory of a recipient and is steady. Each file is kept here, encrypted, with its row and
 * leaf, and only then removed there; one that was kept before is removed again. What is no file of answers stays there,
 * is on record once, and keeps nothing else from being fetched. Returns how many came in.
 *
 * Throws DeliveryFault, and what keeping a file throws.
 */
export async function fetchAnswers(
  ports: FetchPorts,
  recipient: Recipient,
  credentials: Awaited<ReturnType<DeliverySecrets['credentials']>>,
  signal?: AbortSignal,
): Promise<number> {
  const planned = plannedEndpoint(recipient);
  const directory = recipient.answers?.directory;
  if (planned.kind !== 'sftp' || directory === undefined) return 0;
  const endpoint = { ...sftpEndpointOf(planned), directory };
  const folder = await ports.answerFolders.open(endpoint, credentials, signal);
  try {
    return await new Fetching(ports, recipient.id, folder).run(signal);
  } finally {
    await folder.close();
  }
}

interface Steady {
  readonly name: string;
  readonly sizeBytes: number;
}

class Fetching {
  readonly #ports: FetchPorts;
  readonly #folder: AnswerFolder;
  readonly #source: ArrivalSource;
  /** Names that stay there, each with why, as the book has them. */
  readonly #left: { name: string; code: RefusalCode }[] = [];

  constructor(ports: FetchPorts, recipient: string, folder: AnswerFolder) {
    this.#ports = ports;
    this.#folder = folder;
    this.#source = { recipient, way: 'directory', origin: ports.origin };
  }

  async run(signal: AbortSignal | undefined): Promise<number> {
    const { names, isCut } = await this.#folder.names(NAMES_MAX);
    if (isCut) this.#leave('', 'arrival-too-many-names');
    const files = await this.#files(new Set(names));
    let came = 0;
    if (files.length > 0) await this.#ports.pause.sleep(STEADY_MS, signal);
    for (const file of files) {
      if (signal?.aborted === true) return came;
      const now = await this.#folder.look(file.name);
      const isSteady = now?.isFile === true && now.sizeBytes === file.sizeBytes;
      if (isSteady && (await this.#fetch(file))) came += 1;
    }
    await this.#record();
    return came;
  }

  /** Names that may be fetched. A leading dot is what programs call files that they are still writing. */
  async #files(names: ReadonlySet<string>): Promise<readonly Steady[]> {
    const files: Steady[] = [];
    for (const name of names) {
      if (name.startsWith('.') && !name.includes('/')) continue;
      if (!isArrivalName(name)) {
        this.#leave(name, 'arrival-name');
        continue;
      }
      const found = await this.#folder.look(name);
      if (found === undefined || (found.isFile && found.sizeBytes === 0)) continue;
      if (!found.isFile) this.#leave(name, 'arrival-not-a-file');
      else if (found.sizeBytes > ARRIVAL_BYTES_MAX) this.#leave(name, 'arrival-size');
      else files.push({ name, sizeBytes: found.sizeBytes });
    }
    return files;
  }

  /** Whether it is new here. */
  async #fetch(found: Steady): Promise<boolean> {
    const { name } = found;
    const file = await beginArrival(this.#ports);
    let isNew: boolean | undefined;
    try {
      isNew = await this.#keep(file, found);
    } catch (error) {
      await file.drop();
      if (!(error instanceof NotTaken)) throw error;
      this.#leave(name, error.code);
    }
    if (isNew === undefined) return false;
    const still = await this.#folder.look(name);
    // Another file took its name meanwhile: nobody has read that one yet.
    if (still !== undefined && still.sizeBytes !== found.sizeBytes) return isNew;
    // It is here for good by now: whatever happens from here on takes nothing of it away.
    if (!(await this.#folder.remove(name))) this.#leave(name, 'arrival-not-removed');
    return isNew;
  }

  /** Undefined for one that grows while it is read: it is left for the next time. Throws NotTaken. */
  async #keep(file: ArrivingFile, { name, sizeBytes }: Steady): Promise<boolean | undefined> {
    const more = { files: 1, bytes: sizeBytes };
    await assertRoom(this.#ports.arrivals, this.#source, more);
    // One byte more than it has, so that one with more is noticed.
    const isRead = await this.#folder.read(name, sizeBytes + 1, (bytes) => file.take(bytes));
    if (isRead && file.bytes > sizeBytes) {
      await file.drop();
      return undefined;
    }
    if (!isRead || file.bytes < sizeBytes) throw new NotTaken('arrival-unreadable');
    return keepArrival(this.#ports, file, this.#source, name);
  }

  #leave(name: string, code: RefusalCode): void {
    this.#left.push({ name, code });
  }

  async #record(): Promise<void> {
    const { arrivals } = this.#ports;
    const { recipient } = this.#source;
    const there = this.#left.map(({ name, code }) => ({ name: shownName(name), code }));
    await arrivals.forgetGone(recipient, there);
    const told = new Set<string>();
    for (const { name, code } of this.#left) {
      const key = `${code} ${shownName(name)}`;
      if (!told.has(key)) await noteNotTaken(this.#ports, this.#source, name, code);
      told.add(key);
    }
  }
}
