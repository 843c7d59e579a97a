import type { Attributes, SFTPWrapper, Stats } from 'ssh2';

import type {
  Progress,
  ReadBack,
  RemoteBox,
  RemoteFeatures,
  Sighting,
  UploadResult,
} from '../../exchange/courier.ts';
import { DeliveryFault } from '../../exchange/delivery-errors.ts';
import type { Session } from './open-session.ts';
import { readPipelined } from './pipelined-reader.ts';
import { writePipelined } from './pipelined-writer.ts';
import { RefusedRequest } from './request-deadline.ts';
import type { Answer } from './request-deadline.ts';
import { codeFor, parseSpace, status } from './status-faults.ts';
import type { FileSystemSpace } from './status-faults.ts';

const WRITE_CREATE_EXCLUSIVE = 0x02 | 0x08 | 0x20;
const READ = 0x01;

/** A RemoteBox over one SFTP session. */
export class SftpBox implements RemoteBox {
  readonly hostKey: string;
  readonly features: RemoteFeatures;
  readonly #session: Session;
  readonly #sftp: SFTPWrapper;
  readonly #directory: string;
  #isDirectorySeen = false;

  constructor(session: Session, directory: string) {
    this.#session = session;
    this.#sftp = session.sftp;
    this.#directory = directory;
    this.hostKey = session.hostKey;
    // ssh2 keeps what the server advertised to itself; the dependency is pinned exactly and a test reads this back.
    const offered = (session.sftp as unknown as { _extensions: Record<string, string | undefined> })
      ._extensions;
    this.features = {
      canSync: offered['fsync@openssh.com'] === '1',
      canTellSpace: offered['statvfs@openssh.com'] === '2',
    };
  }

