import { isBroughtFolder, parseBoxPath, parseMisnamed } from '../../domain/pickup/box-path.ts';
import type { BoxPlace, BroughtFolder } from '../../domain/pickup/box-path.ts';
import { BytesInOrder } from '../../domain/pickup/bytes-in-order.ts';
import type { BoxEntry } from './file-attributes.ts';
import { Refusal, status } from './refusal.ts';
import type { ServeLine } from './serve-line.ts';
import type { Visitor } from './wire.ts';

const HANDLES_MAX = 16;
/** Handles of what is written are numbered from here on, those of what is read below. */
const FIRST_HANDLE = 0x8000_0000;
/** Write and create of draft-ietf-secsh-filexfer-02 section 6.3; to append would be to write at no place. */
const WRITE_CREATE = 0x02 | 0x08;
const APPEND = 0x04;

/** A file in a folder into which visitors write. */
export type BroughtPlace = Extract<BoxPlace, { kind: 'name' }> & { readonly folder: BroughtFolder };

export function isBrought(place: BoxPlace): place is BroughtPlace {
  return place.kind === 'name' && isBroughtFolder(place.folder);
}

interface Brought {
  readonly upload: number;
  readonly folder: BroughtFolder;
  readonly name: string;
  readonly order: BytesInOrder;
  bytes: number;
  isRefused: boolean;
}

/**
 * What one visitor brings, as one session sees it: what they brought, and files that are on their way. Their bytes go to
 * `serve` piece by piece; none is read back, and none written over.
 */
export class VisitedInbox {
  readonly #line: ServeLine;
  readonly #visitor: Visitor;
  readonly #handles = new Map<number, Brought>();
  #nextHandle = FIRST_HANDLE;
  #isLeft = false;

  constructor(line: ServeLine, visitor: Visitor) {
    this.#line = line;
    this.#visitor = visitor;
  }

  async entries(folder: BroughtFolder): Promise<readonly BoxEntry[]> {
    const found = await this.#line.ask<'inbox'>({ what: 'inbox', visitor: this.#visitor, folder });
    if (found === undefined) throw new Refusal(status.failure);
    return found.map((entry) => ({ ...entry, kind: 'file' }));
  }

  async find({ folder, name }: BroughtPlace): Promise<BoxEntry> {
    const found = (await this.entries(folder)).find((entry) => entry.name === name);
    if (found !== undefined) return found;
    // Some clients look at what they are writing.
    const all = [...this.#handles.values()];
    const open = all.find((each) => each.folder === folder && each.name === name);
    if (open === undefined) throw new Refusal(status.noSuchFile);
    return entryOf(open);
  }

  /** Begins a file. Nothing stands under a name that is being written, or that waits. */
  async create(path: string, flags: number): Promise<number> {
    const place = parseBoxPath(path);
    if (place === undefined || !isBrought(place)) {
      const misnamed = parseMisnamed(path);
      if (misnamed !== undefined) {
        // Who reads our log can tell them; the protocol says no more than that it was denied.
        await this.#line.ask<'misnamed'>({ what: 'misnamed', visitor: this.#visitor, ...misnamed });
      }
      throw new Refusal(status.denied);
    }
    if ((flags & WRITE_CREATE) !== WRITE_CREATE || (flags & APPEND) !== 0) {
      throw new Refusal(status.denied);
    }
    if (this.#handles.size >= HANDLES_MAX) throw new Refusal(status.failure);
    const { folder, name } = place;
    const asked = { what: 'bring', visitor: this.#visitor, folder, name } as const;
    // Begun when nobody waited for it any more: it would hold its name, and its place among the few, until `serve` ends.
    const upload = await this.#line.ask<'bring'>(asked, (late) => void this.#drop(late));
    if (upload === undefined) throw new Refusal(status.failure);
    const brought: Brought = {
      ...{ upload, folder, name, order: new BytesInOrder(), bytes: 0, isRefused: false },
    };
    // Gone while `serve` was asked: nobody would close it.
    if (this.#isLeft) {
      await this.#drop(upload);
      throw new Refusal(status.failure);
    }
    const handle = this.#nextHandle++;
    this.#handles.set(handle, brought);
    return handle;
  }

  has(handle: number): boolean {
    return this.#handles.has(handle);
  }

  lookOpen(handle: number): BoxEntry {
    return entryOf(this.#open(handle));
  }

  /** `data` may be kept until what stands before it has come. */
  async write(handle: number, offset: number, data: Buffer): Promise<void> {
    const brought = this.#open(handle);
    const ready = brought.order.take(offset, data);
    if (ready === undefined) brought.isRefused = true;
    for (const piece of ready ?? []) {
      brought.isRefused ||= !(await this.#hand(brought.upload, piece));
      if (brought.isRefused) break;
      brought.bytes += piece.length;
    }
    if (brought.isRefused) throw new Refusal(status.failure);
  }

  /** It lies with us when this resolves. */
  async close(handle: number): Promise<void> {
    const brought = this.#open(handle);
    this.#handles.delete(handle);
    const { upload } = brought;
    if (brought.isRefused || !brought.order.isWhole) {
      await this.#drop(upload);
      throw new Refusal(status.failure);
    }
    const isHere = await this.#line.ask<'brought'>({
      ...{ what: 'brought', visitor: this.#visitor, upload },
    });
    if (isHere !== true) throw new Refusal(status.failure);
  }

  async rename({ folder, name: from }: BroughtPlace, to: string): Promise<void> {
    const isDone = await this.#line.ask<'rename'>({
      ...{ what: 'rename', visitor: this.#visitor, folder, from, to },
    });
    if (isDone !== true) throw new Refusal(status.denied);
  }

  /** Drops what was not closed: the visitor went, or the connection broke. */
  async leave(): Promise<void> {
    this.#isLeft = true;
    const open = [...this.#handles.values()];
    this.#handles.clear();
    for (const { upload } of open) await this.#drop(upload);
  }

  async #hand(upload: number, piece: Uint8Array): Promise<boolean> {
    const base64 = Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('base64');
    const visitor = this.#visitor;
    return (await this.#line.ask<'piece'>({ what: 'piece', visitor, upload, base64 })) === true;
  }

  async #drop(upload: number): Promise<void> {
    await this.#line.ask<'dropped'>({ what: 'dropped', visitor: this.#visitor, upload });
  }

  #open(handle: number): Brought {
    const open = this.#handles.get(handle);
    if (open === undefined) throw new Refusal(status.failure);
    return open;
  }
}

function entryOf({ name, bytes }: Brought): BoxEntry {
  return { name, kind: 'file', sizeBytes: bytes, changedAtMs: 0 };
}
