import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PickupBox, visitorOf } from '../../support/pickup-box.ts';

const [psp, amex] = [visitorOf('psp'), visitorOf('amex')];

let box: PickupBox;
beforeEach(async () => {
  box = new PickupBox();
  await box.offer();
});
afterEach(() => box.dispose());

describe('SqlitePickupBook', () => {
  it('knows a batch to its own recipient alone', async () => {
    const { pickups } = box;
    const { id, bytes } = await box.batch();
    await expect(pickups.opened(id, amex)).rejects.toMatchObject({ code: 'batch-unknown' });
    await pickups.opened(id, psp);
    expect(await pickups.covered(id, [[0, bytes]], true, amex)).toBe(false);
    expect(await pickups.covered(id, [[0, bytes]], true, psp)).toBe(true);
    await expect(pickups.taken(id, amex)).rejects.toMatchObject({ code: 'batch-unknown' });
    await pickups.taken(id, psp);
    expect((await box.batch()).state).toBe('taken');
  });

  it('writes nothing for bytes that were sent before', async () => {
    const { id, bytes } = await box.batch();
    await box.pickups.opened(id, psp);
    const keptAt = async (): Promise<number | undefined> =>
      (await box.store.db.selectFrom('pickup_reading').selectAll().executeTakeFirst())?.changed_at;
    await box.pickups.covered(id, [[0, bytes - 1]], false, psp);
    const first = await keptAt();
    box.store.nowMs += 1_000;
    await box.pickups.covered(id, [[0, 1]], true, psp);
    expect(await keptAt()).toBe(first);
    await box.pickups.covered(id, [[bytes - 1, bytes]], false, psp);
    expect(await keptAt()).toBe(first! + 1_000);
  });
});
