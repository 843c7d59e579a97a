import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openHoursSchema } from '../../../src/domain/recipients/open-hours.ts';
import { resolveBatch } from '../../../src/exchange/delivery/settle-batch.ts';
import { DeliveryFault } from '../../../src/exchange/delivery/delivery-errors.ts';
import type { DeliveryEvidence } from '../../../src/exchange/delivery/delivery-journal.ts';
import { LEASE_MS } from '../../../src/exchange/delivery/delivery-lease.ts';
import { DeliveryRound } from '../../../src/exchange/serve/delivery-round.ts';
import type { Pause } from '../../../src/exchange/workspace/clock.ts';
import { systemPause } from '../../../src/edge/clock/system-pause.ts';
import { serveStatus } from '../../../src/exchange/serve/serve-status.ts';
import { DeliveringDesk } from '../../support/delivering-desk.ts';
import { actOf } from '../../support/store-bench.ts';

const HOUR_MS = 3_600_000;
const key = `ssh-ed25519 ${Buffer.concat([
  Buffer.from([0, 0, 0, 11]),
  Buffer.from('ssh-ed25519'),
  Buffer.from([0, 0, 0, 32]),
  Buffer.alloc(32, 1),
]).toString('base64')}`;
const peer = { port: 22, hostKey: `SHA256:${'k'.repeat(43)}`, directory: '/in' };

let desk: DeliveringDesk;
let handoff: string;
let round: DeliveryRound;
/** How often a peer was called. */
let calls: number;

beforeEach(async () => {
  desk = new DeliveringDesk();
  calls = 0;
  desk.courier = {
    connect: () => {
      calls += 1;
      return Promise.reject(new DeliveryFault('peer-unavailable', { host: 'psp' }));
    },
  } as unknown as typeof desk.courier;
  handoff = await desk.approvedFor({ box: { key }, push: peer, folder: 'folder' });
  allow(true);
  round = roundWith(systemPause);
});
afterEach(() => desk.dispose());

function roundWith(pause: Pause): DeliveryRound {
  return new DeliveryRound(Object.assign(Object.create(desk) as DeliveringDesk, { pause }));
}

function allow(deliver: boolean): void {
  desk.configuration.settings = { ...desk.configuration.settings, serve: { deliver } };
}

const run = (signal = new AbortController().signal): Promise<void> => round.run(signal);

async function states(): Promise<Record<string, string>> {
  const batches = await desk.handoffs.batchesOf(handoff);
  return Object.fromEntries(batches.map(({ recipient, state }) => [recipient, state]));
}

/** Acts in the log since the handoff was approved, with who did them. */
async function acts(act: string): Promise<string[]> {
  return (await desk.store.leaves()).filter((leaf) => leaf.act === act).map(({ actor }) => actor);
}

