import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';

import { canaryForms } from './canary-forms.ts';
import type { Needle } from './canary-forms.ts';

/** Where a card number was found that must not be there, and in what form. The number itself stays unsaid. */
export interface CanarySighting {
  readonly place: string;
  readonly form: string;
  readonly canary: number;
}

/** Eight bytes with which needles begin, many of them with the same: few digits fit into them in a long form. */
interface Head {
  readonly low: number;
  readonly high: number;
  readonly lengths: Set<number>;
}

interface Entry extends Needle {
  readonly form: string;
  readonly canary: number;
}

const WINDOW = 8;
const PAGE = 4096;
const SLOTS = 1 << 21;
const FILTER_BITS = 1 << 24;
const FILTER_MASK = FILTER_BITS - 1;
const BEFORE_MAX = 64;
const CHUNK = 8 * 1024 * 1024;
/** No needle is longer, and a half stands no further in front. */
const OVERLAP = 128;

/**
 * Looks for thousands of card numbers in all of `canaryForms` at once: the first eight bytes of every needle stand in a
 * table, and each eight bytes of what is searched are looked up there. Some nanoseconds a byte, however many there are.
 */
export class CanaryIndex {
  /** By all bytes of a needle, as Latin-1. */
  readonly #entries = new Map<string, Entry[]>();
  readonly #heads: Head[] = [];
  readonly #filter = new Uint8Array(FILTER_BITS / 8);
  /** By slot, 1 more than the place of a head. */
  readonly #slots = new Uint32Array(SLOTS);

  constructor(canaries: readonly string[]) {
    for (const [canary, digits] of canaries.entries()) {
      for (const [form, write] of Object.entries(canaryForms)) {
        for (const needle of write(digits)) this.#add({ ...needle, form, canary });
      }
    }
  }

  /** Each form of each number once. */
  inBytes(content: Uint8Array, place: string): CanarySighting[] {
    const seen = new Map<string, CanarySighting>();
    const filter = this.#filter;
    let low = 0;
    let high = 0;
    for (let at = 0; at < content.length; at++) {
      low = (low >>> 8) | (high << 24);
      high = (high >>> 8) | (content[at]! << 24);
      if ((low | high) === 0) continue;
      const hash = hashOf(low, high);
      if ((filter[(hash & FILTER_MASK) >> 3]! & (1 << (hash & 7))) === 0) continue;
      if (at >= WINDOW - 1) this.#look(low, high, content, at - WINDOW + 1, place, seen);
    }
    return [...seen.values()];
  }

  inText(text: string, place: string): CanarySighting[] {
    return this.inBytes(Buffer.from(text, 'utf8'), place);
  }

  /** Every file below a folder, if there is one, what is compressed in it, and the names. */
  inFolder(folder: string): CanarySighting[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const inName = this.inText(entry.name, `name of ${path}`);
      if (!entry.isFile()) return inName;
      const content = readFileSync(path);
      const inside = inflated(content).flatMap((part) => this.inBytes(part, `inside ${path}`));
      return [...inName, ...this.inBytes(content, path), ...inside];
    });
  }

  /**
   * The memory of a process of ours that runs. Throws where the system lets nobody read it, and for a process without
   * any: what was not read cannot be vouched for.
   */
  inMemory(pid: number): { readonly bytes: number; readonly sightings: CanarySighting[] } {
    const memory = openMemory(pid);
    try {
      const room = new Uint8Array(CHUNK);
      const sightings: CanarySighting[] = [];
      let bytes = 0;
      for (const { from, to, name } of regionsOf(pid)) {
        for (let at = from; at < to; at += CHUNK - OVERLAP) {
          const length = readAt(memory, room, at, Math.min(CHUNK, to - at));
          bytes += length;
          sightings.push(...this.inBytes(room.subarray(0, length), `memory, ${name}`));
        }
      }
      if (bytes === 0) throw new Error(`no memory of process ${pid} could be read`);
      return { bytes, sightings };
    } finally {
      closeSync(memory);
    }
  }

  #add(entry: Entry): void {
    const { bytes } = entry;
    if (bytes.length < WINDOW) throw new RangeError(`${entry.form}: fewer than ${WINDOW} bytes`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [low, high] = [view.getInt32(0, true), view.getInt32(4, true)];
    const hash = hashOf(low, high);
    this.#filter[(hash & FILTER_MASK) >> 3]! |= 1 << (hash & 7);
    const slot = this.#slotOf(low, high);
    if (this.#slots[slot] === 0) {
      this.#slots[slot] = this.#heads.push({ low, high, lengths: new Set() });
    }
    this.#heads[this.#slots[slot]! - 1]!.lengths.add(bytes.length);
    const whole = Buffer.from(bytes).toString('latin1');
    const same = this.#entries.get(whole);
    if (same === undefined) this.#entries.set(whole, [entry]);
    else same.push(entry);
  }

  /** Where a head stands, or would. */
  #slotOf(low: number, high: number): number {
    const hash = hashOf(low, high);
    for (let slot = (hash ^ (hash >>> 11)) & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const head = this.#heads[this.#slots[slot]! - 1];
      if (head === undefined || (head.low === low && head.high === high)) return slot;
    }
  }

  #look(
    low: number,
    high: number,
    content: Uint8Array,
    start: number,
    place: string,
    seen: Map<string, CanarySighting>,
  ): void {
    const head = this.#heads[this.#slots[this.#slotOf(low, high)]! - 1];
    for (const length of head?.lengths ?? []) {
      const whole = Buffer.from(content.subarray(start, start + length)).toString('latin1');
      for (const entry of this.#entries.get(whole) ?? []) {
        if (!isBehind(content, start, entry)) continue;
        if (entry.isApart === true && !standsApart(content, start, start + length)) continue;
        const { form, canary } = entry;
        seen.set(`${form} ${canary}`, { place, form, canary });
      }
    }
  }
}

