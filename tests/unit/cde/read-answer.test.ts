import { describe, expect, it } from 'vitest';

import { readAnswer } from '../../../src/cde/read-answer.ts';
import type { ResponsesFault } from '../../../src/domain/responses/errors.ts';
import type { AnswerJob, AskedBatch } from '../../../src/exchange/responses/answer-reader.ts';
import { answerFormat, someList } from '../../support/answer-formats.ts';
import { bytesOf } from '../../support/chunks.ts';
import { someCards } from '../../support/plain-list.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

const [number] = someCards(seededRandom(5), 1) as [string];
const signedAt = 1_000_000;
const list = { ...someList, firstReference: 1, cards: 10 };
const asked = (batch: string, more: Partial<AskedBatch> = {}): AskedBatch => ({
  ...{ handoff: `h-${batch}`, batch, signedFrom: 0, list, ...more },
});

function reading(text: string, batches: readonly AskedBatch[]): Promise<{ batch: string }> {
  const clear = bytesOf(text);
  const job: AnswerJob = {
    ...{ path: 'x', batches, format: answerFormat('card-answer'), mode: 'live' },
    recipient: { id: 'psp', certificate: '', fingerprint: '', allow: [] },
    ...{
      acceptsUnsigned: false,
      acceptsSealedUnsigned: false,
      workspaceKeyPath: '',
      openpgpKeys: [],
      workspaceId: 'w',
    },
  };
  async function* once(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(clear);
  }
  return readAnswer(job, () =>
    Promise.resolve({
      ...{ isEncrypted: true, totalBytes: clear.length, clear: once() },
      ...{ receivedBytes: () => clear.length, sha256: () => 'a'.repeat(64) },
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
});
