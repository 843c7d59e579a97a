import type { Facts } from '../../domain/fault.ts';
import { endOf } from '../../domain/keys/key-end.ts';
import { ownKeys } from './list-keys.ts';
import type { KeyListPorts } from './list-keys.ts';

interface KeyCheck {
  readonly check: 'our-key' | 'cryptoperiod';
  readonly verdict: 'ok' | 'warning' | 'failed';
  readonly facts: Facts;
}

/**
 * Our own keys: whether the OpenPGP key can be used and for how long, and when the cryptoperiods that `[keys]` sets are
 * over. Throws as `listKeys`.
 */
export async function keyChecks(ports: KeyListPorts): Promise<KeyCheck[]> {
  const now = ports.clock.now();
  const keys = await ownKeys(ports);
  return keys.flatMap((key): KeyCheck[] => {
    const { purpose, id, problem, expiresAt, periodEndsAt, ...rest } = key;
    const period = endOf({ ...rest, purpose, id, ...(periodEndsAt && { periodEndsAt }) }, now);
    const expiry = endOf({ ...rest, purpose, id, ...(expiresAt && { expiresAt }) }, now);
    const own: KeyCheck[] =
      purpose !== 'openpgp'
        ? []
        : problem !== undefined
          ? [{ check: 'our-key', verdict: 'failed', facts: { problem } }]
          : [
              {
                check: 'our-key',
                verdict: expiry?.warning === undefined ? 'ok' : 'warning',
                facts: expiry === undefined ? {} : { daysLeft: expiry.daysLeft },
              },
            ];
    if (period === undefined) return own;
    const verdict = period.warning === undefined ? 'ok' : 'warning';
    const about = purpose === 'keyed-hash' ? { purpose, id } : { purpose };
    return [
      ...own,
      { check: 'cryptoperiod', verdict, facts: { ...about, daysLeft: period.daysLeft } },
    ];
  });
}
