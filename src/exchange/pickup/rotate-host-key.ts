import { KeyLifeFault } from '../../domain/keys/errors.ts';
import { keyLifeActor } from '../keys/rotate-key.ts';
import type { KeyLifePorts, KeyLifeRequest } from '../keys/rotate-key.ts';
import { PickupFault } from './errors.ts';
import { knownHostsWriter } from './known-hosts.ts';
import type { HostKeyLines } from './known-hosts.ts';
import type { HostKeys, HostKeySecrets } from './pickup-book.ts';
import { removeLeftKeys } from '../keys/remove-left-keys.ts';

export interface HostKeyLifePorts extends Omit<KeyLifePorts, 'ownKeys' | 'publicKeys'> {
  readonly hostKeys: HostKeys;
  readonly hostKeyLines: HostKeyLines;
}

/** The key that will be shown and the one that is shown until then, with their lines for `known_hosts`. */
export interface RotatedHostKey {
  readonly fingerprint: string;
  readonly line: string;
  readonly replaced: string;
  readonly replacedLine: string;
}

/**
 * Makes the next key of the pickup server. The one before goes on being shown: a server shows one key of a kind, so the
 * overlap is in what recipients know, and ends with `retireHostKey`.
 *
 * Throws `pickup-not-configured`, `pickup-host-key-missing` where `serve` never ran, `key-still-retiring`, and what
 * `keyLifeActor`, opening secrets and writing the files throws.
 */
export async function rotateHostKey(
  ports: HostKeyLifePorts,
  request: KeyLifeRequest,
  openSecrets: () => Promise<Pick<HostKeySecrets, 'makeHostKey'> & { close(): void }>,
): Promise<RotatedHostKey> {
  const { hostKeys, clock, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'key-rotate');
  const lineOf = await knownHostsWriter(ports);
  const keys = await hostKeys.list();
  const shown = keys.find(({ state }) => state === 'shown');
  if (shown === undefined) throw new PickupFault('pickup-host-key-missing');
  const replaced = shown.fingerprint;
  if (keys.some(({ state }) => state === 'next')) {
    throw new KeyLifeFault('key-still-retiring', { purpose: 'pickup', fingerprint: replaced });
  }
  const replacedLine = await lineOf(shown);
  const secrets = await openSecrets();
  try {
    const made = await secrets.makeHostKey(Math.max(...keys.map(({ number }) => number)) + 1);
    const data = { purpose: 'pickup', algorithm: 'ed25519', pin: made.fingerprint, replaced };
    await hostKeys.record(
      { ...made, state: 'next', madeAt: clock.now() },
      {
        draft: {
          ...{ actor: officer, act: 'key-rotate', result: 'done', origin, data },
          object: `workspace:${facts.id}`,
        },
        texts: { reason },
      },
    );
    return { fingerprint: made.fingerprint, line: await lineOf(made), replaced, replacedLine };
  } finally {
    secrets.close();
  }
}

/** A key that is shown no more, and the one that is in its place from the next start of `serve` on. */
export interface RetiredHostKey {
  readonly fingerprint: string;
  readonly shown: string;
}

/**
 * Ends the overlap: `serve` shows the next key when it starts again, and the private half of the one before is removed.
 * Where a command before ended between row and file, that is finished and answered for.
 *
 * Throws `pickup-not-configured`, `key-not-retiring` and what `keyLifeActor` throws.
 */
export async function retireHostKey(
  ports: HostKeyLifePorts & {
    readonly hostKeyLines: { remove(number: number): Promise<boolean> };
  },
  request: KeyLifeRequest,
): Promise<RetiredHostKey> {
  const { hostKeys, hostKeyLines, facts, origin } = ports;
  const { officer, reason } = await keyLifeActor(ports, request, 'key-retire');
  await knownHostsWriter(ports);
  const keys = await hostKeys.list();
  const left = await removeLeftKeys(keys, (number) => hostKeyLines.remove(number));
  const [shown, next] = (['shown', 'next'] as const).map((state) =>
    keys.find((key) => key.state === state),
  );
  if (shown !== undefined && next === undefined && left !== undefined) {
    return { fingerprint: left.fingerprint, shown: shown.fingerprint };
  }
  if (shown === undefined || next === undefined) {
    throw new KeyLifeFault('key-not-retiring', { purpose: 'pickup' });
  }
  await hostKeys.turn({
    draft: {
      ...{ actor: officer, act: 'key-retire', result: 'done', origin },
      object: `workspace:${facts.id}`,
      data: { purpose: 'pickup', pin: shown.fingerprint },
    },
    texts: { reason },
  });
  await hostKeyLines.remove(shown.number);
  return { fingerprint: shown.fingerprint, shown: next.fingerprint };
}
