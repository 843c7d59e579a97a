import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { CardProcessClient } from '../../../src/cde/card-process-client.ts';
import type { PrepareJob } from '../../../src/exchange/handoff/card-process.ts';
import { cardJob, CountingReceiver, sealedIn } from '../../support/card-job.ts';
import { testPassphrase } from '../../support/our-test-key.ts';
import { childrenOf } from '../../support/processes.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const keys = mkdtempSync(join(tmpdir(), 'mimamori-ahead-'));
const wrong = new TextEncoder().encode('not this one at all');
let prepared: PrepareJob;
let job: PrepareJob;
let client: CardProcessClient;

beforeAll(async () => {
  prepared = await cardJob(keys, 10);
});
afterAll(() => rmSync(keys, { recursive: true, force: true }));
beforeEach(async () => {
  job = { ...prepared, outbox: await scratchFolder() };
  client = new CardProcessClient();
});

const prepare = (passphrase = testPassphrase.slice()) =>
  client.prepare(job, passphrase, [], new CountingReceiver());

describe('CardProcessClient.startAhead()', () => {
  it.each([
    ['knows the passphrase', testPassphrase.slice()],
    ['gets it with the job', undefined],
  ])('starts the process that does the job and %s', async (_, passphrase) => {
    await client.startAhead(false, job, passphrase);
    const [started] = childrenOf(process.pid);
    const running = prepare();
    expect(childrenOf(process.pid)).toEqual([started]);
    expect(await running).toMatchObject({ cards: 10 });
    expect(sealedIn(job)).toHaveLength(1);
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('lets a wrong passphrase be told by the prepare, with nothing left behind', async () => {
    await client.startAhead(false, job, wrong);
    await expect(prepare(wrong)).rejects.toMatchObject({
      ...{ code: 'passphrase-wrong', facts: { file: job.workspaceKeyPath } },
    });
    expect(sealedIn(job)).toEqual([]);
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('refuses the keys of another workspace than the job is for', async () => {
    await client.startAhead(false, job, testPassphrase.slice());
    job = { ...job, workspaceId: 'drill-2' };
    await expect(prepare()).rejects.toMatchObject({ code: 'key-file-other-workspace' });
    expect(sealedIn(job)).toEqual([]);
  });

  it('says card-process-died when the process is gone by the time of the job', async () => {
    await client.startAhead(false, job, testPassphrase.slice());
    for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL');
    await expect(prepare()).rejects.toMatchObject({ code: 'card-process-died' });
  });
});

describe('CardProcessClient.close()', () => {
  it.each([
    ['stretches the passphrase', testPassphrase.slice()],
    ['waits', undefined],
  ])('ends a process that got no job while it %s', async (_, passphrase) => {
    await client.startAhead(false, job, passphrase);
    await client.close();
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('does nothing when none was started', async () => {
    await client.close();
    expect(childrenOf(process.pid)).toEqual([]);
  });
});
