import { plainPublicKey } from './pickup-key.ts';
import type { Recipient, RecipientEntry } from './recipient.ts';

type Pins = Pick<RecipientEntry, 'fingerprint' | 'encryption_subkey' | 'endpoints'>;

/** What a person compares with the recipient before a card goes there. */
export type ConfirmedPart = 'certificate' | 'host-key' | 'pickup-key' | 'address';

/**
 * The part of a recipient that would be new to whoever confirmed it: a certificate or encryption subkey, a host key or
 * key of theirs that was not pinned, another host, port, login, directory or folder. Nothing when all of it was
 * confirmed before; a host key taken away is nothing new. Throws nothing.
 */
export function unconfirmedChange(known: Recipient, entry: Pins): ConfirmedPart | undefined {
  const isSameKey =
    plain(known.fingerprint) === plain(entry.fingerprint) &&
    plain(known.encryption_subkey) === plain(entry.encryption_subkey);
  if (!isSameKey) return 'certificate';
  const addresses = new Set(known.endpoints.map(addressOf));
  if (entry.endpoints.some((endpoint) => !addresses.has(addressOf(endpoint)))) return 'address';
  const pinned = new Set(known.endpoints.flatMap(keysOf));
  const added = entry.endpoints.find((endpoint) =>
    keysOf(endpoint).some((key) => !pinned.has(key)),
  );
  if (added === undefined) return undefined;
  return added.kind === 'pickup' ? 'pickup-key' : 'host-key';
}

function addressOf(endpoint: Pins['endpoints'][number]): string {
  if (endpoint.kind === 'pickup') return JSON.stringify([endpoint.kind]);
  const { kind, directory } = endpoint;
  if (endpoint.kind === 'manual') return JSON.stringify([kind, directory]);
  return JSON.stringify([kind, endpoint.user, endpoint.host, endpoint.port ?? 22, directory]);
}

function keysOf(endpoint: Pins['endpoints'][number]): readonly string[] {
  if (endpoint.kind === 'pickup') return endpoint.keys.map((key) => plainPublicKey(key) ?? key);
  if (endpoint.kind === 'manual') return [];
  return endpoint.host_keys.map((key) => key.replace(/=$/, ''));
}

function plain(fingerprint: string): string {
  return fingerprint.replace(/\s/g, '').toUpperCase();
}