describe('DeliveryRound.run()', () => {
  it('does nothing unless the configuration allows it', async () => {
    allow(false);
    await run();
    expect(await states()).toEqual({ box: 'approved', push: 'approved', folder: 'approved' });
    expect(calls).toBe(0);
  });

  it('delivers what is approved, but puts nothing into a folder', async () => {
    await run();
    expect(await states()).toEqual({ box: 'offered', push: 'failed', folder: 'approved' });
    expect(calls).toBe(3);
  });

  it('delivers nothing that is not approved', async () => {
    await desk.store.db.deleteFrom('decision').execute();
    await expect(run()).rejects.toMatchObject({ code: 'handoff-not-approved' });
    expect(await states()).toEqual({ box: 'approved', push: 'approved', folder: 'approved' });
    expect(await acts('permission-refused')).toEqual(['service.serve', 'service.serve']);
  });

  it('delivers nothing under a configuration that nobody approved', async () => {
    desk.facts.mode = 'live';
    desk.configuration.isApproved = false;
    await expect(run()).rejects.toMatchObject({ code: 'configuration-unapproved' });
    expect(await states()).toMatchObject({ box: 'approved', push: 'approved' });
  });

  it('waits for the hours of a recipient, and for nobody else', async () => {
    const at = desk.clock.now();
    const opens = new Date(Math.ceil((at.getTime() + HOUR_MS) / HOUR_MS) * HOUR_MS);
    const time = opens.toISOString().slice(11, 16);
    const delivery_hours = openHoursSchema.parse({
      ...{ between: [`${time}-24:00`], time_zone: 'UTC' },
    });
    desk.configuration.changeRecipient('box', { delivery_hours });
    await run();
    expect(await states()).toMatchObject({ box: 'approved', push: 'failed' });
    desk.store.nowMs = opens.getTime();
    await run();
    expect(await states()).toMatchObject({ box: 'offered' });
  });

  it('keeps nobody waiting for a recipient who is slow', async () => {
    const at = desk.clock.now();
    const opens = new Date(Math.ceil((at.getTime() + HOUR_MS) / HOUR_MS) * HOUR_MS);
    const between = [`${opens.toISOString().slice(11, 16)}-24:00`];
    const delivery_hours = openHoursSchema.parse({ between, time_zone: 'UTC' });
    desk.configuration.changeRecipient('box', { delivery_hours });
    const answer = Promise.withResolvers<never>();
    desk.courier = {
      connect: () => {
        calls += 1;
        return answer.promise;
      },
    } as unknown as typeof desk.courier;
    let looks = 0;
    round = roundWith({
      sleep: async (_, signal) => {
        looks += 1;
        desk.store.nowMs = opens.getTime();
        if (looks > 1) await systemPause.sleep(60_000, signal);
      },
    });
    const running = run();
    await expect.poll(states).toMatchObject({ box: 'offered' });
    expect([(await states())['push'] === 'failed', calls]).toEqual([false, 1]);
    answer.reject(new DeliveryFault('peer-unavailable', { host: 'psp' }));
    await running;
    expect(await states()).toMatchObject({ push: 'failed' });
  });

  it('says that a plan ends before the hours of its recipient, and keeps from it', async () => {
    const delivery_hours = openHoursSchema.parse({ between: ['00:00-00:01'] });
    desk.configuration.changeRecipient('box', { delivery_hours });
    desk.store.nowMs += 71.5 * HOUR_MS;
    const { id } = await desk.batchFor(handoff, 'box');
    const { deliveries } = await serveStatus(desk);
    expect(deliveries).toContainEqual({ batch: id, dueAt: undefined, problem: 'plan-expired' });
    await run();
    expect(await states()).toMatchObject({ box: 'approved' });
  });

  it('leaves alone for five minutes what it could not deliver, and says why all the while', async () => {
    desk.configuration.changeRecipient('push', { state: 'disabled' });
    for (const minutes of [0, 1, 3]) {
      desk.store.nowMs += minutes * 60_000;
      await expect(run()).rejects.toMatchObject({ code: 'plan-changed' });
    }
    expect(await acts('permission-refused')).toHaveLength(2);
    desk.store.nowMs += 60_001;
    await expect(run()).rejects.toMatchObject({ code: 'plan-changed' });
    expect(await acts('permission-refused')).toHaveLength(4);
  });

  it('begins nothing once its end was asked for', async () => {
    await run(AbortSignal.abort());
    expect(await states()).toEqual({ box: 'approved', push: 'approved', folder: 'approved' });
  });
});

describe('serveStatus()', () => {
  it('believes three minutes long what was seen, unless the process is gone for certain', async () => {
    const isRunning = async (): Promise<boolean> => (await serveStatus(desk)).isRunning;
    await desk.roundBook.ran('alive', desk.clock.now());
    expect(await isRunning()).toBe(true);
    await desk.roundBook.began('gone');
    expect(await isRunning()).toBe(false);
    await desk.roundBook.began('here');
    expect(await isRunning()).toBe(true);
    desk.store.nowMs += 180_001;
    expect(await isRunning()).toBe(false);
    await desk.roundBook.began('gone');
    await desk.roundBook.ended();
    expect(await desk.roundBook.begunBy()).toBe(undefined);
  });
});

