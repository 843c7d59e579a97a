import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CardProcessFault } from '../../../src/cde/errors.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import type { Review } from '../../../src/domain/handoff/review.ts';
import { IntakeFault } from '../../../src/domain/intake/errors.ts';
import { sourceSpecSchema } from '../../../src/domain/intake/source-spec.ts';
import { OpenpgpFault } from '../../../src/edge/openpgp/errors.ts';
import { cancelHandoff } from '../../../src/exchange/handoff/cancel-handoff.ts';
import { listFindings } from '../../../src/exchange/handoff/list-findings.ts';
import { closeIncident } from '../../../src/exchange/incident/open-incident.ts';
import { showHandoff } from '../../../src/exchange/handoff/show-handoff.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { fingerprintOf } from '../../support/recipient-entry.ts';

let desk: ExchangeDesk;
beforeEach(async () => {
  desk = new ExchangeDesk();
  await desk.openIncident();
});
afterEach(() => desk.dispose());

/** Nothing of a prepare is left: no row, page, document or sealed file. */
async function expectNothingLeft(): Promise<void> {
  expect(await desk.handoffs.list()).toEqual([]);
  expect(await desk.handoffs.isPreparing()).toBe(false);
  expect([...desk.folder.sealed.keys()]).toEqual([]);
  expect([...desk.folder.documents.keys()]).toEqual([]);
  for (const table of ['card_page', 'hash_page', 'relied_page', 'finding_page'] as const) {
    expect(await desk.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  }
}

describe('prepareHandoff()', () => {
  it('stores a handoff that waits, with plan, review and sealed files', async () => {
    desk.cardProcess.cards = { psp: [1, 2, 3], amex: [4, 5] };
    const { handoff, plan } = await desk.prepare();
    const row = await desk.handoffs.get(handoff);
    expect(row).toMatchObject({ state: 'undecided', requester: 'officer-1', mode: 'drill' });
    expect(row.planSha256).toBe(digestOf(plan!.plan));
    expect(desk.folder.documents.get(`${handoff}/plan.json`)).toEqual(row.plan);
    expect(desk.folder.documents.get(`${handoff}/review.json`)).toEqual(row.review);
    const batches = await desk.handoffs.batchesOf(handoff);
    expect(
      batches.map(({ recipient, cards, firstReference }) => [recipient, cards, firstReference]),
    ).toEqual([
      ['psp', 3, 1],
      ['amex', 2, 4],
    ]);
    expect([...desk.folder.sealed.keys()]).toEqual(batches.map(({ file }) => file));
  });

  it('names the stage it was given, else that of the incident, in job, plan, review and leaf', async () => {
    const told = async (handoff: string): Promise<unknown[]> => {
      const { report, review } = await desk.handoffs.get(handoff);
      const { stage } = JSON.parse(new TextDecoder().decode(review)) as Review;
      const leaf = (await desk.store.leaves()).at(-1)!;
      const job = desk.cardProcess.jobs.at(-1)!.incident.stage;
      return [job, (await desk.planOf(handoff)).stage, stage, report?.stage, leaf.data['stage']];
    };
    const first = await desk.prepare();
    expect(await told(first.handoff)).toEqual(Array(5).fill('interim'));
    await desk.request(first.handoff);
    await desk.decide(first.handoff, { decision: 'decline', reason: 'wrong' });
    const second = await desk.prepare({ stage: 'final' });
    expect(await told(second.handoff)).toEqual(Array(5).fill('final'));
  });

  it('reads nothing for an extension before a list was delivered, nor for an unexplained correction', async () => {
    await expect(desk.prepare({ stage: 'extension' })).rejects.toMatchObject({
      ...{ code: 'stage-without-list', facts: { stage: 'extension' } },
    });
    await expect(desk.prepare({ stage: 'correction' })).rejects.toMatchObject({
      ...{ code: 'reason-required' },
    });
    expect(desk.cardProcess.jobs).toEqual([]);
    await expectNothingLeft();
  });

  it('takes an extension once a batch is stored, and no interim list after a final one', async () => {
    const { handoff } = await desk.prepare({ stage: 'final' });
    await desk.request(handoff);
    await desk.decide(handoff);
    await expect(desk.prepare({ stage: 'interim' })).rejects.toMatchObject({
      ...{ code: 'stage-after-final', facts: { stage: 'interim', handoff } },
    });
    await desk.store.db.updateTable('batch').set({ state: 'stored' }).execute();
    desk.cardProcess.cards = { psp: [1, 2, 3, 4] };
    expect((await desk.prepare({ stage: 'extension' })).result.cards).toBe(1);
  });

  it('writes one leaf with counts and digests, the reason outside it', async () => {
    const before = (await desk.acts()).length;
    const accept = { acceptHeld: ['date-missing'], reason: 'the shop confirmed' };
    const { handoff } = await desk.prepare(accept);
    expect(await desk.acts(before)).toEqual(['handoff-prepare']);
    const leaf = (await desk.store.leaves()).at(-1)!;
    expect(leaf.data).toMatchObject({ handoff, cards: 3, accepted: ['date-missing'] });
    expect(JSON.stringify(leaf)).not.toContain('shop confirmed');
  });

  it('keeps the issuer key of the incident from the first time on', async () => {
    await desk.prepare();
    expect(desk.cardProcess.jobs[0]!.wrappedKey).toBeUndefined();
    expect((await desk.incidents.get('shop-a-2020')).wrappedKey).toEqual(new Uint8Array([1, 2]));
    await cancelled('h-1');
    await desk.prepare();
    expect(desk.cardProcess.jobs[1]).toMatchObject({ wrappedKey: '0102', firstReference: 4 });
  });

  it('zeroes the passphrase after use, also after a fault', async () => {
    await desk.prepare();
    await cancelled('h-1');
    desk.cardProcess.fault = new CardProcessFault('card-process-died');
    await expect(desk.prepare()).rejects.toThrow();
    for (const passphrase of desk.cardProcess.passphrases) {
      expect(passphrase.every((byte) => byte === 0)).toBe(true);
    }
    expect(desk.cardProcess.passphrases).toHaveLength(2);
  });

  it('scrubs a file name that looks like a card number', async () => {
    const spec = sourceSpecSchema.parse({ kind: 'orders' });
    const sources = [{ path: '/x', name: 'card-4111111111111111.csv', spec }];
    const { handoff } = await desk.prepare({ sources });
    expect((await desk.handoffs.sourcesOf(handoff))[0]!.name).not.toContain('41111111');
  });

  it('ends as nothing-to-send when every record was excluded or held', async () => {
    desk.cardProcess.cards = {};
    desk.cardProcess.held = { 'no-recipient': 7 };
    const { handoff } = await desk.prepare();
    expect(await desk.handoffs.get(handoff)).toMatchObject({
      ...{ state: 'nothing-to-send', report: { read: 7, cards: 0, held: { 'no-recipient': 7 } } },
    });
    expect((await desk.prepare()).handoff).not.toBe(handoff);
  });

  it('leaves out what an earlier handoff brings, and names the batches it relies on', async () => {
    const { handoff: first } = await desk.prepare();
    await desk.request(first);
    await desk.decide(first);
    desk.cardProcess.cards = { psp: [2, 3, 4] };
    const { handoff, result } = await desk.prepare();
    expect(result).toMatchObject({ read: 3, cards: 1, excluded: { 'already-handed-off': 2 } });
    expect((await desk.planOf(handoff)).reliedOn).toEqual([{ batch: 'b-1', cards: 2 }]);
  });

  it('takes cards in again when the handoff that was to bring them was declined', async () => {
    const { handoff: first } = await desk.prepare();
    await desk.decide(first, { decision: 'decline', reason: 'wrong file' });
    const { handoff, result } = await desk.prepare();
    expect(result.cards).toBe(3);
    expect((await desk.planOf(handoff)).reliedOn).toEqual([]);
  });
});

describe('prepareHandoff() as a dry run', () => {
  it('answers with the counts and stores nothing, not even a leaf', async () => {
    const before = (await desk.acts()).length;
    const { result, plan } = await desk.prepare({ dryRun: true });
    expect(result.cards).toBe(3);
    expect(plan).toBeUndefined();
    await expectNothingLeft();
    expect(await desk.acts(before)).toEqual([]);
    const row = await desk.incidents.get('shop-a-2020');
    expect(row).toMatchObject({ wrappedKey: undefined, nextReference: 1 });
  });

  it('stores nothing about an earlier batch either', async () => {
    const { handoff } = await desk.prepare();
    await desk.request(handoff);
    await desk.decide(handoff);
    expect((await desk.prepare({ dryRun: true })).result.excluded).toEqual({
      'already-handed-off': 3,
    });
    expect(await desk.store.db.selectFrom('relied_page').selectAll().execute()).toEqual([]);
  });
});

describe('prepareHandoff() refuses and leaves only a leaf', () => {
  it.each([
    ['sensitive data', new IntakeFault('sensitive-data', { source: 1, column: 3 }), { column: 3 }],
    ['a line that is too long', new IntakeFault('line-too-long', { line: 7 }), { line: 7 }],
    ['a process that died', new CardProcessFault('card-process-died'), {}],
    ['an error nobody foresaw', new Error('4111111111111111'), { code: 'internal' }],
  ])('on %s', async (_, fault, data) => {
    const before = (await desk.acts()).length;
    desk.cardProcess.fault = fault;
    await expect(desk.prepare()).rejects.toBe(fault);
    await expectNothingLeft();
    expect(await desk.acts(before)).toEqual(['handoff-prepare-refused']);
    const leaf = (await desk.store.leaves()).at(-1)!;
    expect(leaf.result).toBe('refused');
    expect(leaf.data).toMatchObject({ incident: 'shop-a-2020', ...data });
    expect(JSON.stringify(leaf)).not.toContain('4111');
  });

  it('on a workspace passphrase that cannot be read', async () => {
    desk.passphrases.read = () => Promise.reject(new OpenpgpFault('passphrase-wrong'));
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'passphrase-wrong' });
    await expectNothingLeft();
    expect((await desk.acts()).at(-1)).toBe('handoff-prepare-refused');
  });

  it('on a document that cannot be written', async () => {
    desk.folder.fault = new Error('disk full');
    await expect(desk.prepare()).rejects.toThrow('disk full');
    await expectNothingLeft();
  });

  it('can be done again afterwards', async () => {
    desk.cardProcess.fault = new CardProcessFault('card-process-died');
    await expect(desk.prepare()).rejects.toThrow();
    desk.cardProcess.fault = undefined;
    expect((await desk.prepare()).result.cards).toBe(3);
  });

  it('removes the documents and files of its own handoff only', async () => {
    const { handoff } = await desk.prepare();
    await desk.request(handoff);
    await desk.decide(handoff);
    const [sealed, documents] = [desk.folder.sealed, desk.folder.documents].map(({ size }) => size);
    desk.cardProcess.cards = { psp: [7] };
    desk.cardProcess.fault = new CardProcessFault('card-process-died');
    await expect(desk.prepare()).rejects.toThrow();
    expect([desk.folder.sealed.size, desk.folder.documents.size]).toEqual([sealed, documents]);
    expect(await desk.handoffs.list()).toHaveLength(1);
  });
});

