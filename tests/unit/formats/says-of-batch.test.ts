import { describe, expect, it } from 'vitest';

import { builtinProfiles } from '../../../src/domain/formats/builtin-profiles.ts';
import type { BatchField } from '../../../src/domain/formats/fields.ts';
import { saysOfBatch } from '../../../src/domain/formats/says-of-batch.ts';

describe('saysOfBatch()', () => {
  it.each<[BatchField, readonly string[]]>([
    ['nonce', ['fixed-120', 'header-detail-trailer', 'pan-expiry-reference', 'references']],
    ['waiver_request', ['header-detail-trailer', 'pan-expiry-reference']],
    // Of a trailer as well.
    ['card_count', ['fixed-120', 'header-detail-trailer', 'pan-expiry-reference', 'references']],
    ['incident', []],
  ])('knows of %s which of our profiles have a place for it', (field, expected) => {
    const saying = builtinProfiles.filter((profile) => saysOfBatch(profile, field));
    expect(saying.map(({ id }) => id).sort()).toEqual(expected);
  });
});
