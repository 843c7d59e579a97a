import { isArrivalName } from '../../domain/arrivals/arrival-name.ts';
import { takesClear } from '../../domain/recipients/takes-clear.ts';
import type { BroughtFolder } from '../../domain/pickup/box-path.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { opensBox, opensSources } from '../pickup/box-keys.ts';
import type { PickupVisitor } from '../pickup/pickup-book.ts';
import type { InboxAnswers, InboxEntry } from '../pickup/pickup-server.ts';
import { assertRoom, beginArrival, keepArrival, noteNotTaken } from './arrival-desk.ts';
import type { ArrivalPorts, ArrivalSource } from './arrival-desk.ts';
import { NotTaken } from './arriving-file.ts';
import type { ArrivingFile } from './arriving-file.ts';

export interface InboxPorts extends ArrivalPorts {
  readonly configuration: Pick<Configuration, 'load'>;
}

/** A file that is being brought. Bytes of one are taken in one after the other. */
interface Upload {
  readonly visitor: PickupVisitor;
  readonly folder: BroughtFolder;
  readonly source: ArrivalSource;
  readonly name: string;
  readonly file: ArrivingFile;
  isRefused: boolean;
  /** It was brought to its end, and its row is being written: nobody ends it otherwise. */
  isEnding: boolean;
}

/** Into one folder of a box at a time. */
const UPLOADS_MAX = 8;

/**
 * What is brought into boxes, answers and sources, as the pickup server hands it over piece by piece. What is refused is
 * on record, once. Whose key opens no box any more brings nothing and sees nothing.
 */
export class InboxDesk implements InboxAnswers {
  readonly #ports: InboxPorts;
  /** Called after a new file lies here. Never rejects. */
  readonly #onArrival: () => Promise<void>;
  readonly #uploads = new Map<number, Upload>();
  #nextUpload = 1;
  /** Whoever looks whether a name is free takes it before another looks. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ports: InboxPorts, onArrival: () => Promise<void>) {
    this.#ports = ports;
    this.#onArrival = onArrival;
  }

  async list(visitor: PickupVisitor, folder: BroughtFolder): Promise<readonly InboxEntry[]> {
    if (!(await this.#isOpen(visitor, folder))) return [];
    const entries = new Map<string, InboxEntry>();
    const own = await this.#ports.arrivals.broughtInto(folder, visitor.box);
    for (const { name, bytes, clearBytes = bytes, arrivedAt } of own) {
      // What waits comes first, then the newest: an older one of the same name is not theirs to see any more.
      if (!entries.has(name)) {
        entries.set(name, { name, sizeBytes: clearBytes, changedAt: arrivedAt });
      }
    }
    return [...entries.values()];
  }

  bring(visitor: PickupVisitor, folder: BroughtFolder, name: string): Promise<number | undefined> {
    return this.#inTurn(() => this.#bring(visitor, folder, name));
  }

  async #bring(
    visitor: PickupVisitor,
    folder: BroughtFolder,
    name: string,
  ): Promise<number | undefined> {
    if (!(await this.#isOpen(visitor, folder))) return undefined;
    const source = sourceOf(visitor, folder);
    try {
      if (!isArrivalName(name)) throw new NotTaken('arrival-name');
      const own = this.#uploadsInto(visitor.box, folder);
      if (own.length >= UPLOADS_MAX) throw new NotTaken('arrival-box-full');
      await this.#assertFree(visitor.box, folder, name);
      await this.#assertRoom(source, 1);
      const file = await beginArrival(this.#ports, await this.#takesClear(source));
      const upload = this.#nextUpload++;
      const begun = { visitor, folder, source, name, file, isRefused: false, isEnding: false };
      this.#uploads.set(upload, begun);
      return upload;
    } catch (error) {
      await this.#note(source, name, error);
      return undefined;
    }
  }

  async misnamed(visitor: PickupVisitor, folder: BroughtFolder, name: string): Promise<void> {
    if (!(await this.#isOpen(visitor, folder))) return;
    await noteNotTaken(this.#ports, sourceOf(visitor, folder), name, 'arrival-name');
  }

  async piece(visitor: PickupVisitor, number: number, bytes: Uint8Array): Promise<boolean> {
    const upload = this.#find(visitor, number);
    if (upload === undefined || upload.isRefused) return false;
    try {
      await upload.file.take(bytes);
      await this.#assertRoom(upload.source, 0);
      return true;
    } catch (error) {
      upload.isRefused = true;
      await upload.file.drop();
      await this.#note(upload.source, upload.name, error);
      return false;
    }
  }

  async brought(visitor: PickupVisitor, number: number): Promise<boolean> {
    const upload = this.#find(visitor, number);
    if (upload === undefined) return false;
    upload.isEnding = true;
    let isNew: boolean;
    try {
      if (upload.isRefused) return false;
      if (!(await this.#isOpen(visitor, upload.folder))) {
        await upload.file.drop();
        return false;
      }
      isNew = await keepArrival(this.#ports, upload.file, upload.source, upload.name);
    } catch (error) {
      await upload.file.drop();
      await this.#note(upload.source, upload.name, error);
      return false;
    } finally {
      // Only here: until its row is there, its name and its room are taken by this alone.
      this.#uploads.delete(number);
    }
    if (isNew) await this.#onArrival();
    return true;
  }

  async dropped(visitor: PickupVisitor, number: number): Promise<void> {
    const upload = this.#find(visitor, number);
    if (upload === undefined) return;
    this.#uploads.delete(number);
    await upload.file.drop();
  }

  rename(
    visitor: PickupVisitor,
    folder: BroughtFolder,
    from: string,
    to: string,
  ): Promise<boolean> {
    return this.#inTurn(() => this.#rename(visitor, folder, from, to));
  }

  async #rename(
    visitor: PickupVisitor,
    folder: BroughtFolder,
    from: string,
    to: string,
  ): Promise<boolean> {
    if (!(await this.#isOpen(visitor, folder))) return false;
    const { box } = visitor;
    try {
      if (!isArrivalName(to)) throw new NotTaken('arrival-name');
      await this.#assertFree(box, folder, to);
      return await this.#ports.arrivals.rename(folder, box, from, to);
    } catch (error) {
      await this.#note(sourceOf(visitor, folder), to, error);
      return false;
    }
  }

  /** Nothing is left of what was on its way. */
  async close(): Promise<void> {
    const open = [...this.#uploads].filter(([, { isEnding }]) => !isEnding);
    for (const [number] of open) this.#uploads.delete(number);
    for (const [, { file }] of open) await file.drop();
  }

  async #isOpen(visitor: PickupVisitor, folder: BroughtFolder): Promise<boolean> {
    const loaded = await this.#ports.configuration.load();
    return folder === 'inbox' ? opensBox(loaded, visitor) : opensSources(loaded, visitor);
  }

