import { createHash } from 'node:crypto';
import { prefixesByBrand } from './brand-ranges.ts';
import { brands } from './brands.ts';

/**
 * Names the brand table a plan was made with: SHA-256, 64 hex digits.
 *
 * Over one line for each brand in order, `JSON [id, lengths, luhn, prefixes]` and a newline: all that
 * decides about a card, and no display name.
 */
export const brandTableDigest: string = createHash('sha256')
  .update(
    brands
      .map(({ id, lengths, luhn }) =>
        JSON.stringify([id, lengths, luhn, prefixesByBrand[id] ?? []]).concat('\n'),
      )
      .join(''),
  )
  .digest('hex');
