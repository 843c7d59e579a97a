import { RecipientsFault } from '../../domain/recipients/errors.ts';
import type { SftpCredentials, SftpEndpoint } from '../../exchange/delivery/courier.ts';
import type { ProbeFindings, RemoteProber } from '../../exchange/recipients/remote-prober.ts';
import type { Session } from './open-session.ts';
import { measureServer } from './probe-measures.ts';
import { ProbeFiles } from './probe-files.ts';
import { SftpBox } from './sftp-box.ts';
import { SftpCourier } from './sftp-courier.ts';

/** Probes over SFTP version 3, with the pins and login of a delivery. */
export class SftpProber implements RemoteProber {
  readonly #courier: SftpCourier;

  constructor(courier = new SftpCourier()) {
    this.#courier = courier;
  }

  async probe(
    endpoint: SftpEndpoint,
    credentials: SftpCredentials,
    names: { readonly prefix: string; readonly deliveryDirectory: string },
    signal?: AbortSignal,
  ): Promise<ProbeFindings> {
    const session = await this.#courier.session(endpoint, credentials, signal);
    const files = new ProbeFiles(session, endpoint.directory, names.prefix);
    const reopen = (): Promise<Session> => this.#courier.session(endpoint, credentials);
    try {
      await assertApart(files, names.deliveryDirectory);
      const measured = await measureServer(files);
      return { hostKey: session.hostKey, ...measured, left: await this.#cleanUp(files, reopen) };
    } catch (error) {
      // What keeps the probe from its result must not keep it from cleaning up; the first error is the one to tell.
      await this.#cleanUp(files, reopen).catch(() => undefined);
      throw error;
    } finally {
      await closed(session);
    }
  }

  /** A connection that broke leaves files behind; another one takes them away. */
  async #cleanUp(files: ProbeFiles, reopen: () => Promise<Session>): Promise<string[]> {
    if (!files.hasEnded) return files.removeAll();
    const session = await reopen().catch(() => undefined);
    if (session === undefined) return files.names;
    const left = await files.over(session).removeAll();
    await closed(session);
    return left;
  }
}

async function closed(session: Session): Promise<void> {
  await new SftpBox(session, '').close();
}

/** One directory may have two names; the server knows. */
async function assertApart(files: ProbeFiles, deliveryDirectory: string): Promise<void> {
  const [own, other] = [await files.realPath(''), await files.realPath(deliveryDirectory)];
  if (own !== undefined && own === other) {
    throw new RecipientsFault('probe-directory-shared', { directory: deliveryDirectory });
  }
}