  /** Sources are never taken in clear: of them the list itself would lie open on its way. */
  async #takesClear({ recipient, way }: ArrivalSource): Promise<boolean> {
    const { recipients } = await this.#ports.configuration.load();
    return way === 'inbox' && takesClear(recipients.find(({ id }) => id === recipient));
  }

  #find({ box, key }: PickupVisitor, number: number): Upload | undefined {
    const upload = this.#uploads.get(number);
    if (upload === undefined || upload.isEnding) return undefined;
    return upload.visitor.box === box && upload.visitor.key === key ? upload : undefined;
  }

  #uploadsInto(box: string, folder: BroughtFolder): readonly Upload[] {
    const all = [...this.#uploads.values()];
    return all.filter((each) => each.visitor.box === box && each.folder === folder);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Write-once: what waits, or is on its way, is not written over. */
  async #assertFree(box: string, folder: BroughtFolder, name: string): Promise<void> {
    // First: one that is on its way now has its row by the time the rows are read.
    const isOnItsWay = this.#uploadsInto(box, folder).some((each) => each.name === name);
    const known = await this.#ports.arrivals.broughtInto(folder, box);
    const isWaiting = known.some((each) => each.state === 'arrived' && each.name === name);
    if (isOnItsWay || isWaiting) throw new NotTaken('arrival-name-taken');
  }

  async #assertRoom(source: ArrivalSource, more: number): Promise<void> {
    const own = [...this.#uploads.values()].filter(
      ({ source: { recipient, way } }) => recipient === source.recipient && way === source.way,
    );
    const bytes = own.reduce((sum, { file }) => sum + file.bytes, 0);
    await assertRoom(this.#ports.arrivals, source, { files: own.length + more, bytes });
  }

  /** Throws on what is no refusal: an error of ours. */
  async #note(source: ArrivalSource, name: string, error: unknown): Promise<void> {
    if (!(error instanceof NotTaken)) throw error;
    await noteNotTaken(this.#ports, source, name, error.code);
  }
}

function sourceOf({ box, key, from }: PickupVisitor, folder: BroughtFolder): ArrivalSource {
  return { recipient: box, way: folder, origin: `pickup:${from}`, key };
}