describe('prepareHandoff() refuses before anything is read', () => {
  it.each([
    [undefined, 'officer-required'],
    ['nobody', 'officer-unknown'],
    ['approver-1', 'role-missing'],
  ])('for %s', async (officer, code) => {
    await expect(desk.prepare({ officer })).rejects.toMatchObject({ code });
    expect(desk.cardProcess.jobs).toEqual([]);
  });

  it('for an unknown incident and a closed one', async () => {
    await expect(desk.prepare({ incident: 'none' })).rejects.toMatchObject({
      code: 'incident-unknown',
    });
    await closeIncident(desk, { incident: 'shop-a-2020', officer: 'officer-1', reason: 'over' });
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'incident-closed' });
    expect(desk.cardProcess.jobs).toEqual([]);
  });

  it('while another handoff of the incident waits', async () => {
    await desk.prepare();
    await expect(desk.prepare()).rejects.toMatchObject({
      ...{ code: 'handoff-undecided', retry: 'later' },
    });
    await expect(desk.prepare({ dryRun: true })).rejects.toMatchObject({
      code: 'handoff-undecided',
    });
    expect(desk.folder.sealed.size).toBe(1);
  });

  it('for held records that are let through without a reason', async () => {
    const accept = { acceptHeld: ['date-missing'], reason: undefined };
    await expect(desk.prepare(accept)).rejects.toMatchObject({ code: 'reason-required' });
    expect(desk.cardProcess.jobs).toEqual([]);
  });

  it('for a route to a recipient that is disabled or gone', async () => {
    desk.configuration.changeRecipient('amex', { state: 'disabled' });
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'route-recipient-disabled' });
    desk.configuration.recipients = desk.configuration.recipients.slice(0, 1);
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'route-recipient-unknown' });
  });

  it('for a certificate that is no longer good, and for a profile nobody knows', async () => {
    desk.certificates.faults.set(fingerprintOf(3), new OpenpgpFault('certificate-expired'));
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'certificate-expired' });
    desk.certificates.faults.clear();
    const changed = new OpenpgpFault('certificate-subkey-changed');
    desk.certificates.faults.set(`still ${fingerprintOf(1)}`, changed);
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'certificate-subkey-changed' });
    desk.certificates.faults.clear();
    desk.configuration.changeRecipient('psp', { profile: 'none' });
    await expect(desk.prepare()).rejects.toMatchObject({ code: 'profile-unknown' });
  });

  it('where no profile has a place for the request of a waiver', async () => {
    for (const id of ['psp', 'amex'])
      desk.configuration.changeRecipient(id, { profile: 'pan-list' });
    await expect(desk.prepare({ requestsWaiver: true })).rejects.toMatchObject({
      ...{ code: 'waiver-unsaid', facts: { profiles: ['pan-list'] } },
    });
    expect((await desk.prepare()).requestsWaiver).toBe(false);
  });

  it('a recipient that no route reaches needs no good certificate', async () => {
    const [first, second] = desk.configuration.recipients;
    const other = { ...second!, id: 'unused', fingerprint: fingerprintOf(50) };
    desk.configuration.recipients = [first!, second!, other];
    desk.certificates.faults.set(fingerprintOf(50), new OpenpgpFault('certificate-expired'));
    expect((await desk.prepare()).result.cards).toBe(3);
  });
});

