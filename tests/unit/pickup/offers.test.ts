import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { OpenpgpFault } from '../../../src/edge/openpgp/errors.ts';
import { offerAgain } from '../../../src/exchange/pickup/offer-again.ts';
import { showHandoff } from '../../../src/exchange/handoff/show-handoff.ts';
import { noticeRound } from '../../../src/exchange/serve/notice-round.ts';
import { offerRound } from '../../../src/exchange/serve/offer-round.ts';
import { workspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import { PickupBox, visitorOf } from '../../support/pickup-box.ts';

const DAY_MS = 86_400_000;
const psp = visitorOf('psp');

let box: PickupBox;
beforeEach(() => {
  box = new PickupBox();
});
afterEach(() => box.dispose());

const endOffers = (): Promise<void> => offerRound(box).run(new AbortController().signal);

async function standing(): Promise<unknown[]> {
  const { state, fault } = await box.batch();
  return [state, fault?.code];
}

async function again(reason: string | undefined = 'they can fetch it now'): Promise<unknown> {
  const { id } = await box.batch();
  return offerAgain(box, { batch: id, officer: 'officer-1', reason });
}

describe('an offer', () => {
  it('ends with its plan where the plan gives it no days', async () => {
    await box.offer();
    box.store.nowMs += 3 * DAY_MS - 60_000;
    await endOffers();
    expect(await standing()).toEqual(['offered', undefined]);
    box.store.nowMs += 61_000;
    await endOffers();
    expect(await standing()).toEqual(['expired', 'offer-ended']);
    await expect(again()).rejects.toMatchObject({ code: 'plan-expired' });
    expect(await standing()).toEqual(['expired', 'offer-ended']);
  });

  it('waits for the days that the plan gives it, however old the plan is then', async () => {
    await box.offer({ offer_days: 14 });
    const { id } = await box.batch();
    box.store.nowMs += 14 * DAY_MS;
    await endOffers();
    expect(await box.desk().open(psp, id)).toBe(true);
    expect(await standing()).toEqual(['partly-read', undefined]);
  });

  it('cannot be opened after its end, also before the round has come', async () => {
    await box.offer({ offer_days: 14 });
    const { id } = await box.batch();
    box.store.nowMs += 14 * DAY_MS + 1;
    expect(await box.desk().open(psp, id)).toBe(false);
    expect(await box.refusals()).toEqual([['open', 'offer-ended']]);
  });

  it('that was opened in time ends as late after the last byte as one that is made then', async () => {
    await box.offer({ offer_days: 3 });
    const { id, bytes } = await box.batch();
    box.store.nowMs += 2 * DAY_MS;
    await box.desk().open(psp, id);
    box.store.nowMs += 2 * DAY_MS;
    await box.desk().covered(psp, id, [[0, bytes - 1]], true);
    box.store.nowMs += 3 * DAY_MS;
    await endOffers();
    expect(await standing()).toEqual(['partly-read', undefined]);
    expect(await box.desk().open(psp, id)).toBe(true);
    box.store.nowMs += 1;
    await endOffers();
    expect(await standing()).toEqual(['expired', 'offer-ended']);
    expect(await box.desk().open(psp, id)).toBe(false);
  });

  it('that was opened leaves a day to fetch on, whatever its plan says', async () => {
    await box.offer();
    const { id } = await box.batch();
    box.store.nowMs += 3 * DAY_MS - 60_000;
    await box.desk().open(psp, id);
    box.store.nowMs += DAY_MS;
    await endOffers();
    expect(await standing()).toEqual(['partly-read', undefined]);
    box.store.nowMs += 1;
    await endOffers();
    expect(await standing()).toEqual(['expired', 'offer-ended']);
  });

  it('that is made again counts what was sent before, and is read once the rest was sent', async () => {
    await box.offer({ offer_days: 1 });
    const { id, bytes } = await box.batch();
    await box.desk().open(psp, id);
    await box.desk().covered(psp, id, [[0, 1]], false);
    box.store.nowMs += 2 * DAY_MS;
    await endOffers();
    await again();
    expect(await standing()).toEqual(['offered', undefined]);
    await box.desk().open(psp, id);
    await box.desk().covered(psp, id, [[2, bytes]], true);
    expect(await standing()).toEqual(['partly-read', undefined]);
    await box.desk().covered(psp, id, [[1, 2]], true);
    expect(await standing()).toEqual(['read', undefined]);
  });

  it('is told of once, a day before its end', async () => {
    await box.offer({ offer_days: 14 });
    box.store.nowMs += 13 * DAY_MS + 1;
    const kinds = async (): Promise<unknown[]> => {
      await noticeRound(box).run(new AbortController().signal);
      const told = (await box.store.leaves()).filter(({ act }) => act === 'escalation');
      return told.map(({ data }) => data['kind']).filter((kind) => kind === 'offer-ending');
    };
    expect([await kinds(), await kinds()]).toEqual([['offer-ending'], ['offer-ending']]);
    const { escalations } = await workspaceStatus(box);
    expect(escalations.map(({ kind }) => kind)).toEqual(['offer-ending']);
  });
});

describe('a pickup term', () => {
  const HOUR_MS = DAY_MS / 24;
  const withTerm = async (): Promise<void> => {
    await box.offer({ offer_days: 2 });
    box.configuration.changeRecipient('psp', { pickup: { within_hours: 24 } });
  };

  /** How often the log tells of it, after one more round, and whether `status` shows it. */
  async function told(): Promise<unknown[]> {
    await noticeRound(box).run(new AbortController().signal);
    const leaves = (await box.store.leaves()).filter(
      ({ act, data }) => act === 'escalation' && data['kind'] === 'pickup-overdue',
    );
    const { id } = await box.batch();
    expect(new Set(leaves.map(({ object }) => object))).toEqual(
      new Set(leaves.length === 0 ? [] : [`batch:${id}`]),
    );
    const { escalations } = await workspaceStatus(box);
    return [leaves.length, escalations.some(({ kind }) => kind === 'pickup-overdue')];
  }

  const shown = async (): Promise<unknown> =>
    (await showHandoff(box, box.handoff)).pickups?.map(({ batch, dueAt, isOverdue }) => [
      ...[batch.recipient, dueAt.getTime() - box.store.nowMs, isOverdue],
    ]);

  it('that passes is told of once, of the recipient alone who has one', async () => {
    await withTerm();
    expect(await shown()).toEqual([['psp', DAY_MS, false]]);
    box.store.nowMs += DAY_MS - 1;
    expect(await told()).toEqual([0, false]);
    box.store.nowMs += 1;
    expect([await told(), await told()]).toEqual([
      [1, true],
      [1, true],
    ]);
    expect(await shown()).toEqual([['psp', 0, true]]);
  });

  it('counts from the offer, not from the opening, and ends once all of it was fetched', async () => {
    await withTerm();
    const { id, bytes } = await box.batch();
    box.store.nowMs += 23 * HOUR_MS;
    await box.desk().open(psp, id);
    await box.desk().covered(psp, id, [[0, 1]], false);
    expect(await shown()).toEqual([['psp', HOUR_MS, false]]);
    box.store.nowMs += HOUR_MS;
    expect(await told()).toEqual([1, true]);
    await box.desk().covered(psp, id, [[1, bytes]], true);
    expect(await told()).toEqual([1, false]);
    expect(await shown()).toEqual([]);
  });

  it('counts anew for an offer that is made again', async () => {
    await withTerm();
    box.store.nowMs += 2 * DAY_MS + 1;
    expect(await told()).toEqual([1, true]);
    await endOffers();
    expect(await told()).toEqual([1, false]);
    await again();
    expect(await shown()).toEqual([['psp', DAY_MS, false]]);
    box.store.nowMs += DAY_MS;
    expect([await told(), await told()]).toEqual([
      [2, true],
      [2, true],
    ]);
  });
});

describe('offerAgain()', () => {
  beforeEach(async () => {
    await box.offer({ offer_days: 14 });
    box.store.nowMs += 15 * DAY_MS;
    await endOffers();
  });

  it('offers the same bytes under the same name for as many days', async () => {
    const before = await box.batch();
    await again();
    const { id, file, sha256, state, fault } = await box.batch();
    expect([id, file, sha256]).toEqual([before.id, before.file, before.sha256]);
    expect([state, fault]).toEqual(['offered', undefined]);
    box.store.nowMs += 14 * DAY_MS;
    await endOffers();
    expect(await box.desk().open(psp, id)).toBe(true);
  });

  it('wants a reason, and an officer', async () => {
    await expect(again('')).rejects.toMatchObject({ code: 'reason-required' });
    const { id } = await box.batch();
    const stranger = { batch: id, officer: 'nobody', reason: 'x' };
    await expect(offerAgain(box, stranger)).rejects.toMatchObject({ code: 'officer-unknown' });
    expect(await standing()).toEqual(['expired', 'offer-ended']);
  });

  it('offers nothing that would not be handed out', async () => {
    const { fingerprint } = box.configuration.recipients.find(({ id }) => id === 'psp')!;
    const expired = new OpenpgpFault('certificate-expired', { fingerprint });
    box.certificates.faults.set(fingerprint, expired);
    await expect(again()).rejects.toMatchObject({ code: 'certificate-no-longer-good' });
    box.certificates.faults.delete(fingerprint);
    box.configuration.changeOfficer('approver-1', { state: 'disabled' });
    await expect(again()).rejects.toMatchObject({ code: 'officer-disabled' });
    expect(await standing()).toEqual(['expired', 'offer-ended']);
  });

  it('offers nothing that ended for another reason', async () => {
    const { id } = await box.batch();
    const fault = JSON.stringify({ code: 'certificate-no-longer-good', retry: 'never' });
    await box.store.db.updateTable('batch').set({ fault }).where('id', '=', id).execute();
    await expect(again()).rejects.toMatchObject({ code: 'state-forbids' });
  });

  it('offers no file that was changed here', async () => {
    const { file } = await box.batch();
    box.folder.sealed.set(file, new Uint8Array(8));
    await expect(again()).rejects.toMatchObject({ code: 'sealed-file-differs' });
    expect(await standing()).toEqual(['expired', 'offer-ended']);
  });
});
