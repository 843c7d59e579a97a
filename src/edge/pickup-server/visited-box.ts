import { closeSync } from 'node:fs';
import { join } from 'node:path';

import {
  boxFolders,
  isBroughtFolder,
  parseBoxPath,
  renderBoxPath,
} from '../../domain/pickup/box-path.ts';
import type { BoxFolder, BoxPlace } from '../../domain/pickup/box-path.ts';
import type { SealedShelves } from '../../exchange/pickup/pickup-server.ts';
import { openAsSealed } from './as-sealed.ts';
import { BoxFile } from './box-file.ts';
import type { BoxEntry } from './file-attributes.ts';
import { Refusal, status } from './refusal.ts';
import type { ServeLine } from './serve-line.ts';
import type { UnsureBytes } from './unsure-bytes.ts';
import { isBrought, type VisitedInbox } from './visited-inbox.ts';
import type { Visitor, WireBatch } from './wire.ts';

const HANDLES_MAX = 16;
/** Entries in an answer to READDIR: well within a packet. */
const LISTED_AT_ONCE = 64;
/** How long a listing counts: clients look at many names one after the other. */
const FRESH_MS = 500;
/** What all visitors share. */
export interface BoxRoom {
  readonly shelves: SealedShelves;
  readonly unsure: UnsureBytes;
}

interface OpenFolder {
  /** Not listed yet. */
  rest: readonly BoxEntry[];
}

/**
 * The box of one visitor, as one session sees it: `outbox` with what waits, `done` with what was taken, `inbox` and
 * `sources` with what they brought. Names are looked up among what `serve` says lies there; the name of a file on our disk comes from `serve` alone.
 */
export class VisitedBox {
  readonly #line: ServeLine;
  readonly #visitor: Visitor;
  readonly #room: BoxRoom;
  readonly #inbox: VisitedInbox;
  readonly #handles = new Map<number, BoxFile | OpenFolder>();
  #nextHandle = 1;
  #listing: readonly WireBatch[] = [];
  #freshUntil = -1;
  #isLeft = false;

  constructor(line: ServeLine, visitor: Visitor, room: BoxRoom, inbox: VisitedInbox) {
    this.#line = line;
    this.#visitor = visitor;
    this.#room = room;
    this.#inbox = inbox;
  }

  /** How a path is spelled in full, whether anything is there or not. */
  realPath(path: string): string {
    return renderBoxPath(placeOf(path));
  }

  isFolder(path: string): boolean {
    return ['root', 'folder'].includes(parseBoxPath(path)?.kind ?? '');
  }

