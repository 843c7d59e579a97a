import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CliOptions } from '../../support/cli.ts';
import { holdsSealed, lookIntoStore } from '../../support/opened-store.ts';
import type { StoreSight } from '../../support/opened-store.ts';
import { plainList } from '../../support/plain-list.ts';
import { childrenOf, isRunning, killNow, until } from '../../support/processes.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';
import { Kit } from '../../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const rng = seededRandom(2026);
/** Six issuers of `psp`, one sealed file each. */
const prefixes = ['400010', '400020', '490000', '510500', '540000', '222100'];
/** Shares of the time a command takes, spread evenly and then shifted by chance. */
const moments = Array.from(
  { length: 12 },
  (_, at) => Math.round(((at + rng()) / 12) * 1000) / 1000,
);

let kit: Kit;
let minutes = 0;
let takesMs = 0;
let lists = 0;
let died = 0;

beforeAll(async () => {
  kit = await Kit.create();
  await kit.openIncident(incident);
  await kit.done(['--as', 'officer-1', 'recipient', 'update', 'psp', '--layout', 'per-issuer']);
  await kit.putInForce();
  await kit.testRecipients('psp', 'amex');
});
afterAll(() => kit.dispose());

/** So much later that the lease of whatever was killed before has run out. */
function later(): CliOptions {
  minutes += 11;
  return {
    under: ['faketime', '-f', `+${minutes}m`],
    env: { FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  };
}

async function timed<T>(act: Promise<T>): Promise<T> {
  const begun = Date.now();
  const result = await act;
  takesMs = Date.now() - begun;
  return result;
}

/** Kills a command, and only it, when the given share of its usual time has passed. */
async function killAt(share: number, args: readonly string[]): Promise<void> {
  const running = kit.desk.start(['--json', '--workspace', kit.workspace, ...args], later());
  await Promise.race([pause(share * takesMs), running.ended]);
  // faketime waits for the program, which is its child.
  const [program] = childrenOf(running.pid);
  if (program !== undefined) {
    const children = childrenOf(program);
    if (killNow(program)) died += 1;
    for (const pid of [program, ...children]) await until('its end', () => !isRunning(pid));
  }
  await running.ended;
}

function newList(): string {
  lists += 1;
  const cards = prefixes.flatMap((prefix) =>
    Array.from({ length: 100 }, () => cardDigits(rng, { prefix }).join('')),
  );
  return kit.put(`list-${lists}.csv`, plainList(cards));
}

/** What is visible is whole, and the log holds. */
async function lookAtWhole(): Promise<StoreSight> {
  const sight = await lookIntoStore(kit);
  expect(sight.verdict).toMatchObject({ holds: true });
  for (const { id, state } of sight.handoffs) {
    const own = sight.batches.filter(({ handoff }) => handoff === id);
    expect([state === 'decided' || state === 'undecided', own.length]).toEqual([true, 6]);
    const documents = readdirSync(join(kit.workspace, 'data/handoffs', id));
    expect(documents).toEqual(expect.arrayContaining(['plan.json', 'review.json']));
  }
  for (const batch of sight.batches) {
    expect(holdsSealed(join(kit.workspace, 'data/outbox', batch.file), batch)).toBe(true);
  }
  const prepared = sight.acts.filter((act) => act === 'handoff-prepare');
  expect(prepared).toHaveLength(sight.handoffs.length);
  return sight;
}

const cancel = (handoff: string): Promise<unknown> =>
  kit.done(['--as', 'officer-1', '--reason', 'again', 'handoff', 'cancel', handoff]);

describe('handoff prepare, killed', () => {
  let prepare: string[];

  beforeAll(async () => {
    prepare = kit.prepare(incident, [newList()]);
    const { handoff } = await timed(kit.done(prepare, later()));
    await cancel(handoff);
    died = 0;
  });

  it.each(moments)('at %s of its time leaves a whole handoff or none', async (share) => {
    await killAt(share, prepare);
    const { handoffs } = await lookAtWhole();
    for (const { id, state } of handoffs) if (state === 'undecided') await cancel(id);
  });

  it('was at work most times, and the next one comes to the same and clears up', async () => {
    expect(died).toBeGreaterThanOrEqual(6);
    const last = await kit.done(prepare, later());
    expect([last.cards, last.excluded]).toEqual([600, {}]);
    const { handoffs, batches } = await lookAtWhole();
    expect(kit.outbox()).toEqual(batches.map(({ file }) => file).sort());
    const directories = readdirSync(join(kit.workspace, 'data/handoffs')).sort();
    expect(directories).toEqual(handoffs.map(({ id }) => id).sort());
    await cancel(last.handoff);
  });
});

describe('handoff deliver, killed', () => {
  const delivered: string[] = [];
  let handoff = '';

  /** New cards, approved. */
  async function approve(): Promise<void> {
    ({ handoff } = await kit.done(kit.prepare(incident, [newList()]), later()));
    const reason = ['--reason', 'checked', 'handoff', 'approve', handoff];
    await kit.done([...kit.approver.acting, ...reason], later());
    delivered.push(handoff);
  }

  const isPending = ({ batches }: StoreSight): boolean =>
    batches.some((batch) => batch.handoff === handoff && batch.state !== 'stored');

  /** Final names in the recipient's directory, each of a batch and with its bytes. */
  function expectOnlyOurs({ batches }: StoreSight): string[] {
    const names = readdirSync(kit.sshd.directory).filter((name) => !name.startsWith('.'));
    for (const name of names) {
      const batch = batches.find(({ file }) => file === name)!;
      expect(holdsSealed(join(kit.sshd.directory, name), batch)).toBe(true);
    }
    return names.sort();
  }

  beforeAll(async () => {
    await approve();
    await timed(kit.done(kit.deliver(handoff), later()));
    await approve();
    died = 0;
  });

  it.each(moments)('at %s of its time publishes nothing twice or in part', async (share) => {
    await killAt(share, kit.deliver(handoff));
    const sight = await lookAtWhole();
    const names = expectOnlyOurs(sight);
    // What is recorded as stored is there; what is there may not be recorded yet.
    for (const { file, state } of sight.batches)
      if (state === 'stored') expect(names).toContain(file);
    if (!isPending(sight)) await approve();
  });

  it('was at work most times, and the next one ends every batch, told once', async () => {
    expect(died).toBeGreaterThanOrEqual(6);
    await kit.done(kit.deliver(handoff), later());
    const sight = await lookAtWhole();
    const batches = sight.batches.filter((batch) => delivered.includes(batch.handoff));
    expect(new Set(batches.map(({ state }) => state))).toEqual(new Set(['stored']));
    // Nothing under another name is left either.
    expect(readdirSync(kit.sshd.directory).sort()).toEqual(batches.map(({ file }) => file).sort());
    expectOnlyOurs(sight);
    const stored = sight.acts.filter((act) => act === 'delivery-stored');
    expect(stored).toHaveLength(batches.length);
  });
});
