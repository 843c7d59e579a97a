import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RunningCli } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { childrenOf, isRunning, until } from '../support/processes.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(130);
const anHourLater = {
  under: ['faketime', '-f', '+1h'],
  env: { FAKETIME_DONT_FAKE_MONOTONIC: '1' },
};

let kit: Kit;
let large: string;
let small: string;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  await kit.openIncident('shop-a-2020');
  large = kit.put('large.csv', plainList(someCards(rng, 200_000)));
  small = kit.put('small.csv', plainList(someCards(rng, 20)));
});

afterAll(() => kit.dispose());

function start(source: string): RunningCli {
  const args = kit.prepare('shop-a-2020', [source]);
  return kit.desk.start(['--json', '--workspace', kit.workspace, ...args]);
}

/** The process that sees card numbers. */
function cardProcessOf({ pid }: RunningCli): Promise<number> {
  return until('the card process', () => childrenOf(pid)[0]);
}

async function sealing(): Promise<void> {
  await until('a file being sealed', () => kit.outbox()[0]);
}

async function expectNothingLeft(): Promise<void> {
  expect(kit.outbox()).toEqual([]);
  expect(readdirSync(join(kit.workspace, 'data/handoffs'))).toEqual([]);
  expect(readdirSync(kit.desk.temporary)).toEqual([]);
  expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
}

describe('handoff prepare, interrupted by Ctrl-C', () => {
  it('while it reads ends with 130 and leaves nothing', async () => {
    const running = start('-');
    running.child.stdin?.on('error', () => undefined);
    running.child.stdin?.write(plainList(someCards(rng, 40_000)));
    const cardProcess = await cardProcessOf(running);
    process.kill(-running.pid, 'SIGINT');
    const { status, stdout } = await running.ended;
    expect([status, JSON.parse(stdout).error.code]).toEqual([130, 'interrupted']);
    expect(isRunning(cardProcess)).toBe(false);
    await expectNothingLeft();
  });

  it('while it seals ends with 130 and leaves nothing', async () => {
    const running = start(large);
    const cardProcess = await cardProcessOf(running);
    await sealing();
    process.kill(running.pid, 'SIGINT');
    const { status, stdout } = await running.ended;
    expect([status, JSON.parse(stdout).error.code]).toEqual([130, 'interrupted']);
    expect(isRunning(cardProcess)).toBe(false);
    await expectNothingLeft();
  });
});

describe('handoff prepare on a full disk', () => {
  const failing = (calls: string, ...more: readonly string[]): readonly string[] => [
    ...['strace', '-f', '-o', '/dev/null', '-e', `trace=${calls}`],
    ...['-e', `inject=${calls}:error=ENOSPC`, ...more],
  ];

  it('while it seals is refused, 74, and leaves nothing', async () => {
    const under = failing('/^rename');
    expect(await kit.refused(kit.prepare('shop-a-2020', [small]), { under })).toEqual({
      ...{ status: 74, code: 'disk-full' },
    });
    await expectNothingLeft();
  });

  it('where the database cannot grow is refused, 74, and leaves nothing', async () => {
    const under = failing('pwrite64', '-P', join(kit.workspace, 'data/mimamori.db-wal'));
    expect(await kit.refused(kit.prepare('shop-a-2020', [small]), { under })).toEqual({
      ...{ status: 74, code: 'disk-full' },
    });
    await expectNothingLeft();
  });
});

describe('handoff prepare, killed', () => {
  it('takes its card process with it and blocks the incident for the length of a lease: 75', async () => {
    const running = start(large);
    const cardProcess = await cardProcessOf(running);
    await sealing();
    process.kill(running.pid, 'SIGKILL');
    expect((await running.ended).status).toBe(137);
    await until('the end of the card process', () => !isRunning(cardProcess));
    expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
    expect(await kit.refused(kit.prepare('shop-a-2020', [small]))).toEqual({
      ...{ status: 75, code: 'handoff-undecided' },
    });
  });

  it('is swept by the next prepare, which comes to the same as without it', async () => {
    const prepared = await kit.done(kit.prepare('shop-a-2020', [small]), anHourLater);
    expect([prepared.cards, prepared.excluded]).toEqual([20, {}]);
    const files = prepared.batches.map(({ file }: { file: string }) => file);
    expect(kit.outbox()).toEqual(files.sort());
    expect(readdirSync(join(kit.workspace, 'data/handoffs'))).toEqual([prepared.handoff]);
    const { handoffs } = await kit.done(['handoff', 'list']);
    expect(handoffs.map(({ handoff }: { handoff: string }) => handoff)).toEqual([prepared.handoff]);
  });

  it('leaves a log and a store that hold', async () => {
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
