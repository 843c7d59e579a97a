import type { Configuration } from '../configuration/configuration.ts';
import { PickupFault } from './errors.ts';
import type { HostKey, HostKeys } from './pickup-book.ts';

type KeyOnFile = Pick<HostKey, 'number' | 'fingerprint'>;

/** The public half of a key of the pickup server; `HostKeyFolder` says what it throws. */
export interface HostKeyLines {
  publicLine(key: KeyOnFile): Promise<string>;
}

/** What recipients put into `known_hosts`: the key that is shown, and the one that will be. */
export interface KnownHosts {
  readonly shown: string;
  readonly next?: string;
}

interface KnownHostsPorts {
  readonly configuration: Pick<Configuration, 'load'>;
  readonly hostKeyLines: HostKeyLines;
}

/**
 * What recipients put into `known_hosts`, so that their first connection already knows our server, and the first one
 * after a turn of keys as well. Throws PickupFault `pickup-host-key-missing` before the first start of `serve`, and what
 * `knownHostsWriter` and what it returns throw.
 */
export async function knownHosts(
  ports: KnownHostsPorts & { readonly hostKeys: Pick<HostKeys, 'list'> },
): Promise<KnownHosts> {
  const lineOf = await knownHostsWriter(ports);
  const keys = await ports.hostKeys.list();
  const [shown, next] = (['shown', 'next'] as const).map((state) =>
    keys.find((key) => key.state === state),
  );
  if (shown === undefined) throw new PickupFault('pickup-host-key-missing');
  return { shown: await lineOf(shown), ...(next && { next: await lineOf(next) }) };
}

/** Writes the line of a key, which throws as `publicLine`. Throws `pickup-not-configured`. */
export async function knownHostsWriter({
  configuration,
  hostKeyLines,
}: KnownHostsPorts): Promise<(key: KeyOnFile) => Promise<string>> {
  const { pickup } = (await configuration.load()).settings;
  if (pickup === undefined) throw new PickupFault('pickup-not-configured');
  const { address, port, name = address } = pickup;
  const host = port === 22 ? name : `[${name}]:${String(port)}`;
  return async (key) => `${host} ${await hostKeyLines.publicLine(key)}`;
}
