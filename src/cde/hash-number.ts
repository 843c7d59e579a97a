import { brandIndexOf, brands, isBrandLength } from '../domain/cards/brands.ts';
import { KeyedHasher } from '../domain/cards/keyed-hash.ts';
import { passesLuhn } from '../domain/cards/luhn.ts';
import { PACKED_PAN_BYTES, packPan } from '../domain/cards/packed-pan.ts';
import { codePointRead } from '../domain/intake/code-points.ts';
import {
  NUMBER_CHARACTERS,
  NUMBER_EMPTY,
  NUMBER_EXPONENT,
  NUMBER_MASKED,
  NumberReader,
} from '../domain/intake/digits.ts';
import type { NumberReading } from '../domain/intake/digits.ts';
import { LookupFault } from '../domain/lookup/errors.ts';
import type { HashedNumber, NumberJob } from '../exchange/lookup/card-number-hasher.ts';
import type { KeyRing } from '../exchange/keys/key-ring.ts';
import { openIncidentKeys } from './incident-secret.ts';

/**
 * The keyed hashes of one card number, as somebody typed it: with spaces and hyphens, full-width or not. `line` is zeroed
 * afterwards. Throws `lookup-number-unreadable`, `wrapped-key-altered`.
 */
export function hashNumber(
  { incidents }: Pick<NumberJob, 'incidents'>,
  ring: KeyRing,
  line: Uint8Array,
): HashedNumber {
  const number = new NumberReader(codePointRead('utf-8'));
  const packed = new Uint8Array(PACKED_PAN_BYTES);
  try {
    number.clear();
    const doubt = doubtOf(number, number.read(line, 0, line.length));
    packPan(number.digits, number.length, packed, 0);
    const hashed = incidents.map(({ id, wrappedKey }) => [
      id,
      hashUnder(ring, id, wrappedKey, packed),
    ]);
    const hashes = Object.fromEntries(hashed) as Record<string, string>;
    return doubt === undefined ? { hashes } : { hashes, doubt };
  } finally {
    line.fill(0);
    packed.fill(0);
    number.wipe();
  }
}

function hashUnder(
  ring: KeyRing,
  incident: string,
  wrappedKey: string,
  packed: Uint8Array,
): string {
  const { hash, persons } = openIncidentKeys(ring, incident, wrappedKey);
  const hasher = new KeyedHasher(hash);
  hash.fill(0);
  persons.fill(0);
  try {
    return Buffer.from(hasher.hashAll(packed, 1)).toString('hex');
  } finally {
    hasher.destroy();
  }
}

const whyNot: Readonly<Partial<Record<NumberReading, string>>> = {
  [NUMBER_EMPTY]: 'empty',
  [NUMBER_MASKED]: 'masked',
  [NUMBER_EXPONENT]: 'characters',
  [NUMBER_CHARACTERS]: 'characters',
};

/** Throws `lookup-number-unreadable` for what can be no card number at all. */
function doubtOf({ digits, length }: NumberReader, reading: NumberReading): HashedNumber['doubt'] {
  const reason = length < 12 || length > 19 ? (whyNot[reading] ?? 'length') : whyNot[reading];
  if (reason !== undefined) throw new LookupFault('lookup-number-unreadable', { reason });
  const brand = brandIndexOf(digits, length);
  if (brand !== 0 && !isBrandLength(brand, length)) return 'length';
  const isChecked = brands[brand]!.luhn === 'required';
  return isChecked && !passesLuhn(digits, 0, length) ? 'check-digit' : undefined;
}
