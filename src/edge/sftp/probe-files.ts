import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import type { Session } from './open-session.ts';
import { readPipelined } from './pipelined-reader.ts';
import { RefusedRequest } from './request-deadline.ts';
import { SftpRequests } from './sftp-requests.ts';
import { codeFor, status } from './status-faults.ts';
import { WriteRequests } from './write-requests.ts';

const CREATE_EXCLUSIVE = 0x02 | 0x08 | 0x20;
const READ = 0x01;
const OWNER_ONLY = 0o600;
/** A probe directory holds few files; a listing without end is not read to its end. */
const LISTED_MAX = 2_000;

/** Small files in one directory, all named after one prefix, and remembered until they are removed. */
export class ProbeFiles {
  readonly requests: SftpRequests;
  readonly #session: Session;
  readonly #directory: string;
  readonly #prefix: string;
  readonly #made: Set<string>;

  constructor(session: Session, directory: string, prefix: string, made = new Set<string>()) {
    this.#session = session;
    this.#directory = directory;
    this.#prefix = prefix;
    this.#made = made;
    this.requests = new SftpRequests(session, directory);
  }

  /** The same files over another connection. */
  over(session: Session): ProbeFiles {
    return new ProbeFiles(session, this.#directory, this.#prefix, this.#made);
  }

  /** Everything that may be there. */
  get names(): string[] {
    return [...this.#made];
  }

  get hasEnded(): boolean {
    return this.#session.line.hasEnded;
  }

  /** Before anything is asked of the name, so that it is removed whatever comes back. */
  name(of: string): string {
    const name = `${this.#prefix}${of}`;
    this.#made.add(name);
    return name;
  }

  /** A name with a leading dot, as temporary files of a delivery have it. */
  dotName(of: string): string {
    const name = `.${this.#prefix}${of}`;
    this.#made.add(name);
    return name;
  }

  /** Creates a file exclusively and writes all of it in one request. Syncs if told to. */
  async write(name: string, bytes: Buffer, isSynced = false): Promise<void> {
    const { line, sftp } = this.#session;
    const handle = await this.requests.open(name, CREATE_EXCLUSIVE, OWNER_ONLY);
    try {
      const writing = new WriteRequests(line, sftp, handle);
      await line.request('write', line.limits.requestMs, (answer) =>
        writing.send(bytes, 0, answer),
      );
      if (isSynced) await this.requests.sync(handle);
    } finally {
      if (!this.hasEnded) await this.requests.close(handle);
    }
  }

  /** SHA-256 and size of what the server has under a name. */
  async read(name: string, bytesMax: number): Promise<{ bytes: number; sha256: string }> {
    const { line, sftp } = this.#session;
    const handle = await this.requests.open(name, READ, 0);
    try {
      return await readPipelined(line, sftp, handle, bytesMax + 1);
    } finally {
      if (!this.hasEnded) await this.requests.close(handle);
    }
  }

  /** Whether a listing of the directory shows the name. Names of others are not kept. */
  async isListed(name: string): Promise<boolean> {
    const { line, sftp } = this.#session;
    const { requestMs } = line.limits;
    const handle = await line.request<Buffer>('opendir', requestMs, (answer) => {
      sftp.opendir(this.#directory === '' ? '.' : this.#directory, answer);
    });
    if (handle === undefined) return false;
    let isSeen = false;
    try {
      for (let seen = 0; !isSeen && seen < LISTED_MAX;) {
        const names = await line.request<{ filename: string }[]>('readdir', requestMs, (answer) => {
          sftp.readdir(handle, answer);
        });
        if (names === undefined || names.length === 0) break;
        seen += names.length;
        isSeen = names.some(({ filename }) => filename === name);
      }
    } catch (error) {
      if (!(error instanceof RefusedRequest) || error.status !== status.eof) throw error;
    } finally {
      if (!this.hasEnded) await this.requests.close(handle);
    }
    return isSeen;
  }

  /** The server's own name of a directory; '' is the probe directory. `undefined` when it does not say. */
  async realPath(directory: string): Promise<string | undefined> {
    const { line, sftp } = this.#session;
    const asked = directory === '' ? this.#directory : directory;
    try {
      return await line.request<string>('realpath', line.limits.requestMs, (answer) => {
        sftp.realpath(asked === '' ? '.' : asked, answer);
      });
    } catch (error) {
      if (error instanceof RefusedRequest) return undefined;
      throw error;
    }
  }

  /** What limits@openssh.com announced; ssh2 asks for it by itself and keeps the answer. */
  get limits(): { readBytes: number; writeBytes: number; openHandles: number } | undefined {
    const told = this.#session.sftp as unknown as {
      readonly _extensions: Readonly<Record<string, string | undefined>>;
      readonly _maxReadLen: number;
      readonly _maxWriteLen: number;
      readonly maxOpenHandles?: number;
    };
    if (told._extensions['limits@openssh.com'] !== '1') return undefined;
    const openHandles = told.maxOpenHandles ?? 0;
    return {
      readBytes: told._maxReadLen,
      writeBytes: told._maxWriteLen,
      openHandles: Number.isFinite(openHandles) ? openHandles : 0,
    };
  }

  /** Removes everything that was made and returns the names that stayed. */
  async removeAll(): Promise<string[]> {
    const left: string[] = [];
    for (const name of this.#made) {
      // A server that removes nothing may say so of names that were renamed long ago, too.
      if (!(await isGone(() => this.requests.remove(name), true))) {
        if (!(await isGone(() => this.requests.lstat(name), false))) left.push(name);
      }
    }
    this.#made.clear();
    return left;
  }

  /** A refusal of the first step as people know it: no directory, no right to write, no room. */
  async explained(error: unknown, neededBytes: number): Promise<unknown> {
    if (!(error instanceof RefusedRequest)) return error;
    const space = await this.requests.space().catch(() => undefined);
    const seen = { isTargetThere: false, space, neededBytes };
    return new DeliveryFault(
      codeFor(error.status, seen, error.step),
      {
        ...this.#session.line.where,
        ...{ directory: this.#directory, step: error.step, status: error.status },
      },
      error,
    );
  }
}

/** Whether the answer means that nothing has this name: "no such file", or the answer given when all went well. */
async function isGone(ask: () => Promise<unknown>, whenAnswered: boolean): Promise<boolean> {
  try {
    await ask();
    return whenAnswered;
  } catch (error) {
    return error instanceof RefusedRequest && error.status === status.noSuchFile;
  }
}
