import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { IncidentEntry } from '../../../src/domain/incident/incident.ts';
import { amendIncident } from '../../../src/exchange/incident/amend-incident.ts';
import type { RecallWish } from '../../../src/exchange/recall/choose-recalled.ts';
import { recallHandoff } from '../../../src/exchange/recall/recall-handoff.ts';
import { putInJanuary } from '../../support/card-pages.ts';
import { incidentEntry } from '../../support/incident-entry.ts';
import { PickupBox, visitorOf } from '../../support/pickup-box.ts';

const incident = 'shop-a-2020';
const psp = visitorOf('psp');
const narrower = [{ name: 'web', channels: ['web'], from: '2020-03-01', to: '2020-04-08' }];

let box: PickupBox;
let list: string;
/** The list was read, and the amended incident leaves its cards out. */
beforeEach(async () => {
  box = new PickupBox();
  box.configuration.changeRecipient('psp', { profile: 'pan-expiry-reference' });
  await box.offer();
  list = (await box.batch()).id;
  await putInJanuary(box.store, list);
  await box.store.db.updateTable('batch').set({ state: 'read' }).execute();
  await amend({ windows: narrower });
});
afterEach(() => box.dispose());

async function amend(changes: Partial<IncidentEntry>): Promise<void> {
  box.tables.tables.set('amended.toml', incidentEntry(changes));
  const said = { officer: 'officer-1', reason: 'final report', isDryRun: false };
  await amendIncident(box, { incident, file: 'amended.toml', ...said });
}

/** A recall that waits in the box of psp. */
async function offered(wish: RecallWish): Promise<string> {
  const said = { officer: 'officer-1', reason: 'the window moved', dryRun: false };
  const { handoff } = await recallHandoff(box, { incident, wish, ...said });
  await box.request(handoff);
  await box.decide(handoff);
  await box.deliver(handoff);
  return (await box.batchFor(handoff, 'psp')).id;
}

const stateOf = async (batch: string): Promise<string> => (await box.handoffs.batch(batch)).state;

describe('PickupDesk.open() of a recall', () => {
  it('hands out no more of one that follows from a document which was replaced, and its cards are recalled again', async () => {
    const desk = box.desk();
    const recall = await offered({ basis: 'amendment', batches: [list] });
    expect(await desk.open(psp, recall)).toBe(true);
    await amend({});
    expect(await stateOf(recall)).toBe('partly-read');
    expect(await desk.open(psp, recall)).toBe(false);
    expect(await box.refusals()).toEqual([['open', 'plan-changed']]);
    await amend({ windows: narrower });
    const again = await offered({ basis: 'amendment', batches: [list] });
    expect(await desk.open(psp, again)).toBe(true);
  });

  it('hands out one for which an officer named the file, whatever the document says', async () => {
    const recall = await offered({ basis: 'batches', batches: [list] });
    await amend({});
    expect(await stateOf(recall)).toBe('offered');
    expect(await box.desk().open(psp, recall)).toBe(true);
  });
});
