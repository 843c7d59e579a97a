import { randomBytes, randomInt } from 'node:crypto';

import type { Ids } from '../../exchange/workspace/ids.ts';

/** Without 0, 1, i, l, o and u: nothing to mistake on the phone, and no words by accident. */
const alphabet = '23456789abcdefghjkmnpqrstvwxyz';

/** Identifiers from the system's random source. */
export const randomIds: Ids = {
  handoff: () => `h${sevenCharacters()}`,
  backup: () => `b${sevenCharacters()}`,
  arrival: () => `a${sevenCharacters()}`,
  nonce: () => randomBytes(16).toString('hex'),
};

function sevenCharacters(): string {
  return Array.from({ length: 7 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
