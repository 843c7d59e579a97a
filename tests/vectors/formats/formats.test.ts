import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { builtinProfiles } from '../../../src/domain/formats/builtin-profiles.ts';
import { writtenFile, writtenReferences } from '../../support/outgoing-cards.ts';
import type { TestCard, TestReference } from '../../support/outgoing-cards.ts';

const here = new URL('./', import.meta.url);

describe('ProfileWriter', () => {
  const ofCards = builtinProfiles.filter(({ subject }) => subject === undefined);
  const ofReferences = builtinProfiles.filter(({ subject }) => subject !== undefined);

  it.each(ofCards)('chunks() writes the published bytes of $id', async (profile) => {
    const cards = JSON.parse(await readFile(new URL('cards.json', here), 'utf8')) as TestCard[];
    const expected = await readFile(new URL(`${profile.id}.txt`, here));
    const written = writtenFile(profile, cards);
    expect(Buffer.from(written).toString('utf8')).toBe(expected.toString('utf8'));
    expect(Buffer.compare(written, expected)).toBe(0);
  });

  it.each(ofReferences)('chunks() writes the published bytes of $id', async (profile) => {
    const text = await readFile(new URL('references.json', here), 'utf8');
    const expected = await readFile(new URL(`${profile.id}.txt`, here));
    const written = writtenReferences(profile, JSON.parse(text) as TestReference[]);
    expect(Buffer.from(written).toString('utf8')).toBe(expected.toString('utf8'));
    expect(Buffer.compare(written, expected)).toBe(0);
  });
});
