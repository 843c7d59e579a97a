import { randomBytes } from 'node:crypto';

import { KeyFault } from '../edge/keys/errors.ts';
import type { KeyRing } from '../exchange/keys/key-ring.ts';

const KEY_BYTES = 32;

/** The two keys of an incident, 32 bytes each: no key has two uses, and one purge destroys both. */
export interface IncidentKeys {
  /** For keyed hashes of card numbers. */
  readonly hash: Uint8Array;
  /** For the index of persons. */
  readonly persons: Uint8Array;
}

/** Makes the keys of an incident, at its first prepare: no other process ever reads them. `wrapped`: in hex. */
export function makeIncidentKeys(
  ring: KeyRing,
  incident: string,
): { readonly keys: IncidentKeys; readonly wrapped: string } {
  const secret = new Uint8Array(randomBytes(2 * KEY_BYTES));
  const wrapped = Buffer.from(ring.wrap(purposeOf(incident), secret)).toString('hex');
  return { keys: keysIn(secret), wrapped };
}

/** The keys of an incident; the caller zeroes them. Throws `wrapped-key-altered`. */
export function openIncidentKeys(ring: KeyRing, incident: string, wrapped: string): IncidentKeys {
  const secret = ring.unwrap(purposeOf(incident), Uint8Array.from(Buffer.from(wrapped, 'hex')));
  if (secret.length !== 2 * KEY_BYTES) throw new KeyFault('wrapped-key-altered');
  return keysIn(secret);
}

function purposeOf(incident: string): string {
  return `keyed-hash/${incident}`;
}

function keysIn(secret: Uint8Array): IncidentKeys {
  return { hash: secret.subarray(0, KEY_BYTES), persons: secret.subarray(KEY_BYTES) };
}
