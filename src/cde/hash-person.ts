import { codePointRead, decodeText } from '../domain/intake/code-points.ts';
import { ContactReader } from '../domain/lookup/contact-reader.ts';
import { digitOf } from '../domain/intake/digit-signs.ts';
import { LookupFault } from '../domain/lookup/errors.ts';
import { PersonHasher, personMessage, type PersonText } from '../domain/lookup/person-index.ts';
import { normaliseName } from '../domain/lookup/person-name.ts';
import type { HashedPerson, PersonJob } from '../exchange/lookup/person-hasher.ts';
import type { KeyRing } from '../exchange/keys/key-ring.ts';
import { openIncidentKeys } from './incident-secret.ts';

/** What somebody typed: name, postcode or phone, and the last four digits of the card or nothing. */
export type PersonLines = readonly [Uint8Array, Uint8Array, Uint8Array];

const lineBytesMax = 400;
const POSTCODE = 0;
const PHONE = 1;
const POSTCODE_DIGITS = 7;
const read = codePointRead('utf-8');

/**
 * The tags of one person under the key of each incident. `lines` are zeroed afterwards. Throws `lookup-person-unreadable`
 * (`reason`: empty, name-only, too-long, characters, detail, last-four), `wrapped-key-altered`.
 */
export function hashPerson(
  { incidents }: Pick<PersonJob, 'incidents'>,
  ring: KeyRing,
  lines: PersonLines,
): HashedPerson {
  const [name, detail, ending] = lines;
  let text: PersonText | undefined;
  try {
    for (const line of lines) if (line.length > lineBytesMax) throw unreadable('too-long');
    const known = nameOf(name);
    text = messageOf(known, detail);
    const lastFour = lastFourOf(ending);
    const tags: Record<string, string> = {};
    for (const { id, wrappedKey } of incidents) tags[id] = tagUnder(ring, id, wrappedKey, text);
    return { tags, ...(lastFour === '' ? {} : { lastFour }) };
  } finally {
    for (const line of lines) line.fill(0);
    text?.bytes.fill(0);
  }
}

function unreadable(reason: string): LookupFault {
  return new LookupFault('lookup-person-unreadable', { reason });
}

/** Digits of a line, full-width or not: a card number that was typed into the wrong line must not become a string. */
function digitsOf(line: Uint8Array): number {
  let digits = 0;
  for (let at = 0; at < line.length;) {
    const character = read(line, at, line.length);
    if (character > 0 && digitOf(character >> 3) >= 0) digits += 1;
    at += character > 0 ? character & 7 : 1;
  }
  return digits;
}

function nameOf(line: Uint8Array): string {
  if (digitsOf(line) > 0) throw unreadable('characters');
  const found = normaliseName(decodeText(read, line, 0, line.length));
  if ('refused' in found) throw unreadable(found.refused);
  return found.name;
}

/** Seven digits are a postcode: no phone number is so short. */
function messageOf(name: string, line: Uint8Array): PersonText {
  if (line.every((byte) => byte === 0x20)) throw unreadable('name-only');
  if (line.some((byte) => byte < 0x20 || byte === 0x7f)) throw unreadable('characters');
  const contact = new ContactReader(read);
  try {
    const isPostcode = contact.readPostcode(line, 0, line.length, false);
    if (
      !isPostcode &&
      (contact.digits === POSTCODE_DIGITS || !contact.readPhone(line, 0, line.length))
    ) {
      throw unreadable('detail');
    }
    const bytes = personMessage(name, contact.bytes.subarray(0, contact.length));
    return { field: isPostcode ? POSTCODE : PHONE, bytes };
  } finally {
    contact.wipe();
  }
}

/** '' where nothing was typed. */
function lastFourOf(line: Uint8Array): string {
  if (digitsOf(line) > 4) throw unreadable('last-four');
  const digits = decodeText(read, line, 0, line.length).normalize('NFKC').trim();
  if (digits !== '' && !/^\d{4}$/.test(digits)) throw unreadable('last-four');
  return digits;
}

function tagUnder(ring: KeyRing, incident: string, wrappedKey: string, text: PersonText): string {
  const { hash, persons } = openIncidentKeys(ring, incident, wrappedKey);
  const hasher = new PersonHasher(persons);
  hash.fill(0);
  persons.fill(0);
  try {
    return Buffer.from(hasher.tag(text)).toString('hex');
  } finally {
    hasher.destroy();
  }
}
