import { describe, expect, it } from 'vitest';

import { readAnswer } from '../../../src/cde/read-answer.ts';
import { nonceDigest } from '../../../src/domain/handoff/batch-nonce.ts';
import type { ResponsesFault } from '../../../src/domain/responses/errors.ts';
import type { AnswerJob, AskedBatch } from '../../../src/exchange/responses/answer-reader.ts';
import { answerFormat, someList } from '../../support/answer-formats.ts';
import { bytesOf } from '../../support/chunks.ts';
import { someCards } from '../../support/plain-list.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

const [number] = someCards(seededRandom(5), 1) as [string];
const sha256 = 'a'.repeat(64);
const lineCodes = answerFormat('line-codes');
const signedAt = 1_000_000;
const list = { ...someList, firstReference: 1, cards: 10 };
const asked = (batch: string, more: Partial<AskedBatch> = {}): AskedBatch => ({
  ...{ handoff: `h-${batch}`, batch, signedFrom: 0, list, ...more },
});

function reading(
  text: string,
  batches: readonly AskedBatch[],
  more: Partial<AnswerJob> = {},
): ReturnType<typeof readAnswer> {
  const clear = bytesOf(text);
  const job: AnswerJob = {
    ...{ path: 'x', batches, format: answerFormat('card-answer'), mode: 'live' },
    recipient: { id: 'psp', certificate: '', fingerprint: '', allow: [] },
    ...{
      acceptsUnsigned: false,
      acceptsSealedUnsigned: false,
      workspaceKeyPath: '',
      openpgpKeys: [],
      acceptsOtherNonce: false,
      workspaceId: 'w',
    },
    ...more,
  };
  async function* once(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(clear);
  }
  return readAnswer(job, () =>
    Promise.resolve({
      ...{ isEncrypted: true, totalBytes: clear.length, clear: once() },
      ...{ receivedBytes: () => clear.length, sha256: () => sha256 },
      verdict: () => Promise.resolve('psp'),
      signedAt: () => Promise.resolve(new Date(signedAt)),
    }),
  );
}

const answer = (batch: string, handoff = `h-${batch}`): string =>
  `H,mimamori-card-answer,1,${handoff},${batch},accepted\nD,0000000003,monitoring\nT,1\n`;

