import type { Configuration } from '../configuration/configuration.ts';
import { PickupFault } from './errors.ts';
import type { HostKeys } from './pickup-book.ts';

/** The public half of the pickup server's key; `HostKeyFolder` says what it throws. */
export interface HostKeyLines {
  publicLine(fingerprint: string | undefined): Promise<string>;
}

/**
 * What recipients put into `known_hosts`, so that their first connection already knows our server. Throws
 * `pickup-not-configured`, and what `publicLine` throws.
 */
export async function knownHostsLine(ports: {
  readonly configuration: Pick<Configuration, 'load'>;
  readonly hostKeys: Pick<HostKeys, 'current'>;
  readonly hostKeyLines: HostKeyLines;
}): Promise<string> {
  const { settings } = await ports.configuration.load();
  const { pickup } = settings;
  if (pickup === undefined) throw new PickupFault('pickup-not-configured');
  const { address, port, name = address } = pickup;
  const line = await ports.hostKeyLines.publicLine(await ports.hostKeys.current());
  return `${port === 22 ? name : `[${name}]:${String(port)}`} ${line}`;
}
