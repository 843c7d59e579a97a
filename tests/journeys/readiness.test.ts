import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import { dayIn } from '../../src/doors/cli/figures.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const cards = someCards(seededRandom(815), 8);

let kit: Kit;
let handoff: string;
let batches: Document[];

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  await kit.openIncident(incident);
});

afterAll(() => kit.dispose());

const zone = 'Asia/Tokyo';
const today = dayIn(new Date(), zone);
const tomorrow = dayIn(new Date(Date.now() + 86_400_000), zone);
const asked = async (): Promise<Document> =>
  (await kit.json(['incident', 'readiness', incident])).document;
const itemsOf = (found: Document): string[] => found.open.map(({ item }: Document) => item);
const told = (...words: readonly string[]): string[] => [
  ...['--as', kit.officer.id, 'incident', 'told', incident, ...words],
];
const by = ['--by', 'Yamada, desk 2', '--channel', 'phone'];

describe('incident readiness', () => {
  it('says before anything was handed over that nothing was: exit 1', async () => {
    const { status, document } = await kit.json(['incident', 'readiness', incident]);
    expect(status).toBe(1);
    expect([document.ready, itemsOf(document)]).toEqual([false, ['no-list', 'desk-unbriefed']]);
    expect((await kit.done(['status'])).notReady).toEqual([]);
  });

  it('asks for every list that nobody said they received, and for every answer', async () => {
    const prepared = await kit.done(kit.prepare(incident, [kit.put('l.csv', plainList(cards))]));
    handoff = prepared.handoff;
    expect(itemsOf(await asked())).toContain('handoff-undecided');
    await kit.approve(handoff);
    batches = (await kit.done(kit.deliver(handoff))).batches;
    const found = await asked();
    const issuers = found.issuers.map(({ recipient }: Document) => recipient);
    expect(new Set(issuers)).toEqual(new Set(batches.map(({ recipient }) => recipient)));
    expect(itemsOf(found).filter((item) => item === 'list-unconfirmed').length).toBe(
      batches.length,
    );
    expect(itemsOf(found)).toEqual(
      expect.arrayContaining(['monitoring-untold', 'waiver-unrequested', 'publication-untold']),
    );
    expect(found.issuers.reduce((sum: number, row: Document) => sum + row.cards, 0)).toBe(
      batches.reduce((sum, batch) => sum + batch.cards, 0),
    );
  });

  it('counts a list that a person said they received', async () => {
    const now = new Date().toISOString();
    for (const { batch } of batches) {
      const said = ['--rung', 'received', '--at', now, ...by];
      await kit.done(['--as', kit.officer.id, 'handoff', 'record', batch, ...said]);
    }
    const found = await asked();
    expect(itemsOf(found)).not.toContain('list-unconfirmed');
    expect(found.issuers[0].words[0]).toMatchObject({ kind: 'persons-word', rung: 'received' });
  });
});

