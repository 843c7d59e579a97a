import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { showHandoff } from '../../../src/exchange/handoff/show-handoff.ts';
import { summariseHandoff } from '../../../src/exchange/handoff/summarise-handoff.ts';
import { addCardAnswer } from '../../support/card-answer-of.ts';
import { PickupBox, visitorOf } from '../../support/pickup-box.ts';
import { resolveBatch } from '../../../src/exchange/delivery/settle-batch.ts';

const psp = visitorOf('psp');

let box: PickupBox;
beforeEach(async () => {
  box = new PickupBox();
  await box.offer({ offer_days: 30 });
});
afterEach(() => box.dispose());

/** On what the summary says that the batch of psp rests. */
async function evidence(): Promise<string> {
  const { id } = await box.batch();
  const { batches } = summariseHandoff(await showHandoff(box, box.handoff));
  return batches.find(({ batch }) => batch.id === id)!.evidence;
}

describe('summariseHandoff()', () => {
  it('says fetched of a file alone that was sent whole', async () => {
    const { id, bytes } = await box.batch();
    await box.desk().open(psp, id);
    expect(await evidence()).toBe('none');
    await box.desk().covered(psp, id, [[0, bytes]], true);
    expect(await evidence()).toBe('fetched');
  });

  it("says that a part and an officer's word are a person's word", async () => {
    const { id } = await box.batch();
    await box.desk().open(psp, id);
    const said = { officer: 'officer-1', reason: 'they rang', evidenceSha256: undefined };
    await resolveBatch(box, { batch: id, outcome: 'received', ...said });
    expect(await evidence()).toBe('persons-word');
  });

  it('says of a part that was withdrawn what was fetched, by whom and why, until the reason is purged', async () => {
    const { id, bytes } = await box.batch();
    await box.desk().open(psp, id);
    await box.desk().covered(psp, id, [[0, Math.floor(bytes / 2)]], false);
    expect(await evidence()).toBe('fetched-partly');
    const said = { officer: 'officer-1', reason: 'nobody waits', evidenceSha256: undefined };
    await resolveBatch(box, { batch: id, outcome: 'withdrawn', ...said });
    expect(await evidence()).toBe('fetched-partly');
    const withdrawn = async () => (await box.store.handoffs.batch(id)).withdrawn;
    expect(await withdrawn()).toEqual({ officer: 'officer-1', reason: 'nobody waits' });
    await box.store.db.deleteFrom('leaf_text').execute();
    expect(await withdrawn()).toEqual({ officer: 'officer-1', reason: undefined });
  });

  it('says of a part and a signed answer that the answer shows it', async () => {
    const { id } = await box.batch();
    await box.desk().open(psp, id);
    await addCardAnswer(box.store, id, 'a', { rest: 'accepted', rows: [] });
    expect(await evidence()).toBe('answer');
  });

  it('says it of what was presumed likewise', async () => {
    const { id } = await box.batch();
    await box.store.db.updateTable('batch').set({ state: 'presumed' }).execute();
    await addCardAnswer(box.store, id, 'a', { rest: 'accepted', rows: [] });
    expect(await evidence()).toBe('answer');
  });
});
