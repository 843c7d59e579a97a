import type {
  AnswerFolder,
  AnswerFolders,
  FoundName,
} from '../../exchange/arrivals/answer-folder.ts';
import { DeliveryFault } from '../../exchange/delivery/delivery-errors.ts';
import { SftpBox } from './sftp-box.ts';
import { SftpCourier } from './sftp-courier.ts';
import type { Session } from './open-session.ts';
import { readPipelined } from './pipelined-reader.ts';
import { RefusedRequest } from './request-deadline.ts';
import { SftpRequests } from './sftp-requests.ts';

const READ = 0x01;

/** Directories of answers over SFTP version 3. */
export function sftpAnswerFolders(courier = new SftpCourier()): AnswerFolders {
  return {
    open: async (endpoint, credentials, signal) => {
      const session = await courier.session(endpoint, credentials, signal);
      return new SftpAnswerFolder(session, endpoint.directory);
    },
  };
}

class SftpAnswerFolder implements AnswerFolder {
  readonly #session: Session;
  readonly #requests: SftpRequests;
  readonly #box: SftpBox;

  constructor(session: Session, directory: string) {
    this.#session = session;
    this.#requests = new SftpRequests(session, directory);
    this.#box = new SftpBox(session, directory);
  }

  async names(max: number): Promise<{ names: readonly string[]; isCut: boolean }> {
    try {
      return await this.#requests.names(max);
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      const where = { ...this.#session.line.where, holds: 'answers' };
      throw new DeliveryFault('remote-directory-missing', where, error);
    }
  }

  async look(name: string): Promise<FoundName | undefined> {
    const found = await this.#box.look(name);
    return typeof found === 'object' ? found : undefined;
  }

  async read(
    name: string,
    maxBytes: number,
    take: (bytes: Uint8Array) => Promise<void>,
  ): Promise<boolean> {
    const { line, sftp } = this.#session;
    let handle: Buffer | undefined;
    try {
      handle = await this.#requests.open(name, READ, 0);
      await readPipelined(line, sftp, handle, maxBytes, undefined, take);
      return true;
    } catch (error) {
      if (error instanceof RefusedRequest) return false;
      throw error;
    } finally {
      if (handle !== undefined) await this.#requests.close(handle).catch(() => undefined);
    }
  }

  async remove(name: string): Promise<boolean> {
    try {
      await this.#requests.remove(name);
      return true;
    } catch (error) {
      if (error instanceof RefusedRequest) return (await this.look(name)) === undefined;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#box.close();
  }
}