describe('composePlan()', () => {
  it('adds up: read is cards, excluded and held, in plan, review and batches', async () => {
    desk.cardProcess.cards = { psp: [1, 2, 3], amex: [4] };
    desk.cardProcess.excluded = { luhn: 5, duplicate: 7 };
    desk.cardProcess.held = { 'date-missing': 2 };
    const { handoff } = await desk.prepare();
    const plan = await desk.planOf(handoff);
    const row = await desk.handoffs.get(handoff);
    const review = JSON.parse(new TextDecoder().decode(row.review)) as Review;
    for (const counts of [plan, review]) {
      expect(counts).toMatchObject({ read: 18, cards: 4, excluded: { luhn: 5, duplicate: 7 } });
    }
    expect(plan.batches.reduce((sum, { cards }) => sum + cards, 0)).toBe(4);
    expect(review.batches.map(({ cards }) => cards)).toEqual(
      plan.batches.map(({ cards }) => cards),
    );
  });

  it('salts a review, so that its digest tells nothing of the digits in it', async () => {
    const salts: string[] = [];
    for (const id of ['shop-b', 'shop-c']) {
      await desk.openIncident({ id });
      const { handoff } = await desk.prepare({ incident: id });
      const { review } = await desk.handoffs.get(handoff);
      salts.push((JSON.parse(new TextDecoder().decode(review)) as Review).salt);
    }
    expect(salts.map((salt) => /^[0-9a-f]{32}$/.test(salt))).toEqual([true, true]);
    expect(new Set(salts).size).toBe(2);
  });

  it('says of each batch that it asks for a waiver, in plan, review and log', async () => {
    const without = await desk.prepare({ dryRun: true });
    expect(without.result.batches.map((batch) => 'requestsWaiver' in batch)).not.toContain(true);
    const { handoff, plan } = await desk.prepare({ requestsWaiver: true });
    const { batches } = await desk.planOf(handoff);
    expect(batches.map(({ requestsWaiver }) => requestsWaiver)).toEqual(batches.map(() => true));
    const review = JSON.parse(new TextDecoder().decode(plan!.review)) as Review;
    expect(review.batches[0]).toMatchObject({ requestsWaiver: true });
    const leaf = (await desk.store.leaves()).find(({ act }) => act === 'handoff-prepare');
    const ids = batches.map(({ batch }) => batch);
    expect(leaf!.data['requestsWaiver']).toEqual(ids);
    expect((await desk.handoffs.get(handoff)).report?.requestsWaiver).toEqual(ids);
  });

  it('fixes recipient, certificate, subkey, pins and endpoint of each batch', async () => {
    const { handoff } = await desk.prepare();
    const [batch] = (await desk.planOf(handoff)).batches;
    expect(batch).toMatchObject({
      ...{ recipient: 'psp', certificate: fingerprintOf(1), encryptionSubkey: fingerprintOf(2) },
      profile: 'pan-expiry-reference',
      endpoint: { kind: 'sftp', host: 'sftp.psp.example', port: 22, canReadBack: true },
    });
    expect(batch!.profileSha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('names workspace, policy, requester, signer, incident text and its own end', async () => {
    const { handoff } = await desk.prepare();
    const plan = await desk.planOf(handoff);
    const { documentSha256 } = await desk.incidents.get('shop-a-2020');
    expect(plan).toMatchObject({
      ...{ type: 'mimamori/plan/v1', workspace: 'drill-1', mode: 'drill', approvalsRequired: 1 },
      ...{ requester: 'officer-1', requesterCertificate: fingerprintOf(11) },
      ...{ signer: 'F'.repeat(40), incidentSha256: documentSha256 },
      preparedAt: '2026-11-22T10:00:00.000Z',
      expiresAt: '2026-11-25T10:00:00.000Z',
    });
    const opened = (await desk.store.leaves()).find(({ act }) => act === 'incident-open');
    expect(opened!.data['document']).toBe(plan.incidentSha256);
  });

  it('names each decision about held records', async () => {
    const accept = { acceptHeld: ['test-number', 'date-missing'], reason: 'asked the shop' };
    const { handoff } = await desk.prepare(accept);
    expect((await desk.planOf(handoff)).decisions).toEqual([
      { held: 'test-number', records: 1 },
      { held: 'date-missing', records: 1 },
    ]);
  });

  it('holds no name, no free text and no part of a card number', async () => {
    const { handoff } = await desk.prepare({ acceptHeld: ['test-number'], reason: 'asked' });
    const text = JSON.stringify(await desk.planOf(handoff));
    for (const word of ['Example Shop', 'asked', '******', 'orders.csv']) {
      expect(text).not.toContain(word);
    }
  });
});

describe('showHandoff() and listFindings()', () => {
  it('show what was stored', async () => {
    const { handoff } = await desk.prepare();
    const shown = await showHandoff(desk, handoff);
    expect(shown.plan?.handoff).toBe(handoff);
    expect(shown.review?.batches).toHaveLength(1);
    expect(shown.sources[0]).toMatchObject({ name: 'orders.csv', kind: 'orders' });
    const { findings } = await listFindings(desk, handoff, undefined);
    expect(findings).toEqual([{ source: 0, line: 0, reason: 'not-card', kind: 'excluded' }]);
    expect((await listFindings(desk, handoff, 'held')).findings).toEqual([]);
  });

  it('refuse an unknown handoff', async () => {
    await expect(showHandoff(desk, 'none')).rejects.toMatchObject({ code: 'handoff-unknown' });
    await expect(listFindings(desk, 'none', undefined)).rejects.toMatchObject({
      code: 'handoff-unknown',
    });
  });

  it.each(['plan', 'review'] as const)(
    'refuse a %s that was altered in the store',
    async (part) => {
      const { handoff } = await desk.prepare();
      const altered = new TextEncoder().encode('{"batches":[]}');
      await desk.store.db
        .updateTable('handoff')
        .set({ [part]: altered })
        .execute();
      await expect(showHandoff(desk, handoff)).rejects.toMatchObject({
        ...{ code: 'plan-changed', facts: { what: part } },
      });
    },
  );
});

async function cancelled(handoff: string): Promise<void> {
  await cancelHandoff(desk, { extent: 'whole', handoff, officer: 'officer-1', reason: 'again' });
}