describe('DeliveryRound.run(), after a failure that may pass', () => {
  /** Runs again when the next repeat is due; returns after how many minutes that was, or nothing. */
  async function nextRepeat(): Promise<number | undefined> {
    const { id } = await desk.batchFor(handoff, 'push');
    const { deliveries } = await serveStatus(desk);
    const dueAt = deliveries.find(({ batch }) => batch === id)?.dueAt;
    if (dueAt === undefined) return undefined;
    const minutes = (dueAt.getTime() - desk.store.nowMs) / 60_000;
    desk.store.nowMs = dueAt.getTime() - 1;
    const before = calls;
    await run();
    expect(calls).toBe(before);
    desk.store.nowMs += 1;
    await run();
    expect(calls).toBe(before + 3);
    return minutes;
  }

  it('begins it again five times, ever later, and then leaves it to a person', async () => {
    await run();
    const waits: unknown[] = [];
    for (let repeat = 0; repeat < 6; repeat += 1) waits.push(await nextRepeat());
    expect(waits).toEqual([5, 15, 60, 240, 480, undefined]);
    expect(await acts('delivery-retry')).toEqual(Array(5).fill('service.serve'));
  });

  it('counts on over an end at any moment', async () => {
    await run();
    await nextRepeat();
    round = roundWith(systemPause);
    expect(await nextRepeat()).toBe(15);
  });

  it('leaves it to a person where only a person can mend it', async () => {
    desk.courier = {
      connect: () => Promise.reject(new DeliveryFault('host-key-changed')),
    } as unknown as typeof desk.courier;
    await run();
    expect(await states()).toMatchObject({ push: 'failed' });
    expect(await nextRepeat()).toBeUndefined();
  });

  it('leaves it to a person once a later list was made', async () => {
    await run();
    const { incident } = await desk.handoffs.get(handoff);
    const later = { id: 'h-later', incident, state: 'preparing', mode: 'drill' } as const;
    const made = { requester: 'officer-1', prepared_at: desk.store.nowMs };
    const lease_until = desk.store.nowMs + 60_000;
    const empty = { outcome: null, plan: null, plan_sha256: null, plan_signature: null };
    const values = { ...later, ...made, ...empty, lease_until };
    await desk.store.db
      .insertInto('handoff')
      .values({ ...values, review: null, review_sha256: null, report: null })
      .execute();
    expect(await nextRepeat()).toBeUndefined();
    const { id } = await desk.batchFor(handoff, 'push');
    const act = actOf('delivery-retry', `batch:${id}`, { batch: id });
    await expect(desk.serveDeliveries.repeat(id, desk.clock.now(), act)).rejects.toMatchObject({
      code: 'state-forbids',
    });
  });

  it('never sends again what a person found not to be there', async () => {
    const { journal } = desk.store;
    const { id } = await desk.batchFor(handoff, 'push');
    const row = await journal.intent(await journal.claim(id, LEASE_MS), 1, '.part');
    const publishing = await journal.publishing(row, '.part');
    const unknown: DeliveryEvidence = {
      by: 'reconcile',
      verification: 'unverified',
      rename: 'unanswered',
      final: 'absent',
      temporary: 'absent',
    };
    const why = { code: 'connection-lost', retry: 'later' } as const;
    await journal.outcome(publishing, 'presumed', unknown, why);
    await run();
    expect(calls).toBe(0);
    const resolved = { officer: 'officer-1', reason: 'they looked', evidenceSha256: undefined };
    await resolveBatch(desk, { batch: id, outcome: 'not-stored', ...resolved });
    expect((await desk.batchFor(handoff, 'push')).fault).toMatchObject({ retry: 'later' });
    expect(await nextRepeat()).toBeUndefined();
    desk.store.nowMs += 24 * HOUR_MS;
    await run();
    expect([calls, (await states())['push']]).toEqual([0, 'failed']);
  });

  it('repeats nothing under a plan that no longer holds', async () => {
    await run();
    desk.configuration.changeOfficer('approver-1', { state: 'disabled' });
    desk.store.nowMs += HOUR_MS;
    await expect(run()).rejects.toMatchObject({ code: 'officer-disabled' });
    expect(await states()).toMatchObject({ push: 'failed' });
  });
});

describe('SqliteServeDeliveries.giveBackLeases()', () => {
  it('gives back those of a serve that was killed, and of nobody else', async () => {
    const { id } = await desk.batchFor(handoff, 'push');
    const other = await desk.batchFor(handoff, 'box');
    await desk.store.journal.claim(other.id, LEASE_MS);
    await desk.store.journalOf('service.serve').claim(id, LEASE_MS);
    await desk.serveDeliveries.giveBackLeases();
    await expect(desk.store.journal.claim(id, LEASE_MS)).resolves.toMatchObject({ fence: 2 });
    await expect(desk.store.journal.claim(other.id, LEASE_MS)).rejects.toMatchObject({
      code: 'batch-busy',
    });
  });
});
