import type { Attributes, SFTPWrapper, Stats } from 'ssh2';

import type { RemoteFeatures } from '../../exchange/delivery/courier.ts';
import type { Session } from './open-session.ts';
import { RefusedRequest } from './request-deadline.ts';
import type { Answer } from './request-deadline.ts';
import { parseSpace, status } from './status-faults.ts';
import type { FileSystemSpace } from './status-faults.ts';

/** What a server tells about a name. The protocol makes each attribute optional, whatever ssh2's types say. */
export interface RemoteAttributes {
  readonly sizeBytes: number | undefined;
  readonly kind: 'file' | 'directory' | 'other' | 'untold';
}

/**
 * The requests of one SFTP session, each within its deadline. Names are relative to the endpoint's directory; '' is
 * that directory.
 *
 * Each rejects with RefusedRequest when the server says no, else with the DeliveryFault that ended the connection.
 */
export class SftpRequests {
  readonly features: RemoteFeatures;
  readonly #session: Session;
  readonly #sftp: SFTPWrapper;
  readonly #directory: string;

  constructor(session: Session, directory: string) {
    this.#session = session;
    this.#sftp = session.sftp;
    this.#directory = directory;
    // ssh2 keeps what the server advertised to itself; the dependency is pinned exactly and a test reads this back.
    const offered = (session.sftp as unknown as { _extensions: Record<string, string | undefined> })
      ._extensions;
    this.features = {
      canSync: offered['fsync@openssh.com'] === '1',
      canTellSpace: offered['statvfs@openssh.com'] === '2',
    };
  }

  /** Does not follow a symbolic link. */
  lstat(name: string): Promise<RemoteAttributes> {
    return this.#attributes('lstat', (answer) => {
      this.#sftp.lstat(this.#path(name), answer);
    });
  }

  stat(name: string): Promise<RemoteAttributes> {
    return this.#attributes('stat', (answer) => {
      this.#sftp.stat(this.#path(name), answer);
    });
  }

  fstat(handle: Buffer): Promise<RemoteAttributes> {
    return this.#attributes('fstat', (answer) => {
      this.#sftp.fstat(handle, answer);
    });
  }

  /** At most `max`; whether there are more. */
  async names(max: number): Promise<{ names: readonly string[]; isCut: boolean }> {
    const opened = await this.#ask<Buffer>('opendir', (answer) => {
      this.#sftp.opendir(this.#path(''), answer);
    });
    const handle = this.#required('opendir', opened);
    try {
      const names: string[] = [];
      while (names.length <= max) {
        const more = await this.#entries(handle);
        if (more.length === 0) return { names, isCut: false };
        names.push(...more.map(({ filename }) => filename));
      }
      return { names: names.slice(0, max), isCut: true };
    } finally {
      await this.close(handle).catch(() => undefined);
    }
  }

  /** The next ones; none at the end. */
  async #entries(handle: Buffer): Promise<readonly { readonly filename: string }[]> {
    try {
      const entries = await this.#ask<{ filename: string }[]>('readdir', (answer) => {
        this.#sftp.readdir(handle, answer);
      });
      return this.#required('readdir', entries);
    } catch (error) {
      if (error instanceof RefusedRequest && error.status === status.eof) return [];
      throw error;
    }
  }

  async open(name: string, flags: number, mode: number): Promise<Buffer> {
    const handle = await this.#ask<Buffer>('open', (answer) => {
      // ssh2 takes the numbers of the protocol too; its types know only the letters of fopen(3).
      this.#sftp.open(this.#path(name), flags, { mode } as never, answer);
    });
    return this.#required('open', handle);
  }

  async close(handle: Buffer): Promise<void> {
    await this.#ask('close', (answer) => {
      this.#sftp.close(handle, answer);
    });
  }

  async sync(handle: Buffer): Promise<void> {
    await this.#ask('fsync', (answer) => {
      this.#sftp.ext_openssh_fsync(handle, answer);
    });
  }

  async rename(from: string, to: string): Promise<void> {
    const answered = await this.#ask<unknown>('rename', (answer) => {
      this.#sftp.rename(this.#path(from), this.#path(to), answer);
    });
    // Only a status may answer a rename; anything else is no answer to it.
    if (answered !== undefined) throw this.#protocolFault('rename');
  }

  async remove(name: string): Promise<void> {
    await this.#ask('remove', (answer) => {
      this.#sftp.unlink(this.#path(name), answer);
    });
  }

  /** `undefined`: the server has no statvfs, or refuses it, or filled in nothing. */
  async space(): Promise<FileSystemSpace | undefined> {
    if (!this.features.canTellSpace) return undefined;
    try {
      const told = await this.#ask<unknown>('statvfs', (answer) => {
        this.#sftp.ext_openssh_statvfs(this.#path(''), answer);
      });
      return parseSpace(told);
    } catch (error) {
      if (error instanceof RefusedRequest && error.status !== status.noSuchFile) return undefined;
      throw error;
    }
  }

  async #attributes(
    step: string,
    send: (answer: Answer<Stats>) => void,
  ): Promise<RemoteAttributes> {
    const found = this.#required(step, await this.#ask<Stats>(step, send));
    const { size, mode } = found as Partial<Attributes>;
    return { sizeBytes: size, kind: mode === undefined ? 'untold' : kindOf(found) };
  }

  #ask<T>(step: string, send: (answer: Answer<T>) => void): Promise<T | undefined> {
    const { line } = this.#session;
    return line.request<T>(step, line.limits.requestMs, send);
  }

  /** An OK where a handle or attributes belong is no answer to the question. */
  #required<T>(step: string, value: T | undefined): T {
    if (value === undefined) throw this.#protocolFault(step);
    return value;
  }

  #protocolFault(step: string): Error {
    const fault = this.#session.line.fault('protocol-fault', step);
    this.#session.line.fail(fault);
    return fault;
  }

  #path(name: string): string {
    if (this.#directory === '') return name === '' ? '.' : name;
    if (name === '') return this.#directory;
    const separator = this.#directory.endsWith('/') ? '' : '/';
    return `${this.#directory}${separator}${name}`;
  }
}

function kindOf(found: Stats): RemoteAttributes['kind'] {
  if (found.isFile()) return 'file';
  return found.isDirectory() ? 'directory' : 'other';
}
