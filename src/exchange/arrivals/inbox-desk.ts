import { isArrivalName } from '../../domain/arrivals/arrival-name.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { opensBox } from '../pickup/pickup-desk.ts';
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
  readonly name: string;
  readonly file: ArrivingFile;
  isRefused: boolean;
}

/** Of one recipient at a time. */
const UPLOADS_MAX = 8;

/**
 * What recipients bring into their inbox, as the pickup server hands it over piece by piece. What is refused is on
 * record, once. Whose key opens no box any more brings nothing and sees nothing.
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

  async list(visitor: PickupVisitor): Promise<readonly InboxEntry[]> {
    if (!(await this.#isOpen(visitor))) return [];
    const entries = new Map<string, InboxEntry>();
    const own = await this.#ports.arrivals.inboxOf(visitor.recipient);
    for (const { name, bytes, arrivedAt } of own) {
      // What waits comes first, then the newest: an older one of the same name is not theirs to see any more.
      if (!entries.has(name)) entries.set(name, { name, sizeBytes: bytes, changedAt: arrivedAt });
    }
    return [...entries.values()];
  }

  async bring(visitor: PickupVisitor, name: string): Promise<number | undefined> {
    if (!(await this.#isOpen(visitor))) return undefined;
    try {
      const own = this.#uploadsOf(visitor);
      if (!isArrivalName(name)) throw new NotTaken('arrival-name');
      if (own.length >= UPLOADS_MAX) throw new NotTaken('arrival-box-full');
      await this.#assertFree(visitor, name);
      await this.#assertRoom(visitor, 1);
      const file = await beginArrival(this.#ports);
      const upload = this.#nextUpload++;
      this.#uploads.set(upload, { visitor, name, file, isRefused: false });
      return upload;
    } catch (error) {
      await this.#note(visitor, name, error);
      return undefined;
    }
  }

  async piece(visitor: PickupVisitor, number: number, bytes: Uint8Array): Promise<boolean> {
    const upload = this.#find(visitor, number);
    if (upload === undefined || upload.isRefused) return false;
    try {
      await upload.file.take(bytes);
      await this.#assertRoom(visitor, 0);
      return true;
    } catch (error) {
      upload.isRefused = true;
      await upload.file.drop();
      await this.#note(visitor, upload.name, error);
      return false;
    }
  }

  async brought(visitor: PickupVisitor, number: number): Promise<boolean> {
    const upload = this.#take(visitor, number);
    if (upload === undefined || upload.isRefused) return false;
    if (!(await this.#isOpen(visitor))) {
      await upload.file.drop();
      return false;
    }
    try {
      const source = sourceOf(visitor);
      if (await keepArrival(this.#ports, upload.file, source, upload.name)) await this.#onArrival();
      return true;
    } catch (error) {
      await this.#note(visitor, upload.name, error);
      return false;
    }
  }

  async dropped(visitor: PickupVisitor, number: number): Promise<void> {
    await this.#take(visitor, number)?.file.drop();
  }

  async rename(visitor: PickupVisitor, from: string, to: string): Promise<boolean> {
    if (!(await this.#isOpen(visitor))) return false;
    try {
      if (!isArrivalName(to)) throw new NotTaken('arrival-name');
      await this.#assertFree(visitor, to);
      return await this.#ports.arrivals.rename(visitor.recipient, from, to);
    } catch (error) {
      await this.#note(visitor, to, error);
      return false;
    }
  }

  /** Nothing is left of what was on its way. */
  async close(): Promise<void> {
    const open = [...this.#uploads.values()];
    this.#uploads.clear();
    for (const { file } of open) await file.drop();
  }

  async #isOpen(visitor: PickupVisitor): Promise<boolean> {
    return opensBox(await this.#ports.configuration.load(), visitor);
  }

  #find({ recipient, key }: PickupVisitor, number: number): Upload | undefined {
    const upload = this.#uploads.get(number);
    const isTheirs = upload?.visitor.recipient === recipient && upload.visitor.key === key;
    return isTheirs ? upload : undefined;
  }

  /** It is on its way no more. */
  #take(visitor: PickupVisitor, number: number): Upload | undefined {
    const upload = this.#find(visitor, number);
    if (upload !== undefined) this.#uploads.delete(number);
    return upload;
  }

  #uploadsOf({ recipient }: PickupVisitor): readonly Upload[] {
    return [...this.#uploads.values()].filter((each) => each.visitor.recipient === recipient);
  }

  /** Write-once: what waits, or is on its way, is not written over. */
  async #assertFree(visitor: PickupVisitor, name: string): Promise<void> {
    const waiting = await this.#ports.arrivals.inState('arrived', visitor.recipient);
    const isTaken =
      waiting.some((each) => each.way === 'inbox' && each.name === name) ||
      this.#uploadsOf(visitor).some((each) => each.name === name);
    if (isTaken) throw new NotTaken('arrival-name-taken');
  }

  async #assertRoom(visitor: PickupVisitor, more: number): Promise<void> {
    const own = this.#uploadsOf(visitor);
    const bytes = own.reduce((sum, { file }) => sum + file.bytes, 0);
    await assertRoom(this.#ports.arrivals, visitor.recipient, { files: own.length + more, bytes });
  }

  /** Throws on what is no refusal: an error of ours. */
  async #note(visitor: PickupVisitor, name: string, error: unknown): Promise<void> {
    if (!(error instanceof NotTaken)) throw error;
    await noteNotTaken(this.#ports, sourceOf(visitor), name, error.code);
  }
}

function sourceOf({ recipient, key, from }: PickupVisitor): ArrivalSource {
  return { recipient, way: 'inbox', origin: `pickup:${from}`, key };
}
