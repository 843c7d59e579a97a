import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';

const id = 'shop-a-2020';
const cards = someCards(seededRandom(91), 60);
const psp = cards.filter((card) => !card.startsWith('37'));
/** What a person mailed to psp in May: some of the cards of the orders, and three that are in none of them. */
const sent = [...psp.slice(0, 20), ...someCards(seededRandom(92), 4).slice(0, 3)];

let kit: Kit;
let orders: string;
let evidence: string;
let imported: Document;
let list: Document;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'live' });
  await kit.testRecipients('psp', 'amex');
  await kit.openIncident(id);
  orders = kit.put('orders.csv', plainList(cards));
  evidence = kit.put('mail.eml', 'From: officer-1\nSubject: list of 12 May\n');
});

afterAll(() => kit.dispose());

interface Wish {
  readonly source?: string;
  readonly sentAt?: string;
  readonly recipient?: string;
  readonly evidence?: string;
}

/** With a reason; the officer signs at once. */
function importing(wish: Wish = {}): string[] {
  const { source = kit.put('sent.txt', `${sent.join('\n')}\n`), recipient = 'psp' } = wish;
  const { sentAt = '2020-05-12 18:30', evidence: backing = evidence } = wish;
  const command = ['handoff', 'import-sent', '--incident', id, '--recipient', recipient];
  const said = ['--sent-at', sentAt, '--channel', 'mail', '--by', 'K. Sato to the desk of psp'];
  const reason = ['--reason', 'mailed before we had this program'];
  const files = ['--source', source, '--evidence', backing];
  return [...kit.secret, ...kit.officer.acting, ...reason, ...command, ...said, ...files];
}

const stateOf = async (handoff: string): Promise<string> =>
  (await kit.done(['handoff', 'show', handoff])).batches[0].state;

describe('handoff import-sent', () => {
  it('refuses what cannot be true, is not allowed, or nobody backs', async () => {
    const codes = [
      importing({ sentAt: '2120-05-12 18:30' }),
      importing({ evidence: kit.put('empty', '') }),
      importing({ evidence: kit.put('list.eml', `see ${sent[0]!}\n`) }),
      importing({ recipient: 'nobody' }),
      importing({
        source: kit.put('codes.csv', `card number,cvv\n${sent[0]!},123\n${sent[1]!},456\n`),
      }),
      importing().filter((word) => !word.startsWith('mailed') && word !== '--reason'),
    ].map((command) => kit.refused(command).then(({ code }) => code));
    expect(await Promise.all(codes)).toEqual([
      ...['word-in-future', 'evidence-empty', 'evidence-holds-card', 'usage'],
      ...['sensitive-data', 'reason-required'],
    ]);
    expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
  });

  it('is one person’s word until another confirms it', async () => {
    imported = await kit.done(importing());
    expect([imported.cards, imported.channel]).toEqual([sent.length, 'mail']);
    expect(await stateOf(imported.handoff)).toBe('claimed');
    const own = [...kit.officer.acting, 'handoff', 'approve', imported.handoff];
    expect((await kit.refused(own)).code).toBe('approver-is-requester');
    expect(await kit.refused(kit.prepare(id, [orders]))).toEqual({
      ...{ status: 75, code: 'handoff-undecided' },
    });
    await kit.approve(imported.handoff);
    expect(await stateOf(imported.handoff)).toBe('sent-elsewhere');
    expect(kit.outbox()).toEqual([]);
  });

  it('may be recorded as received, at any time from when it was sent', async () => {
    const [{ batch }] = imported.batches;
    const said = ['--rung', 'received', '--channel', 'phone', '--by', 'Yamada'];
    const record = (at: string): string[] => [
      ...kit.officer.acting,
      ...['handoff', 'record', batch, ...said, '--at', at],
    ];
    const { document: before } = await kit.json(['incident', 'readiness', id]);
    expect(before.open).toContainEqual(
      expect.objectContaining({ item: 'list-unconfirmed', batch }),
    );
    expect((await kit.refused(record('2020-01-01 00:00'))).code).toBe('word-before-delivery');
    await kit.done(record('2020-05-12 18:30'));
    const { document: after } = await kit.json(['incident', 'readiness', id]);
    expect(after.open.map(({ item }: Document) => item)).not.toContain('list-unconfirmed');
  });

  it('sends nothing: there is nothing to deliver', async () => {
    expect(await kit.refused(kit.deliver(imported.handoff))).toEqual({
      ...{ status: 77, code: 'handoff-empty' },
    });
  });

  it.each([
    ['en', ['sent elsewhere', 'K. Sato to the desk of psp', 'by other means']],
    ['ja', ['別途送付済み', 'K. Sato to the desk of psp', '別の方法']],
  ])('is shown as a person’s word, in %s', async (language, words) => {
    const told: string[] = [];
    for (const command of [['list'], ['show', imported.handoff], ['review', imported.handoff]]) {
      told.push((await kit.run(['--lang', language, 'handoff', ...command])).stdout);
    }
    told.push((await kit.run(['--lang', language, 'handoff', 'summary', imported.handoff])).stdout);
    for (const word of words) expect(told.join('\n')).toContain(word);
    expect(told[1]).toContain('◆');
  });

  it('keeps no name and no card in the log, and its digests', async () => {
    const { entries } = await kit.done(['audit', 'tail', '--entries', '9']);
    const { leaf } = entries.find((entry: Document) => entry.leaf.act === 'handoff-import-sent');
    expect(leaf.data).toMatchObject({ cards: sent.length, recipient: 'psp', channel: 'mail' });
    const text = JSON.stringify(leaf);
    expect(text).not.toMatch(/Sato|program/);
    expect(sent.filter((card) => text.includes(card))).toEqual([]);
  });
});

describe('the first list after it', () => {
  it('leaves out what was sent, and may be an extension', async () => {
    list = await kit.done(kit.prepare(id, [orders], ['--stage', 'extension']));
    expect([list.cards, list.excluded]).toEqual([cards.length - 20, { 'already-handed-off': 20 }]);
    const { stdout } = await kit.run(['handoff', 'review', list.handoff]);
    expect(stdout).toContain(imported.batches[0].batch);
    await kit.approve(list.handoff);
    await kit.done(kit.deliver(list.handoff));
    expect((await kit.done(['status'])).uncovered).toEqual([]);
  });

  it('after an amendment tells of every card of that list that only the person can know', async () => {
    const toml = incidentToml(id).replace('from = 2019-12-16', 'from = 2020-01-02');
    const file = kit.put('amended.toml', toml);
    const amend = ['--as', kit.officer.id, 'incident', 'amend', id, file, '--dry-run'];
    const { amendment } = await kit.done(amend);
    const recall = amendment.recalls.find(({ handoff }: Document) => handoff === imported.handoff);
    expect([recall.cards, recall.untold]).toEqual([0, sent.length]);
  });

  it('shows the cards as uncovered once the import is withdrawn, until a list brings them', async () => {
    const cancel = ['--as', kit.officer.id, 'handoff', 'cancel', imported.handoff];
    expect((await kit.refused(cancel)).code).toBe('reason-required');
    await kit.done(['--reason', 'it was another list', ...cancel]);
    const { uncovered } = await kit.done(['status']);
    expect(uncovered.map((row: Document) => [row.recipient, row.cards])).toEqual([['psp', 20]]);
    const next = await kit.done(kit.prepare(id, [orders]));
    expect(next.cards).toBe(20);
    expect((await kit.done(['status'])).uncovered).toEqual([]);
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
