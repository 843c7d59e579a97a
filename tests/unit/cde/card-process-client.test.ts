import { appendFileSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { CardProcessClient } from '../../../src/cde/card-process-client.ts';
import type {
  EarlierBatch,
  PrepareJob,
  PrepareResult,
} from '../../../src/exchange/handoff/card-process.ts';
import { cardJob, CountingReceiver, sealedIn } from '../../support/card-job.ts';
import { hashPage } from '../../support/card-pages.ts';
import { testPassphrase } from '../../support/our-test-key.ts';
import { childrenOf } from '../../support/processes.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const keys = mkdtempSync(join(tmpdir(), 'mimamori-keys-'));
let prepared: PrepareJob;
let job: PrepareJob;
beforeAll(async () => {
  prepared = await cardJob(keys, 20_000);
});
afterAll(() => rmSync(keys, { recursive: true, force: true }));
beforeEach(async () => {
  const folder = await scratchFolder();
  const path = join(folder, 'list.txt');
  copyFileSync(prepared.sources[0]!.path, path);
  job = { ...prepared, outbox: folder, sources: [{ ...prepared.sources[0]!, path }] };
});

function run(
  receiver = new CountingReceiver(),
  options: {
    earlier?: readonly EarlierBatch[];
    signal?: AbortSignal;
    passphrase?: Uint8Array;
  } = {},
): Promise<PrepareResult> {
  const { earlier = [], signal, passphrase = testPassphrase.slice() } = options;
  return new CardProcessClient().prepare(job, passphrase, earlier, receiver, signal);
}

function killChildren(): void {
  for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL');
}

describe('CardProcessClient', () => {
  it('brings back counts, pages and a sealed file, and leaves no process', async () => {
    const receiver = new CountingReceiver();
    const result = await run(receiver);
    expect(result).toMatchObject({ read: 20_000, cards: 20_000, excluded: {}, held: {} });
    expect(receiver.counts).toMatchObject({ card: 5, hash: 3, relied: 0 });
    expect(sealedIn(job)).toEqual([result.batches[0]!.file]);
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('gives the same hash rows for the same key, so that the second run finds the first', async () => {
    const pages: Uint8Array[] = [];
    const first = new CountingReceiver();
    Object.assign(first, {
      hashPages: (_: string, page: Uint8Array) => Promise.resolve(void pages.push(page.slice())),
    });
    const { wrappedKey } = await run(first);
    const rows = new Uint8Array(Buffer.concat(pages));
    job = { ...job, wrappedKey: wrappedKey!, firstReference: 20_001 };
    const receiver = new CountingReceiver();
    const again = await run(receiver, { earlier: [{ batch: 'b-0', recipient: 'psp', rows }] });
    expect(again).toMatchObject({ cards: 0, excluded: { 'already-handed-off': 20_000 } });
    expect(again.batches).toEqual([]);
    expect(receiver.counts).toMatchObject({ card: 0, hash: 0, relied: 1 });
    const recalled = { batch: 'b-0', recipient: 'psp', isRecalled: true, rows } as const;
    const sent = await run(new CountingReceiver(), { earlier: [recalled] });
    expect(sent).toMatchObject({ cards: 20_000, excluded: {} });
    const covering = { batch: 'b-1', recipient: 'psp', rows };
    const both = await run(new CountingReceiver(), { earlier: [recalled, covering] });
    expect(both).toMatchObject({ cards: 0, excluded: { 'already-handed-off': 20_000 } });
  });

  it('seals nothing in a dry run', async () => {
    job = { ...job, dryRun: true };
    const receiver = new CountingReceiver();
    expect((await run(receiver)).cards).toBe(20_000);
    expect(receiver.counts).toMatchObject({ card: 0, hash: 0 });
    expect(sealedIn(job)).toEqual([]);
  });

  it.each(['progress', 'sealing', 'card'] as const)(
    'says card-process-died when the process is killed at the first %s',
    async (moment) => {
      const receiver = new CountingReceiver((what) => {
        if (what === moment) killChildren();
      });
      await expect(run(receiver)).rejects.toMatchObject({
        ...{ code: 'card-process-died', retry: 'never', facts: {} },
      });
      // Once sealing is told of, the batch may be sealed before the signal arrives; its file is the caller's to remove.
      expect(sealedIn(job).length).toBeLessThanOrEqual(moment === 'progress' ? 0 : 1);
      expect(childrenOf(process.pid)).toEqual([]);
    },
  );

  it('says so too when it dies before it took all that was sent', async () => {
    const rows = hashPage(Array.from({ length: 200_000 }, (_, at) => at));
    const running = run(undefined, { earlier: [{ batch: 'b-0', recipient: 'psp', rows }] });
    killChildren();
    await expect(running).rejects.toMatchObject({ code: 'card-process-died' });
  });

  it('says interrupted when the caller gave up, before the start or in the middle', async () => {
    await expect(run(undefined, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'interrupted',
    });
    const controller = new AbortController();
    const receiver = new CountingReceiver(() => controller.abort());
    await expect(run(receiver, { signal: controller.signal })).rejects.toMatchObject({
      ...{ code: 'interrupted', retry: 'later' },
    });
    expect(sealedIn(job)).toEqual([]);
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('ends the process when the caller cannot store what comes', async () => {
    const receiver = new CountingReceiver(() => {
      throw new Error('the database is gone');
    });
    await expect(run(receiver)).rejects.toThrow('the database is gone');
    expect(childrenOf(process.pid)).toEqual([]);
  });

  it('does not inherit NODE_OPTIONS, so that nobody looks into it', async () => {
    const before = process.env['NODE_OPTIONS'];
    process.env['NODE_OPTIONS'] = '--inspect=127.0.0.1:0 --heapsnapshot-signal=SIGUSR2';
    try {
      expect((await run()).cards).toBe(20_000);
    } finally {
      if (before === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = before;
    }
  });

  it('brings a refusal across with its code and positions, and no text of the source', async () => {
    const { path } = job.sources[0]!;
    appendFileSync(path, '\0'.repeat(10));
    const refused = run();
    await expect(refused).rejects.toMatchObject({ facts: expect.any(Object) as object });
    await expect(refused).rejects.not.toMatchObject({ code: 'card-process-died' });
    expect(sealedIn(job)).toEqual([]);
  });

  it.each([
    [
      'a passphrase that is not ours',
      { passphrase: new TextEncoder().encode('not this one at all') },
    ],
    ['a source that is gone', { source: '/nowhere/list.txt' }],
    ['an issuer table that changed meanwhile', { binTable: 'low,high,issuer\n400000,400099,A\n' }],
  ])(
    'refuses %s',
    async (
      _,
      {
        passphrase,
        source,
        binTable,
      }: {
        passphrase?: Uint8Array;
        source?: string;
        binTable?: string;
      },
    ) => {
      if (source !== undefined) job = { ...job, sources: [{ ...job.sources[0]!, path: source }] };
      if (binTable !== undefined) {
        const binTablePath = join(keys, 'bins.csv');
        writeFileSync(binTablePath, binTable);
        job = { ...job, binTablePath };
      }
      const code = passphrase
        ? 'passphrase-wrong'
        : source
          ? 'source-missing'
          : 'bin-table-changed';
      await expect(run(undefined, passphrase ? { passphrase } : {})).rejects.toMatchObject({
        code,
      });
      expect(sealedIn(job)).toEqual([]);
    },
  );
});
