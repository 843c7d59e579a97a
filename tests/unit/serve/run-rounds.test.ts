import { describe, expect, it } from 'vitest';

import { PickupFault } from '../../../src/exchange/pickup/errors.ts';
import { runRounds } from '../../../src/exchange/serve/run-rounds.ts';
import type { Round } from '../../../src/exchange/serve/run-rounds.ts';

/** Runs rounds on a clock that only sleeping moves; after `untilMs` of it the signal is aborted. */
async function run(
  rounds: readonly Round[],
  untilMs: number,
  keep: (round: string, code: string | undefined) => void = () => undefined,
): Promise<void> {
  const ending = new AbortController();
  let nowMs = 0;
  const sleep = (durationMs: number): Promise<void> => {
    nowMs += durationMs;
    if (nowMs >= untilMs) ending.abort();
    return Promise.resolve();
  };
  const ran = async (
    round: string,
    _at: Date,
    failed?: { readonly code: string },
  ): Promise<void> => {
    await Promise.resolve();
    keep(round, failed?.code);
  };
  const parts = {
    ...{ clock: { now: () => new Date(nowMs) }, pause: { sleep }, roundBook: { ran } },
    ...{ origin: 'test', facts: { id: 'drill-1' } },
  };
  await runRounds(parts, rounds, ending.signal);
}

const roundOf = (name: string, act: () => Promise<void>): Round => ({
  ...{ name, everyMs: 1_000 },
  run: act,
});

describe('runRounds()', () => {
  it('runs each again after its pause, until the signal', async () => {
    let runs = 0;
    const counting = roundOf('counting', () => {
      runs += 1;
      return Promise.resolve();
    });
    await run([counting], 5_000);
    expect(runs).toBe(5);
  });

  it('keeps the code of a run that failed, and goes on', async () => {
    const told: unknown[] = [];
    const failing = [new PickupFault('serve-running'), new Error('a secret'), undefined];
    const round = roundOf('failing', () => {
      const error = failing.shift();
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    });
    await run([round], 4_000, (...kept) => told.push(kept));
    expect(told.slice(0, 3)).toEqual([
      ['failing', 'serve-running'],
      ['failing', 'internal'],
      ['failing', undefined],
    ]);
  });

  it('lets no round wait for another', async () => {
    const first = Promise.withResolvers<undefined>();
    const waits = roundOf('waits', () => first.promise.then(() => undefined));
    const comes = roundOf('comes', () => {
      first.resolve(undefined);
      return Promise.resolve();
    });
    await run([waits, comes], 2_000);
    expect(await first.promise).toBeUndefined();
  });

  it('ends all of them, and throws, when how one went cannot be recorded', async () => {
    const broken = new Error('the disk is full');
    const endless = roundOf('endless', () => Promise.resolve());
    const ended = run([endless, roundOf('other', () => Promise.resolve())], 1e9, (round) => {
      if (round === 'other') throw broken;
    });
    await expect(ended).rejects.toBe(broken);
  });

  it('says nothing of a run that the end cut short', async () => {
    const ending = new AbortController();
    const told: string[] = [];
    const parts = {
      ...{ clock: { now: () => new Date(0) }, pause: { sleep: () => Promise.resolve() } },
      roundBook: { ran: (round: string) => Promise.resolve(void told.push(round)) },
      ...{ origin: 'test', facts: { id: 'drill-1' } },
    };
    const cut = roundOf('cut', () => {
      ending.abort();
      return Promise.reject(new PickupFault('serve-running'));
    });
    await runRounds(parts, [cut], ending.signal);
    expect(told).toEqual([]);
  });
});
