import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CliOptions, Document } from '../../support/cli.ts';
import { plainList, someCards } from '../../support/plain-list.ts';
import { childrenOf, isRunning, until } from '../../support/processes.ts';
import { seededRandom } from '../../support/seeded-cards.ts';
import { Kit } from '../../support/workspace-kit.ts';

const kills = 12;
const incident = 'shop-a-2020';

let kit: Kit;
let hours = 0;
let lists = 0;
const rng = seededRandom(2026);

beforeAll(async () => {
  kit = await Kit.create();
  await kit.openIncident(incident);
});
afterAll(() => kit.dispose());

/** So much later that every lease of a process killed before has run out. */
function later(): CliOptions {
  hours += 1;
  return {
    under: ['faketime', '-f', `+${hours}h`],
    env: { FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  };
}

/** Kills a command after a part of the time it takes; true when it was still at work. */
async function killed(args: readonly string[], afterMs: number): Promise<boolean> {
  const running = kit.desk.start(['--json', '--workspace', kit.workspace, ...args], later());
  await Promise.race([pause(afterMs), running.ended]);
  const children = childrenOf(running.pid);
  running.child.kill('SIGKILL');
  const { status } = await running.ended;
  for (const child of children) await until('its end', () => !isRunning(child));
  return status === 137;
}

/** Seeded points spread over `takesMs`, none before the program has started. */
function points(takesMs: number): number[] {
  return Array.from({ length: kills }, (_, at) => {
    const share = (at + rng()) / kills;
    return 150 + share * (takesMs - 100);
  });
}

const handoffDirectories = (): string[] => readdirSync(join(kit.workspace, 'data/handoffs')).sort();

/** What stands in the workspace is a whole handoff or none; returns those that are visible. */
async function expectWhole(): Promise<Document[]> {
  const { handoffs } = await kit.done(['handoff', 'list']);
  for (const { handoff } of handoffs) {
    const { batches } = await kit.done(['handoff', 'show', handoff]);
    expect(batches.length).toBeGreaterThan(0);
    for (const { file, sha256 } of batches) {
      const bytes = readFileSync(join(kit.workspace, 'data/outbox', file));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    expect(handoffDirectories()).toContain(handoff);
  }
  expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  return handoffs;
}

describe('handoff prepare, killed at seeded moments', () => {
  it('leaves a whole handoff or none each time, and the next one clears up', async () => {
    const source = kit.put('orders.csv', plainList(someCards(rng, 2_000)));
    const prepare = kit.prepare(incident, [source]);
    const begun = Date.now();
    const first = await kit.done(prepare, later());
    const takesMs = Date.now() - begun;
    const cancel = ['--as', 'officer-1', '--reason', 'again', 'handoff', 'cancel'];
    await kit.done([...cancel, first.handoff]);
    let died = 0;
    for (const moment of points(takesMs)) {
      if (await killed(prepare, moment)) died += 1;
      for (const { handoff, state } of await expectWhole()) {
        if (state === 'undecided') await kit.done([...cancel, handoff]);
      }
    }
    expect(died).toBeGreaterThanOrEqual(kills / 2);
    const last = await kit.done(prepare, later());
    expect([last.cards, last.excluded]).toEqual([first.cards, first.excluded]);
    const visible = await expectWhole();
    expect(handoffDirectories()).toEqual(visible.map(({ handoff }) => handoff).sort());
    const known = await Promise.all(visible.map(({ handoff }) => filesOf(handoff)));
    expect(kit.outbox()).toEqual(known.flat().sort());
    await kit.done([...cancel, last.handoff]);
  });
});

async function filesOf(handoff: string): Promise<string[]> {
  const { batches } = await kit.done(['handoff', 'show', handoff]);
  return batches.map(({ file }: Document) => file);
}

/** New cards of several issuers, one file for each, approved. */
async function approved(): Promise<string> {
  lists += 1;
  const source = kit.put(`list-${lists}.csv`, plainList(someCards(rng, 400)));
  const { handoff } = await kit.done(kit.prepare(incident, [source]), later());
  await kit.approve(handoff);
  return handoff;
}

const inbox = (): string[] => readdirSync(kit.sshd.directory).sort();

/** Delivers until every batch has arrived: what a person does after a power cut. */
async function delivered(handoff: string): Promise<void> {
  await kit.json(kit.deliver(handoff), later());
  const { batches } = await kit.done(['handoff', 'show', handoff]);
  const states = batches.map(({ recipient, state }: Document) => [recipient, state]);
  expect(states.sort()).toEqual([['amex', 'written'], ['psp', 'stored']]);
}

describe('handoff deliver, killed at seeded moments', () => {
  it('publishes each file once, and the log tells each end once', async () => {
    const timed = await approved();
    const begun = Date.now();
    await delivered(timed);
    const takesMs = Date.now() - begun;
    const handoffs = [timed];
    let died = 0;
    for (const moment of points(takesMs)) {
      const handoff = await approved();
      handoffs.push(handoff);
      if (await killed(kit.deliver(handoff), moment)) died += 1;
      expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
      await delivered(handoff);
    }
    expect(died).toBeGreaterThanOrEqual(kills / 2);
    const batches: Document[] = [];
    for (const handoff of handoffs) {
      batches.push(...(await kit.done(['handoff', 'show', handoff])).batches);
    }
    const forPsp = batches.filter(({ recipient }) => recipient === 'psp');
    // Nothing but the final files, each with the bytes that were sealed.
    expect(inbox()).toEqual(forPsp.map(({ file }) => file).sort());
    for (const { file, sha256 } of forPsp) {
      const bytes = readFileSync(join(kit.sshd.directory, file));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    const { entries } = await kit.done(['audit', 'tail', '--last', '1000']);
    const ends = entries.filter(({ act }: Document) => /^delivery-(stored|written)$/.test(act));
    expect(ends).toHaveLength(batches.length);
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
