import { isArrivalName } from '../../domain/arrivals/arrival-name.ts';
import { takesClear } from '../../domain/recipients/takes-clear.ts';
import type { BroughtFolder } from '../../domain/pickup/box-path.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { opensBox, opensSources } from '../pickup/pickup-desk.ts';
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
}

/** Of one box at a time. */
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

  async bring(
    visitor: PickupVisitor,
    folder: BroughtFolder,
    name: string,
  ): Promise<number | undefined> {
    if (!(await this.#isOpen(visitor, folder))) return undefined;
    const source = sourceOf(visitor, folder);
    try {
      if (!isArrivalName(name)) throw new NotTaken('arrival-name');
      const own = this.#uploadsOf(visitor.box);
      if (own.length >= UPLOADS_MAX) throw new NotTaken('arrival-box-full');
      await this.#assertFree(visitor.box, folder, name);
      await this.#assertRoom(source, 1);
      const file = await beginArrival(this.#ports, await this.#takesClear(source));
      const upload = this.#nextUpload++;
      this.#uploads.set(upload, { visitor, folder, source, name, file, isRefused: false });
      return upload;
    } catch (error) {
      await this.#note(source, name, error);
      return undefined;
    }
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
    const upload = this.#take(visitor, number);
    if (upload === undefined || upload.isRefused) return false;
    const { folder, source, name, file } = upload;
    if (!(await this.#isOpen(visitor, folder))) {
      await file.drop();
      return false;
    }
    try {
      if (await keepArrival(this.#ports, file, source, name)) await this.#onArrival();
      return true;
    } catch (error) {
      await this.#note(source, name, error);
      return false;
    }
  }

  async dropped(visitor: PickupVisitor, number: number): Promise<void> {
    await this.#take(visitor, number)?.file.drop();
  }

  async rename(
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
    const open = [...this.#uploads.values()];
    this.#uploads.clear();
    for (const { file } of open) await file.drop();
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
    return upload?.visitor.box === box && upload.visitor.key === key ? upload : undefined;
  }

  /** It is on its way no more. */
  #take(visitor: PickupVisitor, number: number): Upload | undefined {
    const upload = this.#find(visitor, number);
    if (upload !== undefined) this.#uploads.delete(number);
    return upload;
  }

  #uploadsOf(box: string): readonly Upload[] {
    return [...this.#uploads.values()].filter((each) => each.visitor.box === box);
  }

  /** Write-once: what waits, or is on its way, is not written over. */
  async #assertFree(box: string, folder: BroughtFolder, name: string): Promise<void> {
    const known = await this.#ports.arrivals.broughtInto(folder, box);
    const isTaken =
      known.some((each) => each.state === 'arrived' && each.name === name) ||
      this.#uploadsOf(box).some((each) => each.folder === folder && each.name === name);
    if (isTaken) throw new NotTaken('arrival-name-taken');
  }

  async #assertRoom(source: ArrivalSource, more: number): Promise<void> {
    const own = this.#uploadsOf(source.recipient).filter(({ folder }) => folder === source.way);
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