  async look(path: string): Promise<BoxEntry> {
    const place = placeOf(path);
    if (place.kind === 'root') return folderEntry('/');
    if (place.kind === 'folder') return folderEntry(place.folder);
    if (isBrought(place)) return this.#inbox.find(place);
    return entryOf(await this.#find(place));
  }

  async openFolder(path: string): Promise<number> {
    const place = placeOf(path);
    if (place.kind === 'name') {
      await this.#find(place);
      throw new Refusal(status.failure);
    }
    if (place.kind === 'root') return this.#keep({ rest: boxFolders.map(folderEntry) });
    const { folder } = place;
    if (isBroughtFolder(folder)) return this.#keep({ rest: await this.#inbox.entries(folder) });
    const all = await this.#box();
    return this.#keep({ rest: all.filter((batch) => isIn(batch, folder)).map(entryOf) });
  }

  /** The next entries; none at the end. */
  readFolder(handle: number): readonly BoxEntry[] {
    const open = this.#handles.get(handle);
    if (open === undefined || open instanceof BoxFile) throw new Refusal(status.failure);
    const next = open.rest.slice(0, LISTED_AT_ONCE);
    open.rest = open.rest.slice(LISTED_AT_ONCE);
    return next;
  }

  /** That it is opened is recorded before this resolves, and so before a byte of it leaves. */
  async openFile(path: string): Promise<number> {
    const place = placeOf(path);
    if (place.kind !== 'name') throw new Refusal(status.failure);
    // What was brought is read by nobody but us.
    if (isBrought(place)) throw new Refusal(status.denied);
    const batch = await this.#find(place);
    if (batch.state === 'taken') throw new Refusal(status.denied);
    if (this.#handles.size >= HANDLES_MAX) throw new Refusal(status.failure);
    // First of all: what cannot be read, or is not what was approved, is not recorded as opened.
    const descriptor = await this.#openAsSealed(batch);
    const asked = { what: 'open', visitor: this.#visitor, batch: batch.batch } as const;
    const isOpened = await this.#line.ask<'open'>(asked);
    this.#freshUntil = -1;
    // Gone while `serve` was asked: nobody would close it.
    if (isOpened !== true || this.#isLeft) {
      closeSync(descriptor);
      throw new Refusal(status.denied);
    }
    const by = { line: this.#line, visitor: this.#visitor, unsure: this.#room.unsure };
    return this.#keep(new BoxFile({ batch, descriptor }, by));
  }

  /** As `BoxFile.read`. */
  read(handle: number, offset: number, length: number): { data: Buffer; onSent: () => void } {
    return this.#file(handle).read(offset, length);
  }

  lookOpen(handle: number): BoxEntry {
    return entryOf(this.#file(handle).batch);
  }

  /** What was sent of a file is recorded before this resolves; what could not be recorded stays open. */
  async close(handle: number): Promise<void> {
    const open = this.#handles.get(handle);
    if (open === undefined) throw new Refusal(status.failure);
    if (open instanceof BoxFile) {
      const isRecorded = await open.report(true);
      this.#freshUntil = -1;
      if (!isRecorded) throw new Refusal(status.failure);
    }
    // Whoever left meanwhile has closed it.
    if (this.#handles.delete(handle) && open instanceof BoxFile) open.close();
  }

  /** Out of `outbox` into `done`, under the same name; or to another name within the folder it was brought into. */
  async rename(from: string, to: string): Promise<void> {
    const [source, target] = [placeOf(from), placeOf(to)];
    if (isBrought(source) && isBrought(target)) {
      // An answer does not become a source, nor the other way.
      if (source.folder !== target.folder) throw new Refusal(status.denied);
      await this.#inbox.rename(source, target.name);
      return;
    }
    const isPutAway =
      source.kind === 'name' &&
      source.folder === 'outbox' &&
      target.kind === 'name' &&
      target.folder === 'done' &&
      target.name === source.name;
    if (!isPutAway) throw new Refusal(status.denied);
    await this.#take(source);
  }

  /** Nothing, for what was brought and where; everything else has none that could be set. */
  async ignoreAttributes(path: string): Promise<void> {
    const place = placeOf(path);
    // Behind the files that it put there, a client sets those of their folder.
    if (place.kind === 'folder' && isBroughtFolder(place.folder)) return;
    if (!isBrought(place)) throw new Refusal(status.unsupported);
    await this.#inbox.find(place);
  }

  /** As good as putting it away: what is taken stays listed in `done`. */
  async remove(path: string): Promise<void> {
    const place = placeOf(path);
    // Clients remove what would stand in the way of a rename: that nothing does is no refusal to them.
    if (place.kind === 'name') await this.look(path);
    if (place.kind !== 'name' || place.folder !== 'outbox') throw new Refusal(status.denied);
    await this.#take(place);
  }

  /** Closes what is open. The files were not closed by the visitor, and do not count as closed. */
  async leave(): Promise<void> {
    this.#isLeft = true;
    const open = [...this.#handles.values()];
    this.#handles.clear();
    const files = open.filter((each) => each instanceof BoxFile);
    await Promise.all(files.map((file) => file.leave()));
  }

  async #openAsSealed(batch: WireBatch): Promise<number> {
    const path = join(this.#room.shelves[batch.shelf], batch.file);
    const opened = await openAsSealed(path, batch, () => this.#isLeft);
    if ('descriptor' in opened) return opened.descriptor;
    if (!this.#isLeft) {
      const told = { visitor: this.#visitor, batch: batch.batch, code: opened.unfit };
      await this.#line.ask<'unfit'>({ what: 'unfit', ...told });
    }
    throw new Refusal(status.failure);
  }

  async #take(place: Extract<BoxPlace, { kind: 'name' }>): Promise<void> {
    const { batch } = await this.#find(place);
    // What this session has sent of it and not told yet.
    for (const open of this.#handles.values()) {
      if (!(open instanceof BoxFile) || open.batch.batch !== batch) continue;
      if (!(await open.report(false))) throw new Refusal(status.failure);
    }
    const visitor = this.#visitor;
    const isTaken = await this.#line.ask<'take'>({ what: 'take', visitor, batch });
    this.#freshUntil = -1;
    if (isTaken !== true) throw new Refusal(status.denied);
  }

  async #find(place: Extract<BoxPlace, { kind: 'name' }>): Promise<WireBatch> {
    const all = await this.#box();
    const found = all.find((batch) => isIn(batch, place.folder) && batch.name === place.name);
    if (found === undefined) throw new Refusal(status.noSuchFile);
    return found;
  }

  async #box(): Promise<readonly WireBatch[]> {
    if (performance.now() > this.#freshUntil) {
      const listing = await this.#line.ask<'box'>({ what: 'box', visitor: this.#visitor });
      if (listing === undefined) throw new Refusal(status.failure);
      this.#listing = listing;
      this.#freshUntil = performance.now() + FRESH_MS;
    }
    return this.#listing;
  }

  #keep(open: BoxFile | OpenFolder): number {
    if (this.#handles.size >= HANDLES_MAX) throw new Refusal(status.failure);
    const handle = this.#nextHandle++;
    this.#handles.set(handle, open);
    return handle;
  }

  #file(handle: number): BoxFile {
    const open = this.#handles.get(handle);
    if (!(open instanceof BoxFile)) throw new Refusal(status.failure);
    return open;
  }
}

function placeOf(path: string): BoxPlace {
  const place = parseBoxPath(path);
  if (place === undefined) throw new Refusal(status.noSuchFile);
  return place;
}

function isIn({ state }: WireBatch, folder: BoxFolder): boolean {
  return folder === (state === 'taken' ? 'done' : 'outbox');
}

function entryOf({ name, sizeBytes, changedAtMs }: WireBatch): BoxEntry {
  return { name, kind: 'file', sizeBytes, changedAtMs };
}

function folderEntry(name: string): BoxEntry {
  return { name, kind: 'folder', sizeBytes: 0, changedAtMs: 0 };
}
