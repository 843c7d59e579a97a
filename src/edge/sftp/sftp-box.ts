import type {
  Progress,
  ReadBack,
  RemoteBox,
  RemoteFeatures,
  Sighting,
  UploadResult,
} from '../../exchange/delivery/courier.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import type { DeliveryCode } from '../../exchange/delivery/delivery-errors.ts';
import type { Session } from './open-session.ts';
import { readPipelined } from './pipelined-reader.ts';
import { writePipelined } from './pipelined-writer.ts';
import { RefusedRequest } from './request-deadline.ts';
import { SftpRequests } from './sftp-requests.ts';
import { codeFor, status } from './status-faults.ts';
import type { FileSystemSpace } from './status-faults.ts';

const WRITE_CREATE_EXCLUSIVE = 0x02 | 0x08 | 0x20;
const READ = 0x01;
const OWNER_ONLY = 0o600;

/** A RemoteBox over one SFTP session: single requests put together, and refusals explained. */
export class SftpBox implements RemoteBox {
  readonly hostKey: string;
  readonly features: RemoteFeatures;
  readonly #session: Session;
  readonly #directory: string;
  readonly #requests: SftpRequests;
  #isDirectorySeen = false;

  constructor(session: Session, directory: string) {
    this.#session = session;
    this.#directory = directory;
    this.#requests = new SftpRequests(session, directory);
    this.hostKey = session.hostKey;
    this.features = this.#requests.features;
  }

  async look(name: string): Promise<Sighting> {
    try {
      const { sizeBytes, kind } = await this.#requests.lstat(name);
      if (sizeBytes === undefined) return 'hidden';
      return { sizeBytes, isFile: kind === 'file' || kind === 'untold' };
    } catch (error) {
      if (isRefusal(error, status.noSuchFile)) {
        await this.#assertDirectory();
        return undefined;
      }
      if (isRefusal(error, status.permissionDenied, status.unsupported)) return 'hidden';
      throw this.#unexplained(error, name);
    }
  }

  async freeBytes(): Promise<number | undefined> {
    try {
      return (await this.#requests.space())?.freeBytes;
    } catch (error) {
      if (error instanceof RefusedRequest) throw this.#fault('remote-directory-missing', error);
      throw error;
    }
  }

  async upload(
    name: string,
    payload: AsyncIterable<Uint8Array>,
    sizeBytes: number,
    onProgress?: Progress,
  ): Promise<UploadResult> {
    const { line, sftp } = this.#session;
    let handle: Buffer | undefined;
    try {
      handle = await this.#requests.open(name, WRITE_CREATE_EXCLUSIVE, OWNER_ONLY);
      const sent = await writePipelined(line, sftp, handle, payload, onProgress);
      if (this.features.canSync) await this.#requests.sync(handle);
      const remoteBytes = await this.#sizeOf(handle);
      const closing = handle;
      handle = undefined;
      // A server may report a failed write only here, so a refused close is a failed upload.
      await this.#requests.close(closing);
      return { ...sent, remoteBytes, isSynced: this.features.canSync };
    } catch (error) {
      await this.#closeQuietly(handle);
      throw await this.#explain(error, name, sizeBytes);
    }
  }

  async readBack(name: string, maxBytes: number, onProgress?: Progress): Promise<ReadBack> {
    const { line, sftp } = this.#session;
    let handle: Buffer | undefined;
    try {
      handle = await this.#requests.open(name, READ, 0);
      return await readPipelined(line, sftp, handle, maxBytes + 1, onProgress);
    } catch (error) {
      if (isRefusal(error, status.noSuchFile)) return undefined;
      if (isRefusal(error, status.permissionDenied, status.unsupported)) return 'unreadable';
      throw this.#unexplained(error, name);
    } finally {
      await this.#closeQuietly(handle);
    }
  }

  async rename(from: string, to: string): Promise<void> {
    try {
      await this.#requests.rename(from, to);
    } catch (error) {
      throw await this.#explain(error, to, 0);
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await this.#requests.remove(name);
    } catch (error) {
      if (!isRefusal(error, status.noSuchFile)) throw await this.#explain(error, name, 0);
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

  /** Some servers do not know fstat; then the size stays unknown. */
  async #sizeOf(handle: Buffer): Promise<number | undefined> {
    try {
      return (await this.#requests.fstat(handle)).sizeBytes;
    } catch (error) {
      if (isRefusal(error, status.unsupported)) return undefined;
      throw error;
    }
  }

  async #closeQuietly(handle: Buffer | undefined): Promise<void> {
    if (handle !== undefined) await this.#requests.close(handle).catch(() => undefined);
  }

  /** "No such file" is said both of a name and of the whole directory, and only one of them means the name is free. */
  async #assertDirectory(): Promise<void> {
    if (this.#isDirectorySeen) return;
    try {
      const { kind } = await this.#requests.stat('');
      if (kind === 'file' || kind === 'other') throw this.#fault('remote-directory-missing');
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      if (error.status === status.noSuchFile) throw this.#fault('remote-directory-missing', error);
    }
    this.#isDirectorySeen = true;
  }

  /** Turns a refusal into a fault, asking the server what an ambiguous status meant. Other errors pass as they are. */
  async #explain(error: unknown, name: string, neededBytes: number): Promise<unknown> {
    if (!(error instanceof RefusedRequest)) return error;
    let isTargetThere = false;
    let space: FileSystemSpace | undefined;
    try {
      if (error.status === status.failure) {
        const creates = error.step === 'open' || error.step === 'rename';
        isTargetThere = creates && typeof (await this.look(name)) === 'object';
        space = await this.#requests.space();
      }
    } catch {
      // The refusal was definite; that the connection broke afterwards does not make it less so.
    }
    const code = codeFor(error.status, { isTargetThere, space, neededBytes }, error.step);
    return this.#fault(code, error, name);
  }

  #unexplained(error: unknown, name: string): unknown {
    if (!(error instanceof RefusedRequest)) return error;
    const seen = { isTargetThere: false, space: undefined, neededBytes: 0 };
    return this.#fault(codeFor(error.status, seen, 'look'), error, name);
  }

  #fault(code: DeliveryCode, error?: RefusedRequest, name?: string): DeliveryFault {
    const facts = {
      ...this.#session.line.where,
      directory: this.#directory,
      ...(name !== undefined && { file: name }),
      ...(error !== undefined && { step: error.step, status: error.status }),
    };
    return new DeliveryFault(code, facts, error);
  }
}

function isRefusal(error: unknown, ...numbers: readonly number[]): boolean {
  return error instanceof RefusedRequest && numbers.includes(error.status);
}