  async look(name: string): Promise<Sighting> {
    try {
      const found = await this.#ask<Stats>('lstat', (answer) => {
        this.#sftp.lstat(this.#path(name), answer);
      });
      // The type says these are always there; the protocol says each is optional.
      const { size, mode } = this.#required('lstat', found) as Partial<Attributes>;
      if (size === undefined) return 'hidden';
      return { sizeBytes: size, isFile: mode === undefined || this.#required('lstat', found).isFile() };
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      if (error.status === status.noSuchFile) {
        await this.#assertDirectory();
        return undefined;
      }
      if (error.status === status.permissionDenied || error.status === status.unsupported) {
        return 'hidden';
      }
      throw this.#fault(codeFor(error.status, nothingSeen, 'look'), error, name);
    }
  }

  async freeBytes(): Promise<number | undefined> {
    return (await this.#space())?.freeBytes;
  }

  async upload(
    name: string,
    payload: AsyncIterable<Uint8Array>,
    sizeBytes: number,
    onProgress?: Progress,
  ): Promise<UploadResult> {
    let handle: Buffer | undefined;
    try {
      const opened = await this.#ask<Buffer>('open', (answer) => {
        this.#sftp.open(this.#path(name), WRITE_CREATE_EXCLUSIVE, { mode: 0o600 } as never, answer);
      });
      handle = this.#required('open', opened);
      const sent = await writePipelined(this.#session.line, this.#sftp, handle, payload, onProgress);
      const isSynced = await this.#sync(handle);
      const remoteBytes = await this.#sizeOf(handle);
      const closing = handle;
      handle = undefined;
      await this.#close(closing);
      return { ...sent, remoteBytes, isSynced };
    } catch (error) {
      if (handle !== undefined) await this.#close(handle).catch(() => undefined);
      throw await this.#explain(error, name, sizeBytes);
    }
  }

  async readBack(name: string, maxBytes: number, onProgress?: Progress): Promise<ReadBack> {
    let handle: Buffer | undefined;
    try {
      const opened = await this.#ask<Buffer>('open', (answer) => {
        this.#sftp.open(this.#path(name), READ as never, answer as never);
      });
      handle = this.#required('open', opened);
      return await readPipelined(this.#session.line, this.#sftp, handle, maxBytes + 1, onProgress);
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      if (error.status === status.noSuchFile) return undefined;
      if (error.status === status.permissionDenied || error.status === status.unsupported) {
        return 'unreadable';
      }
      throw this.#fault(codeFor(error.status, nothingSeen, 'read'), error, name);
    } finally {
      if (handle !== undefined) await this.#close(handle).catch(() => undefined);
    }
  }

  async rename(from: string, to: string): Promise<void> {
    try {
      const answered = await this.#ask<unknown>('rename', (answer) => {
        this.#sftp.rename(this.#path(from), this.#path(to), answer);
      });
      // Only a status may answer a rename; anything else is no answer to it.
      if (answered !== undefined) throw this.#protocolFault('rename');
    } catch (error) {
      throw await this.#explain(error, to, 0);
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await this.#ask<unknown>('remove', (answer) => {
        this.#sftp.unlink(this.#path(name), answer);
      });
    } catch (error) {
      if (error instanceof RefusedRequest && error.status === status.noSuchFile) return;
      throw await this.#explain(error, name, 0);
    }
  }

  async close(): Promise<void> {
    const { client, line } = this.#session;
    if (line.hasEnded) return;
    line.rest();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, line.limits.closeMs);
      client.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      client.end();
    });
    line.fail(line.fault('connection-lost', 'closed'));
  }

  /** Waits for one answer within the deadline of a request. */
  #ask<T>(step: string, send: (answer: Answer<T>) => void): Promise<T | undefined> {
    return this.#session.line.request<T>(step, this.#session.line.limits.requestMs, send);
  }

  async #sync(handle: Buffer): Promise<boolean> {
    if (!this.features.canSync) return false;
    await this.#ask('fsync', (answer) => {
      this.#sftp.ext_openssh_fsync(handle, answer);
    });
    return true;
  }

  /** Some servers answer fstat with "unsupported"; then the size stays unknown. */
  async #sizeOf(handle: Buffer): Promise<number | undefined> {
    try {
      const found = await this.#ask<Stats>('fstat', (answer) => {
        this.#sftp.fstat(handle, answer);
      });
      return (this.#required('fstat', found) as Partial<Attributes>).size;
    } catch (error) {
      if (error instanceof RefusedRequest && error.status === status.unsupported) return undefined;
      throw error;
    }
  }

  /** A server may report a failed write only here, so a refused close is a failed upload. */
  async #close(handle: Buffer): Promise<void> {
    await this.#ask('close', (answer) => {
      this.#sftp.close(handle, answer);
    });
  }

  async #space(): Promise<FileSystemSpace | undefined> {
    if (!this.features.canTellSpace) return undefined;
    try {
      const answer = await this.#ask<unknown>('statvfs', (answered) => {
        this.#sftp.ext_openssh_statvfs(this.#path(''), answered);
      });
      return parseSpace(answer);
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      if (error.status === status.noSuchFile) throw this.#fault('remote-directory-missing', error);
      return undefined;
    }
  }

  /** "No such file" is said both of a name and of the whole directory, and only one of them means the name is free. */
  async #assertDirectory(): Promise<void> {
    if (this.#isDirectorySeen) return;
    try {
      const found = await this.#ask<Stats>('stat', (answer) => {
        this.#sftp.stat(this.#path(''), answer);
      });
      const { mode } = this.#required('stat', found) as Partial<Attributes>;
      if (mode !== undefined && !this.#required('stat', found).isDirectory()) {
        throw this.#fault('remote-directory-missing');
      }
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      if (error.status === status.noSuchFile) throw this.#fault('remote-directory-missing', error);
    }
    this.#isDirectorySeen = true;
  }

  /** Turns a refusal into a fault, asking the server what an ambiguous status meant. */
  async #explain(error: unknown, name: string, neededBytes: number): Promise<unknown> {
    if (!(error instanceof RefusedRequest)) return error;
    const seen = { isTargetThere: false, space: undefined as FileSystemSpace | undefined, neededBytes };
    try {
      if (error.status === status.failure) {
        if (error.step === 'open' || error.step === 'rename') {
          seen.isTargetThere = typeof (await this.look(name)) === 'object';
        }
        seen.space = await this.#space();
      }
    } catch (probeError) {
      if (probeError instanceof DeliveryFault && probeError.code === 'remote-directory-missing') {
        return probeError;
      }
      // The refusal was definite; that the connection broke afterwards does not make it less so.
    }
    return this.#fault(codeFor(error.status, seen, error.step), error, name);
  }

  #fault(code: DeliveryFault['code'], error?: RefusedRequest, name?: string): DeliveryFault {
    const facts = {
      ...this.#session.line.where,
      directory: this.#directory,
      ...(name === undefined ? {} : { file: name }),
      ...(error === undefined ? {} : { step: error.step, status: error.status }),
    };
    return new DeliveryFault(code, facts, error);
  }

  #protocolFault(step: string): DeliveryFault {
    const fault = this.#session.line.fault('protocol-fault', step);
    this.#session.line.fail(fault);
    return fault;
  }

  /** An OK where a handle or attributes belong is no answer to the question. */
  #required<T>(step: string, value: T | undefined): T {
    if (value === undefined) throw this.#protocolFault(step);
    return value;
  }

  #path(name: string): string {
    if (this.#directory === '') return name === '' ? '.' : name;
    if (name === '') return this.#directory;
    return this.#directory.endsWith('/')
      ? `${this.#directory}${name}`
      : `${this.#directory}/${name}`;
  }
}

const nothingSeen = { isTargetThere: false, space: undefined, neededBytes: 0 };
