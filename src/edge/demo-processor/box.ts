import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';

/** Status numbers of draft-ietf-secsh-filexfer-02 section 7, and a refusal that carries one. */
export const status = { ok: 0, eof: 1, noSuchFile: 2, denied: 3, failure: 4 } as const;

export class Refusal extends Error {
  readonly status: number;

  constructor(number: number) {
    super(`status ${number}`);
    this.status = number;
  }
}

/** Names that may be used: ours, and those of files still being written. */
const namePattern = /^[A-Za-z0-9.][A-Za-z0-9._-]{0,120}$/;
const HANDLES_MAX = 64;

/**
 * The one directory that an account sees, under the account's name. Paths of the other side are looked up, never
 * joined: what is not a plain name in that directory does not exist. Synchronous on purpose: answers must leave in the
 * order of their requests, and what waits for a disk here waits for nobody else.
 */
export class Box {
  readonly directory: string;
  readonly #account: string;
  readonly #handles = new Map<number, number>();
  #nextHandle = 1;

  /** @param account what the other side calls the directory */
  constructor(account: string, directory: string) {
    this.#account = account;
    this.directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  /** Creates a file that must not exist yet, or opens one to read it. */
  open(path: string, wants: { readonly write: boolean }): number {
    if (this.#handles.size >= HANDLES_MAX) throw new Refusal(status.failure);
    const create = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    const flags = (wants.write ? create : constants.O_RDONLY) | constants.O_NOFOLLOW;
    const file = openSync(this.#place(path), flags, 0o600);
    const handle = this.#nextHandle++;
    this.#handles.set(handle, file);
    return handle;
  }

  write(handle: number, offset: number, data: Uint8Array): void {
    for (let done = 0; done < data.length;) {
      done += writeSync(this.#file(handle), data, done, data.length - done, offset + done);
    }
  }

  /** At most `length` bytes; none at the end of the file. */
  read(handle: number, offset: number, length: number): Buffer {
    const data = Buffer.alloc(Math.min(length, 256 * 1024));
    return data.subarray(0, readSync(this.#file(handle), data, 0, data.length, offset));
  }

  statOpen(handle: number): Stats {
    return fstatSync(this.#file(handle));
  }

  stat(path: string): Stats {
    const isDirectory = path.replace(/^\//, '') === this.#account;
    return lstatSync(isDirectory ? this.directory : this.#place(path));
  }

  close(handle: number): void {
    closeSync(this.#file(handle));
    this.#handles.delete(handle);
  }

  /** As version 3 of the protocol wants it: an existing target is left alone. */
  rename(from: string, to: string): void {
    if (existsSync(this.#place(to))) throw new Refusal(status.failure);
    renameSync(this.#place(from), this.#place(to));
  }

  remove(path: string): void {
    rmSync(this.#place(path));
  }

  closeAll(): void {
    for (const handle of this.#handles.keys()) this.close(handle);
  }

  #place(path: string): string {
    const [directory, name = '', ...more] = path.replace(/^\//, '').split('/');
    const isOurs = directory === this.#account && more.length === 0;
    if (!isOurs || !namePattern.test(name) || name === '..') throw new Refusal(status.noSuchFile);
    return join(this.directory, name);
  }

  #file(handle: number): number {
    const file = this.#handles.get(handle);
    if (file === undefined) throw new Refusal(status.failure);
    return file;
  }
}

/** The status that says what went wrong with a file. */
export function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  const { code } = error as { code?: unknown };
  if (code === 'ENOENT') return status.noSuchFile;
  return code === 'EACCES' || code === 'EPERM' ? status.denied : status.failure;
}