function isBehind(content: Uint8Array, start: number, { before }: Entry): boolean {
  if (before === undefined) return true;
  const room = content.subarray(Math.max(0, start - BEFORE_MAX), start);
  return Buffer.from(room).includes(Buffer.from(before));
}

/** Whether the digits around it, as far as they go, end at nothing that belongs to hexadecimal or to a range. */
function standsApart(content: Uint8Array, start: number, end: number): boolean {
  const isDigit = (at: number): boolean => isOneOf('0123456789', content[at]);
  while (isDigit(start - 1)) start -= 1;
  while (isDigit(end)) end += 1;
  return ![content[start - 1], content[end]].some((byte) => isOneOf('abcdefABCDEF-', byte));
}

function isOneOf(signs: string, byte: number | undefined): boolean {
  return byte !== undefined && signs.includes(String.fromCharCode(byte));
}

function hashOf(low: number, high: number): number {
  const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high ^ (high >>> 15), 0x85ebca6b);
  const spread = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return spread ^ (spread >>> 16);
}

interface Region {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** What a process may have written: no device, and of the files it runs only what can differ from the file. */
function regionsOf(pid: number): Region[] {
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  try {
    return readFileSync(`/proc/${pid}/maps`, 'latin1')
      .split('\n')
      .flatMap((line) => {
        const [, from, to, rights, name = ''] =
          /^(\w+)-(\w+) (r\S+) \S+ \S+ \S+ *(.*)$/.exec(line) ?? [];
        if (from === undefined || to === undefined || /^\[v|^\/dev/.test(name)) return [];
        if (name.startsWith('/') && !rights!.includes('w')) return [];
        return present(pagemap, parseInt(from, 16), parseInt(to, 16), name);
      });
  } finally {
    closeSync(pagemap);
  }
}

/** The parts that have pages, in memory or swapped out; V8 reserves much more than it uses. */
function present(pagemap: number, from: number, to: number, name: string): Region[] {
  const pages = new Uint8Array(((to - from) / PAGE) * 8);
  readSync(pagemap, pages, 0, pages.length, (from / PAGE) * 8);
  const regions: { from: number; to: number; name: string }[] = [];
  for (let page = 0; page * 8 < pages.length; page++) {
    if ((pages[page * 8 + 7]! & 0xc0) === 0) continue;
    const at = from + page * PAGE;
    const last = regions.at(-1);
    if (last?.to === at) last.to = at + PAGE;
    else regions.push({ from: at, to: at + PAGE, name });
  }
  return regions;
}

function openMemory(pid: number): number {
  try {
    return openSync(`/proc/${pid}/mem`, 'r');
  } catch (cause) {
    throw new Error(
      `the memory of process ${pid} cannot be read: set kernel.yama.ptrace_scope to 0 or 1`,
      { cause },
    );
  }
}

/** Pages that are gone by now, or were never there, are none. */
function readAt(file: number, room: Uint8Array, from: number, length: number): number {
  try {
    return readSync(file, room, 0, length, from);
  } catch {
    return 0;
  }
}

/** What gzip, or the entries of a zip, hold; nothing for other files. */
function inflated(content: Buffer): Buffer[] {
  if (content[0] === 0x1f && content[1] === 0x8b) return [gunzipSync(content)];
  const parts: Buffer[] = [];
  const entry = Buffer.from('PK\x03\x04', 'latin1');
  for (let at = content.indexOf(entry); at >= 0; at = content.indexOf(entry, at + 1)) {
    if (content.readUInt16LE(at + 8) !== 8) continue;
    const data = at + 30 + content.readUInt16LE(at + 26) + content.readUInt16LE(at + 28);
    parts.push(inflateRawSync(content.subarray(data)));
  }
  return parts;
}
