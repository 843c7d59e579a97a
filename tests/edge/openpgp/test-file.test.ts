import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sealTest } from '../../../src/cde/seal-test.ts';
import { packPan } from '../../../src/domain/cards/packed-pan.ts';
import { isPublishedTestNumber } from '../../../src/domain/cards/test-numbers.ts';
import { builtinProfiles } from '../../../src/domain/formats/builtin-profiles.ts';
import type { Profile } from '../../../src/domain/formats/profile.ts';
import { encodeReadBack } from '../../../src/domain/recipients/read-back.ts';
import { WorkspaceKeyRing } from '../../../src/edge/keys/workspace-key-ring.ts';
import { openpgpCertificates } from '../../../src/edge/openpgp/inspect-certificate.ts';
import { OpenpgpSealer } from '../../../src/edge/openpgp/seal.ts';
import type { TestFileJob } from '../../../src/exchange/recipients/test-sealer.ts';
import { GpgHome } from '../../support/gpg.ts';
import { ourTestKey } from '../../support/our-test-key.ts';
import { readOutOf } from '../../support/recipient-test.ts';

let home: GpgHome;
let sealer: OpenpgpSealer;
let job: Omit<TestFileJob, 'recipient'>;
let recipient: Omit<TestFileJob['recipient'], 'profile'>;
const ring = new WorkspaceKeyRing('live-1', new Uint8Array(32).fill(7));

beforeAll(async () => {
  const { ourKey } = await ourTestKey();
  sealer = new OpenpgpSealer(ourKey);
  home = await GpgHome.create('gpg');
  const fingerprint = await home.createKey({ name: 'Processor', kind: 'ed25519' });
  await home.importKey(ourKey.certificate);
  const { armored, encryptionSubkey } = await openpgpCertificates.inspect(
    await home.exportKey(fingerprint),
    { fingerprint, purpose: 'encrypt', allow: [], at: new Date() },
  );
  recipient = {
    ...{ id: 'psp', certificate: armored, fingerprint, allow: [], layout: 'per-recipient' },
    encryptionSubkey: encryptionSubkey!.fingerprint,
  };
  job = {
    ...{ createdAt: '2026-11-22T05:00:00.000Z', sender: 'Example Shop K.K.', contact: 'desk' },
    ...{ timeZone: 'Asia/Tokyo', workspaceKeyPath: '', openpgpKeys: [], workspaceId: 'live-1' },
  };
});

afterAll(() => home.dispose());

async function made(profile: Profile): Promise<{ clear: string; answer: Uint8Array }> {
  const document = await sealTest({ ...job, recipient: { ...recipient, profile } }, ring, sealer);
  const { output, status } = await home.decrypt(
    Uint8Array.from(Buffer.from(document.sealed, 'base64')),
  );
  expect(status.some((line) => line.startsWith('GOODSIG'))).toBe(true);
  const wrapped = Uint8Array.from(Buffer.from(document.wrappedAnswer, 'base64'));
  const kept = ring.unwrap(`recipient-test/${document.test}`, wrapped);
  // Behind what is read back: the digest of the clear file, for an answer by file.
  const digest = createHash('sha256').update(output).digest();
  expect(kept.slice(-digest.length)).toEqual(new Uint8Array(digest));
  return { clear: new TextDecoder().decode(output), answer: kept.slice(0, -digest.length) };
}

const four = (text: string): Uint8Array => Uint8Array.from(text, Number);
const withNumbers = builtinProfiles.filter(
  ({ masked, subject }) => !masked && subject === undefined,
);

describe('sealTest()', () => {
  it.each(withNumbers)('writes published test numbers only, in profile $id', async (profile) => {
    const { clear, answer } = await made(profile);
    const { count, first, last } = readOutOf(clear);
    const given = { count, firstFour: four(first), lastFour: four(last) };
    expect(answer).toEqual(encodeReadBack(given));
    expect(count).toBeGreaterThanOrEqual(6);
    for (const [digits] of clear.matchAll(/\b[0-9]{13,19}\b/g)) {
      const packed = new Uint8Array(10);
      packPan(four(digits), digits.length, packed, 0);
      // A fixed record runs its cells together; they are read apart above.
      if (profile.shape === 'delimited') expect(isPublishedTestNumber(packed, 0)).toBe(true);
    }
    if (profile.header.length > 0) expect(clear.slice(0, 10)).toContain('TEST');
  });

  it('lets a masked profile be read back by its truncated numbers', async () => {
    const { clear, answer } = await made(builtinProfiles.find(({ masked }) => masked)!);
    const shown = [...clear.matchAll(/\*+([0-9]{4})\b/g)].map(([, end]) => end!);
    const [firstFour, lastFour] = [four(shown[0]!), four(shown.at(-1)!)];
    expect(answer).toEqual(encodeReadBack({ count: shown.length, firstFour, lastFour }));
  });

  it('keeps to the number of cards a recipient takes in one file', async () => {
    const { clear } = await made({ ...withNumbers[0]!, max_cards: 2 });
    expect(readOutOf(clear).count).toBe(2);
  });

  it('draws anew each time', async () => {
    const profile = withNumbers[0]!;
    const files = [await made(profile), await made(profile), await made(profile)];
    expect(new Set(files.map(({ clear }) => clear)).size).toBe(3);
  });

  it('refuses a profile in which nobody could read four digits', async () => {
    const masked = builtinProfiles.find((profile) => profile.masked)!;
    const columns = masked.columns.filter(({ field }) => field !== 'truncated_pan');
    await expect(made({ ...masked, columns })).rejects.toMatchObject({
      code: 'recipient-test-unreadable',
    });
  });

  it('wraps the answer for this workspace and this test alone', async () => {
    const profile = withNumbers[0]!;
    const document = await sealTest({ ...job, recipient: { ...recipient, profile } }, ring, sealer);
    const wrapped = Uint8Array.from(Buffer.from(document.wrappedAnswer, 'base64'));
    const other = new WorkspaceKeyRing('live-1', new Uint8Array(32).fill(8));
    for (const [keys, test] of [
      [other, document.test],
      [ring, '0123456789'],
    ] as const) {
      expect(() => keys.unwrap(`recipient-test/${test}`, wrapped)).toThrow('wrapped-key-altered');
    }
  });
});
