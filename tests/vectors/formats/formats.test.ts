import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { builtinProfiles } from '../../../src/domain/formats/builtin-profiles.ts';
import { writtenFile, type TestCard } from '../../support/outgoing-cards.ts';

const here = new URL('./', import.meta.url);

describe('ProfileWriter', () => {
  it.each(builtinProfiles)('chunks() writes the published bytes of $id', async (profile) => {
    const cards = JSON.parse(await readFile(new URL('cards.json', here), 'utf8')) as TestCard[];
    const expected = await readFile(new URL(`${profile.id}.txt`, here));
    const written = writtenFile(profile, cards);
    expect(Buffer.from(written).toString('utf8')).toBe(expected.toString('utf8'));
    expect(Buffer.compare(written, expected)).toBe(0);
  });
});
