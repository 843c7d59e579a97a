import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { CardProcessClient } from '../../../src/cde/card-process-client.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import type { LetterJob, LetterTarget } from '../../../src/exchange/waivers/letter-sealer.ts';
import { cardJob } from '../../support/card-job.ts';
import { testPassphrase } from '../../support/our-test-key.ts';
import { childrenOf } from '../../support/processes.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const keys = mkdtempSync(join(tmpdir(), 'mimamori-keys-'));
const secret = new TextEncoder().encode('0000000017,Visa,411111******1111');
let made: Omit<LetterJob, 'folder'>;
let job: LetterJob;
beforeAll(async () => {
  const { recipients, workspaceKeyPath, openpgpKeys, workspaceId } = await cardJob(keys, 1);
  made = { recipient: recipients[0]!, workspaceKeyPath, openpgpKeys, workspaceId };
});
afterAll(() => rmSync(keys, { recursive: true, force: true }));
beforeEach(async () => {
  job = { ...made, folder: await scratchFolder() };
});

function seal<T>(fill: (into: LetterTarget) => Promise<T>, more: SealMore = {}) {
  const { passphrase = testPassphrase.slice(), signal } = more;
  return new CardProcessClient().sealLetters(job, passphrase, fill, signal);
}
interface SealMore {
  readonly passphrase?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** Waits until the process is gone, as its next write would find out. */
async function writeAndKill(into: LetterTarget): Promise<void> {
  await into.write('annex.csv', [secret]);
  for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL');
  for (;;) await into.write('letter.txt', [secret]);
}

describe('CardProcessClient.sealLetters()', () => {
  it('seals files of any length in their order, brings back what fill made, and leaves no process', async () => {
    const big = new Uint8Array(700_000).fill(0x41);
    const { filled, sealed } = await seal(async (into) => {
      await into.write('annex.csv', [secret, big, big]);
      await into.write('empty.txt', []);
      await into.write('letter.txt', [secret]);
      return 'written';
    });
    expect(filled).toBe('written');
    expect(sealed.map(({ name }) => name)).toEqual([
      ...['annex.csv.pgp', 'empty.txt.pgp', 'letter.txt.pgp'],
    ]);
    expect(readdirSync(job.folder).sort()).toEqual(sealed.map(({ name }) => name));
    for (const { name, bytes, sha256 } of sealed) {
      const file = readFileSync(join(job.folder, name));
      expect([file.length, digestOf(file)]).toEqual([bytes, sha256]);
      expect(file.includes(Buffer.from(secret))).toBe(false);
    }
    expect(sealed[0]!.bytes).toBeGreaterThan(2 * big.length);
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('throws what fill throws, and no half of a file stays', async () => {
    const filling = seal(async (into) => {
      await into.write('annex.csv', [secret]);
      throw new Error('the letter cannot be filled in');
    });
    await expect(filling).rejects.toThrow('the letter cannot be filled in');
    expect(readdirSync(job.folder).filter((name) => name !== 'annex.csv.pgp')).toEqual([]);
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('says passphrase-wrong, and stops whoever fills', async () => {
    let pieces = 0;
    const filling = seal(
      async (into) => {
        for (;;) {
          await into.write('annex.csv', [secret]);
          pieces += 1;
        }
      },
      { passphrase: new TextEncoder().encode('not this one at all') },
    );
    await expect(filling).rejects.toMatchObject({ code: 'passphrase-wrong' });
    const written = pieces;
    await new Promise((resolve) => setImmediate(resolve));
    expect(pieces).toBe(written);
    expect(readdirSync(job.folder)).toEqual([]);
  });

  it('says card-process-died when it is killed, and interrupted when the caller gave up', async () => {
    await expect(seal(writeAndKill)).rejects.toMatchObject({ code: 'card-process-died' });
    const giveUp = new AbortController();
    const given = seal(
      async (into) => {
        giveUp.abort();
        for (;;) await into.write('annex.csv', [secret]);
      },
      { signal: giveUp.signal },
    );
    await expect(given).rejects.toMatchObject({ code: 'interrupted' });
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('never writes over a file that is there', async () => {
    const twice = seal(async (into) => {
      await into.write('annex.csv', [secret]);
      await into.write('annex.csv', [secret]);
    });
    await expect(twice).rejects.toMatchObject({ code: 'file-exists' });
  });
});