describe('incident told', () => {
  it('refuses what means nothing or is about nobody', async () => {
    const usage = { status: 64, code: 'usage' };
    const amex = ['--recipient', 'amex'];
    for (const words of [
      ['weather', ...amex, ...by],
      ['monitoring', '--since', today, ...amex, ...by],
      ['monitoring', ...amex, ...by],
      ['monitoring', '--since', '2026-01-01 10:00', ...amex],
      ['monitoring', '--since', '2026-01-01 10:00', ...by],
      ['monitoring', '--state', 'granted', ...amex, ...by],
      ['waiver', '--state', 'perhaps', ...amex, ...by],
      ['waiver', '--state', 'granted-with-terms', ...amex, ...by],
      ['waiver', '--state', 'granted', '--terms', 'x', ...amex, ...by],
      ['waiver', '--state', 'granted-with-terms', '--terms', `for ${cards[0]!}`, ...amex, ...by],
      ['publication', '--not-before', '2026-02-30', ...amex, ...by],
      ['desk', ...by],
    ]) {
      expect(await kit.refused(told(...words)), words.join(' ')).toEqual(usage);
    }
    const waiver = ['waiver', '--state', 'requested', ...by];
    const unknown = { status: 64, code: 'party-unknown' };
    expect(await kit.refused(told(...waiver, '--issuer', 'No Such Bank'))).toEqual(unknown);
    expect(await kit.refused(told(...waiver, '--recipient', 'nobody'))).toEqual(unknown);
    const ahead = [...waiver, ...amex, '--at', `${tomorrow} 23:00`];
    expect(await kit.refused(told(...ahead))).toEqual({ status: 64, code: 'word-in-future' });
    const withdrawn = ['monitoring', '--withdraw', ...amex, ...by];
    expect(await kit.refused(told(...withdrawn))).toEqual({
      ...{ status: 64, code: 'statement-unrecorded' },
    });
    expect(await kit.refused(told('desk'))).toEqual({ status: 77, code: 'role-missing' });
    expect((await asked()).replaced).toBe(0);
  });

  it('keeps what was told with its evidence, and a leaf without names', async () => {
    const evidence = kit.put('answer.eml', 'From: desk\n\nWe watch them.\n');
    const words = ['monitoring', '--recipient', 'psp', '--since', `${today} 00:00`];
    const found = await kit.done(told(...words, ...by, '--evidence', evidence));
    const row = found.issuers.find(({ recipient }: Document) => recipient === 'psp');
    expect(row.monitoring).toMatchObject({
      ...{ kind: 'persons-word', outcome: 'on', from: 'recipient', by: 'Yamada, desk 2' },
      ...{ channel: 'phone', officer: 'officer-1', revision: 1 },
    });
    const kept = join(kit.workspace, 'data/incidents', incident, row.monitoring.evidence.file);
    expect(readFileSync(kept, 'utf8')).toContain('We watch them.');
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    const { leaf } = entries[0];
    expect(leaf).toMatchObject({ act: 'incident-told', data: { subject: 'monitoring' } });
    expect(leaf.data.by).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(leaf)).not.toContain('Yamada');
    expect((await kit.done(['status'])).notReady).toMatchObject([{ incident }]);
  });

  it('lets an issuer’s own answer stand before that of its recipient', async () => {
    const rows = (await asked()).issuers.filter(({ recipient }: Document) => recipient === 'psp');
    const [first] = rows;
    const name = first.issuer === '' ? 'unknown' : first.issuer;
    await kit.done(told('waiver', '--recipient', 'psp', '--state', 'requested', ...by));
    await kit.done(told('waiver', '--recipient', 'psp', '--state', 'granted', ...by));
    const terms = ['--state', 'granted-with-terms', '--terms', 'until March'];
    const own = told('waiver', '--issuer', name, ...terms, ...by);
    // It takes the place of what its recipient said of it.
    expect(await kit.refused(own)).toEqual({ status: 64, code: 'reason-required' });
    const found = await kit.done(['--reason', 'they answered for themselves', ...own]);
    const states = found.issuers
      .filter(({ recipient }: Document) => recipient === 'psp')
      .map(({ issuer, waiver }: Document) => [issuer, waiver.outcome, waiver.terms]);
    expect(states).toEqual(
      rows.map(({ issuer }: Document) =>
        issuer === first.issuer
          ? [issuer, 'granted-with-terms', 'until March']
          : [issuer, 'granted', undefined],
      ),
    );
    expect(found.replaced).toBe(1);
  });

  it('asks for a reason where an answer is contradicted, and keeps both', async () => {
    const declined = told('waiver', '--recipient', 'psp', '--state', 'declined', ...by);
    expect(await kit.refused(declined)).toEqual({ status: 64, code: 'reason-required' });
    const found = await kit.done(['--reason', 'they rang again', ...declined]);
    expect(found.replaced).toBe(2);
  });

  it('is ready once all have answered, the day has come and the desk was briefed: exit 0', async () => {
    const amex = ['--recipient', 'amex'];
    await kit.done(told('monitoring', ...amex, '--since', `${today} 00:00`, ...by));
    await kit.done(told('waiver', ...amex, '--state', 'no-answer', ...by));
    await kit.done(told('publication', ...amex, '--not-before', today, ...by));
    await kit.done(told('publication', '--recipient', 'psp', '--not-before', tomorrow, ...by));
    await addDesk();
    const desk = ['--as', 'desk-1', 'incident', 'told', incident, 'desk'];
    expect(itemsOf(await kit.done(desk))).toEqual(['too-early']);
    const sooner = told('publication', '--recipient', 'psp', '--not-before', today, ...by);
    expect(itemsOf(await kit.done(['--reason', 'brought forward', ...sooner]))).toEqual([
      'desk-stale',
    ]);
    expect((await kit.done(desk)).ready).toBe(true);
    expect((await kit.run(['incident', 'readiness', incident])).status).toBe(0);
    expect((await kit.done(['status'])).notReady).toEqual([]);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });

  it.each(['en', 'ja'])('shows all of it on one screen, in %s', async (lang) => {
    const { stdout } = await kit.run(['--lang', lang, 'incident', 'readiness', incident]);
    expect(stdout.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
    expect(stdout).toContain('Yamada, desk 2');
    expect(stdout).toContain(lang === 'en' ? 'Ready to publish' : '公表とお問い合わせ対応の準備');
    expect(stdout).toContain(lang === 'en' ? today : today.replaceAll('-', '/'));
  });
});

async function addDesk(): Promise<void> {
  const holder = await kit.keyholder('desk-1', 'gpg', { kind: 'ed25519' });
  const given = ['--certificate', holder.certificate, '--fingerprint', holder.fingerprint];
  const command = ['officer', 'add', 'desk-1', '--name', 'Desk', '--roles', 'desk', ...given];
  await kit.done(['--as', kit.officer.id, ...command]);
}