describe('readAnswer()', () => {
  it('tells of which batch it speaks', async () => {
    const batches = [asked('b-1'), asked('b-2'), asked('b-12')];
    expect(await reading(answer('b-2'), batches)).toMatchObject({ batch: 'b-2' });
    expect(await reading(answer('b-12'), batches)).toMatchObject({ batch: 'b-12' });
    const references = [asked('b-1'), { handoff: 'h-9', batch: 'b-9', signedFrom: 0 }];
    const resolved = 'H,mimamori-resolved-answer,1,h-9,b-9\nT,0\n';
    expect(await reading(resolved, references)).toMatchObject({ batch: 'b-9', rows: [] });
  });

  it('names the batch of what it refuses, where it was read', async () => {
    const batches = [asked('b-1'), asked('b-2')];
    const named = answer('b-2').replace('monitoring', number);
    await expect(reading(named, batches)).rejects.toMatchObject({
      ...{ code: 'response-holds-card', facts: { batch: 'b-2' } },
    });
    const holding: unknown = await reading(named, batches).catch((error: unknown) => error);
    // From the digest of a file whose other words are known the number could be guessed.
    expect((holding as ResponsesFault).facts).not.toHaveProperty('sha256');
    const unnamed = reading(answer('b-7').replace('monitoring', number), batches);
    const refused: unknown = await unnamed.catch((error: unknown) => error);
    expect((refused as ResponsesFault).facts['batch']).toBeUndefined();
  });

  it.each([
    ['response-of-other', answer('b-7'), 'a batch that was not asked about'],
    ['response-of-other', answer('b-1', 'h-2'), 'another handoff'],
    ['response-of-other', answer('b-1 '.trim(), 'b-2'), 'two batches'],
    ['response-holds-card', answer('b-7').replace('monitoring', number), 'a card number'],
    ['response-malformed', 'what is this\n', 'nothing'],
  ])('refuses as %s what names %3$s', async (code, text) => {
    const batches = [asked('b-1'), asked('b-2')];
    await expect(reading(text, batches)).rejects.toMatchObject({ code });
  });

  it('refuses what was signed before the batch that it names had left', async () => {
    const batches = [asked('b-1'), asked('b-2', { signedFrom: signedAt + 1 })];
    expect(await reading(answer('b-1'), batches)).toMatchObject({ batch: 'b-1' });
    // Named, or its file would outlive the incident.
    const early = { code: 'source-signature-early', facts: { batch: 'b-2' } };
    await expect(reading(answer('b-2'), batches)).rejects.toMatchObject(early);
  });

  describe('of files that hold a nonce', () => {
    const batches = [
      ...['b-1', 'b-2'].map((id) => asked(id, { nonceSha256: nonceDigest(`of-${id}`) })),
      asked('b-3'),
      { handoff: 'h-b-4', batch: 'b-4', signedFrom: 0, nonceSha256: nonceDigest('of-b-4') },
    ];
    const inLines = (batch: string, nonce: string): string =>
      answer(batch).replace('accepted', `accepted${nonce}`);
    const inJson = (batch: string, nonce: object): string =>
      JSON.stringify({
        ...{ type: 'mimamori-card-answer/1', handoff: `h-${batch}`, batch, rest: 'none' },
        ...{ cards: [], count: 0, ...nonce },
      });
    const resolved = (nonce: string): string =>
      `H,mimamori-resolved-answer,1,h-b-4,b-4${nonce}\nT,0\n`;
    const json = { format: answerFormat('card-answer-json') };

    it.each<[string, string, Partial<AnswerJob>]>([
      ['lines', inLines('b-2', ',of-b-2'), {}],
      ['JSON', inJson('b-2', { nonce: 'of-b-2' }), json],
      ['lines about references', resolved(',of-b-4'), {}],
      ['a format without a place for it', 'H,LIVE,h-b-1,b-1,x\nN,0\n', { format: lineCodes }],
      ['lines, where the file has none', answer('b-3'), {}],
      ['lines with an empty cell, where the file has none', inLines('b-3', ','), {}],
      ['JSON, where the file has none', inJson('b-3', {}), json],
    ])('takes an answer in %s', async (_what, text, more) => {
      const read = await reading(text, batches, more);
      expect(read.nonceDiffers).toBeUndefined();
    });

    it.each<[string, string, Partial<AnswerJob>, string]>([
      ['names none', answer('b-1'), {}, 'absent'],
      ['leaves its cell empty', inLines('b-1', ','), {}, 'absent'],
      ['names none in JSON', inJson('b-1', {}), json, 'absent'],
      ['names none in an answer about references', resolved(''), {}, 'absent'],
      ["names another batch's", inLines('b-1', ',of-b-2'), {}, 'other'],
      ['names another in JSON', inJson('b-1', { nonce: 'of-b-2' }), json, 'other'],
      ['names another in an answer about references', resolved(',of-b-2'), {}, 'other'],
      [
        'names the digest of it',
        inLines('b-1', `,${nonceDigest('of-b-1').replace(/\d/g, '')}`),
        {},
        'other',
      ],
      ['names one of a file that holds none', inLines('b-3', ',of-b-2'), {}, 'other'],
    ])('refuses what %s, unless an officer accepts it', async (_what, text, more, what) => {
      await expect(reading(text, batches, more)).rejects.toMatchObject({
        code: 'response-nonce-differs',
        facts: { what, batch: expect.stringMatching(/^b-[134]$/) as string, sha256 },
      });
      const accepting = { ...more, acceptsOtherNonce: true };
      expect(await reading(text, batches, accepting)).toMatchObject({ nonceDiffers: what });
    });
  });
});
