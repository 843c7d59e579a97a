import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DeclaredEmergency } from '../../../src/exchange/delivery/emergencies.ts';
import type { ActRecord } from '../../../src/exchange/acts/act-record.ts';
import { StoreBench } from '../../support/store-bench.ts';

let bench: StoreBench;

beforeEach(async () => {
  bench = new StoreBench();
  await bench.openIncident('shop-a-2020');
  await bench.openIncident('shop-b-2020');
});

afterEach(() => bench.dispose());

const dayMs = 86_400_000;

async function declared(
  handoff: string,
  more: Partial<DeclaredEmergency> = {},
): Promise<DeclaredEmergency> {
  const { planSha256, requester } = await bench.handoffs.get(handoff);
  const declaredAt = bench.clock.now();
  return {
    ...{ handoff, officer: requester, planSha256: planSha256!, declaredAt },
    ...{ statement: new Uint8Array(2), signature: new Uint8Array(2), fingerprint: 'F'.repeat(40) },
    dueAt: new Date(declaredAt.getTime() + dayMs),
    ...more,
  };
}

function act(handoff: string): ActRecord {
  return {
    draft: {
      ...{ actor: 'system', act: 'handoff-overdue', result: 'done', origin: 'cli:test' },
      object: `handoff:${handoff}`,
      data: { handoff, officer: 'officer-1', due: '2026-11-23T10:00:00Z' },
    },
  };
}

/** One attempt that ended so, and the batch failed by now, as after `resolve --outcome not-stored`. */
async function attempted(outcome: string | null): Promise<void> {
  const now = bench.nowMs;
  await bench.db
    .insertInto('attempt')
    .values({
      ...{ batch: 'b-1', number: 1, fence: 1, temporary_name: '.tmp', started_at: now },
      ...{ ended_at: now, outcome, evidence: null },
    })
    .execute();
  await bench.db.updateTable('batch').set({ state: 'failed' }).where('id', '=', 'b-1').execute();
}

describe('SqliteEmergencies', () => {
  beforeEach(async () => {
    await bench.prepare({ id: 'h-1', batches: [{ id: 'b-1', cards: [1, 2] }] });
    const incident = 'shop-b-2020';
    await bench.prepare({ id: 'h-2', incident, batches: [{ id: 'b-2', cards: [3] }] });
  });

  it('lets batches be sent while the handoff stays undecided', async () => {
    await bench.emergencies.declare(await declared('h-1'), act('h-1'));
    const row = await bench.handoffs.get('h-1');
    expect([row.state, row.emergency?.closedAt, row.emergency?.isOverdue]).toEqual([
      ...['undecided', undefined, false],
    ]);
    expect((await bench.handoffs.batch('b-1')).state).toBe('approved');
    expect((await bench.handoffs.batch('b-2')).state).toBe('built');
  });

  it('keeps one open at a time, and nothing of a second', async () => {
    await bench.emergencies.declare(await declared('h-1'), act('h-1'));
    const size = await bench.log.size();
    await expect(
      bench.emergencies.declare(await declared('h-2'), act('h-2')),
    ).rejects.toMatchObject({ code: 'emergency-open', facts: { handoff: 'h-1' } });
    expect([await bench.log.size(), (await bench.handoffs.batch('b-2')).state]).toEqual([
      ...[size, 'built'],
    ]);
  });

  it.each([
    ['by another than the requester', { officer: 'officer-2' }],
    ['for another plan', { planSha256: 'f'.repeat(64) }],
    ['that was due before it began', { dueAt: new Date(0) }],
  ])('cannot be stored %s: the database keeps it so', async (_, more) => {
    await expect(
      bench.emergencies.declare(await declared('h-1', more), act('h-1')),
    ).rejects.toThrow();
    expect(await bench.emergencies.open()).toEqual([]);
  });

  it('is overdue after its time, and noticed by one leaf', async () => {
    await bench.emergencies.declare(await declared('h-1'), act('h-1'));
    bench.nowMs += dayMs + 1;
    expect(await bench.emergencies.open()).toMatchObject([{ isOverdue: true, isNoticed: false }]);
    const size = await bench.log.size();
    await bench.emergencies.notice('h-1', act('h-1'));
    await bench.emergencies.notice('h-1', act('h-1'));
    expect([await bench.log.size(), (await bench.emergencies.open())[0]?.isNoticed]).toEqual([
      ...[size + 1, true],
    ]);
  });

  it.each(['stored', 'written', 'presumed', 'conflict'])(
    'is not ended by a withdrawal when an attempt of a batch was once %s',
    async (outcome) => {
      await bench.emergencies.declare(await declared('h-1'), act('h-1'));
      await attempted(outcome);
      const size = await bench.log.size();
      await expect(
        bench.handoffs.cancel('h-1', bench.clock.now(), 'whole', act('h-1')),
      ).rejects.toMatchObject({ code: 'emergency-open', facts: { handoff: 'h-1', batch: 'b-1' } });
      expect(await bench.emergencies.open()).toHaveLength(1);
      expect([await bench.log.size(), (await bench.handoffs.batch('b-1')).state]).toEqual([
        ...[size, 'failed'],
      ]);
      await bench.decide('h-1', 'decline');
      expect(await bench.emergencies.open()).toEqual([]);
    },
  );

  it.each(['failed', 'expired', null])(
    'ends by a withdrawal when every attempt was %s: nothing left',
    async (outcome) => {
      await bench.emergencies.declare(await declared('h-1'), act('h-1'));
      await attempted(outcome);
      await bench.handoffs.cancel('h-1', bench.clock.now(), 'whole', act('h-1'));
      expect(await bench.emergencies.open()).toEqual([]);
    },
  );

  it('over, it keeps nobody from withdrawing what may be withdrawn', async () => {
    await bench.emergencies.declare(await declared('h-1'), act('h-1'));
    await attempted('presumed');
    await bench.decide('h-1');
    await bench.handoffs.cancel('h-1', bench.clock.now(), 'whole', act('h-1'));
    expect((await bench.handoffs.batch('b-1')).state).toBe('cancelled');
  });

  it('ends when the handoff is withdrawn', async () => {
    await bench.emergencies.declare(await declared('h-1'), act('h-1'));
    await bench.handoffs.cancel('h-1', bench.clock.now(), 'whole', act('h-1'));
    expect(await bench.emergencies.open()).toEqual([]);
    expect((await bench.handoffs.batch('b-1')).state).toBe('cancelled');
  });
});
