import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { OpenpgpFault } from '../../../src/edge/openpgp/errors.ts';
import type { BoxBatch } from '../../../src/exchange/pickup/pickup-book.ts';
import { PickupBox, visitorOf } from '../../support/pickup-box.ts';

const HOUR_MS = 3_600_000;
const psp = visitorOf('psp');

let box: PickupBox;
beforeEach(async () => {
  box = new PickupBox();
  await box.offer();
});
afterEach(() => box.dispose());

describe('PickupDesk.open()', () => {
  it('hands out what is approved as it was', async () => {
    const { id } = await box.batch();
    expect(await box.desk().open(psp, id)).toBe(true);
    expect((await box.batch()).state).toBe('partly-read');
    expect(await box.refusals()).toEqual([]);
  });

  const ends = {
    'officer-disabled': () => {
      box.configuration.changeOfficer('approver-1', { state: 'disabled' });
    },
    'handoff-not-approved': () => box.store.db.deleteFrom('decision').execute(),
    'plan-expired': () => {
      box.store.nowMs += 1_000 * HOUR_MS;
    },
    'certificate-no-longer-good': () => {
      const { fingerprint } = box.configuration.recipients.find(({ id }) => id === 'psp')!;
      const expired = new OpenpgpFault('certificate-expired', { fingerprint });
      box.certificates.faults.set(fingerprint, expired);
    },
    'configuration-unapproved': () => {
      box.facts.mode = 'live';
      box.configuration.isApproved = false;
    },
  };

  it.each(Object.entries(ends))('refuses and tells: %s', async (code, end) => {
    await end();
    const desk = box.desk();
    const { id } = await box.batch();
    expect([await desk.open(psp, id), await desk.open(psp, id)]).toEqual([false, false]);
    expect((await box.batch()).state).toBe('offered');
    expect(await box.refusals()).toEqual([
      ['open', code],
      ['open', code],
    ]);
  });

  it('checks again what was opened before, all but the age of its plan', async () => {
    const desk = box.desk();
    const { id } = await box.batch();
    await desk.open(psp, id);
    box.store.nowMs += 1_000 * HOUR_MS;
    expect(await desk.open(psp, id)).toBe(true);
    box.configuration.changeOfficer('approver-1', { state: 'disabled' });
    expect(await desk.open(psp, id)).toBe(false);
  });
});

describe('PickupDesk.unfit()', () => {
  it('tells of a sealed file that is not what was approved, and whose key asked for it', async () => {
    const desk = box.desk();
    const { id } = await box.batch();
    await desk.unfit(psp, id, 'sealed-file-differs');
    await desk.unfit(visitorOf('amex'), id, 'sealed-file-differs');
    expect(await box.refusals()).toEqual([['open', 'sealed-file-differs']]);
    const { origin, object, data } = (await box.store.leaves()).at(-1)!;
    expect([origin, object]).toEqual([`pickup:${psp.from}`, `batch:${id}`]);
    expect(data).toMatchObject({ box: 'psp', key: psp.key, batch: id, handoff: box.handoff });
    expect((await box.batch()).state).toBe('offered');
  });
});

describe('PickupDesk.covered()', () => {
  it('counts nothing of a file in the box of another', async () => {
    const desk = box.desk();
    const { id, bytes } = await box.batch();
    await desk.open(psp, id);
    expect(await desk.covered(visitorOf('amex'), id, [[0, bytes]], true)).toBe(false);
    expect((await box.batch()).state).toBe('partly-read');
    expect(await desk.covered(psp, id, [[0, bytes]], true)).toBe(true);
    expect((await box.batch()).state).toBe('read');
  });
});

describe('PickupDesk.take()', () => {
  it('wants a test file to be read whole, like any other', async () => {
    const taken: string[] = [];
    const test: BoxBatch = {
      ...{ batch: 't-1', handoff: undefined, name: 'test.pgp', file: 't-1.pgp', shelf: 'tests' },
      ...{ sizeBytes: 100, sha256: '0'.repeat(64), state: 'offered', changedAt: new Date(0) },
    };
    const pickups = Object.assign(Object.create(box.pickups) as typeof box.pickups, {
      boxOf: () => Promise.resolve([test]),
      testTaken: (id: string) => Promise.resolve(void taken.push(id)),
    });
    const desk = box.desk({ pickups });
    await desk.covered(psp, 't-1', [[0, 60]], true);
    expect([await desk.take(psp, 't-1'), taken]).toEqual([false, []]);
    await desk.covered(psp, 't-1', [[60, 100]], false);
    expect([await desk.take(psp, 't-1'), taken]).toEqual([true, ['t-1']]);
  });
});
