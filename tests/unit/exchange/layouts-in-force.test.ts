import { describe, expect, it } from 'vitest';

import type { ConfigurationDocument } from '../../../src/domain/configuration/configuration-document.ts';
import type { InForce } from '../../../src/exchange/configuration/configuration-in-force.ts';
import { LayoutsInForce } from '../../../src/exchange/configuration/layouts-in-force.ts';
import { answerFormat } from '../../support/answer-formats.ts';

const builtin = [answerFormat('card-answer'), answerFormat('line-codes')];
const theirs = { ...answerFormat('line-codes'), id: 'theirs' };
const onDisk = { ...answerFormat('line-codes'), title: 'changed since' };

function layouts(approved: ConfigurationDocument['answers'] | undefined) {
  const files = { get: () => Promise.resolve(onDisk), list: () => Promise.resolve([onDisk]) };
  const found = approved && ({ document: { answers: approved } } as unknown as InForce);
  return new LayoutsInForce({
    ...{ files, builtin, folder: 'answers' },
    configuration: { inForce: () => Promise.resolve(found) },
    approved: (document) => document.answers,
  });
}

describe('LayoutsInForce', () => {
  it('goes by the files until a configuration is approved', async () => {
    expect((await layouts(undefined).get('line-codes')).title).toBe('changed since');
  });

  it('goes by what was approved, and by what comes with the program, whatever the files say', async () => {
    const ids = (await layouts([theirs]).list()).map(({ id }) => id);
    expect(ids).toEqual(['theirs', 'card-answer', 'line-codes']);
    expect(await layouts([theirs]).get('line-codes')).toBe(builtin[1]);
    expect(await layouts([onDisk]).get('line-codes')).toBe(onDisk);
  });

  it('refuses one that nobody approved', async () => {
    await expect(layouts([]).get('theirs')).rejects.toMatchObject({
      ...{ code: 'profile-unknown', facts: { profile: 'theirs', folder: 'answers' } },
    });
  });
});
