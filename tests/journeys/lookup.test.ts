import { Buffer } from 'node:buffer';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { digestOf } from '../../src/domain/handoff/plan.ts';
import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import { CanaryScan } from '../support/canaries.ts';
import type { CliRun, Document } from '../support/cli.ts';
import { expectHandoff } from '../support/expected-handoff.ts';
import type { ExpectedCard } from '../support/expected-handoff.ts';
import { makeOrderExport } from '../support/order-export.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { AtTerminal } from '../support/terminal.ts';
import { Kit } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const orders = makeOrderExport(11);
const expected = expectHandoff([{ bytes: orders.bytes, kind: 'orders' }], { mode: 'drill' });
const named = expected.files['psp']!.filter(({ issuer }) => issuer !== '');
const [watched] = named;
const other = named.find(({ issuer }) => issuer !== watched!.issuer);
const ours = [watched!, other!, expected.files['amex']![0]!];
const elsewhere = cardDigits(seededRandom(4), { prefix: '400999' }).join('');
const reason = 'a caller asks';

let kit: Kit;
let batches: Document[];
let prepared: Document;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill', opens: 'credential' });
  await kit.openIncident(incident);
  const sources = [kit.source('orders.csv', orders.bytes)];
  prepared = await kit.done(kit.prepare(incident, sources));
  await kit.approve(prepared.handoff);
  batches = (await kit.done(kit.deliver(prepared.handoff))).batches;
});

afterAll(() => kit.dispose());

const asking = (...words: readonly string[]): string[] => [
  ...kit.secret,
  ...['--as', kit.officer.id, '--reason', reason, 'lookup', ...words],
];
const typed = (text: string): { input: Uint8Array } => ({ input: Buffer.from(`${text}\n`) });
const askedFor = (digits: string): Promise<{ status: number; document: Document }> =>
  kit.json(asking('card', '--stdin'), typed(digits));
const fits = ({ stdout }: CliRun): boolean =>
  stdout.split('\n').every((line) => widthOf(line) <= LINE_COLUMNS);
const spaced = (digits: string): string => digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
const lastFour = ({ digits }: ExpectedCard): string => digits.slice(-4);

const all = Object.values(expected.files).flat();
const looks = (card: ExpectedCard): string => `${card.brand} ${lastFour(card)}`;
const isClear = (card: ExpectedCard): boolean =>
  all.filter((one) => looks(one) === looks(card)).length === 1;
const cardsOf = (order: string): ExpectedCard[] =>
  all.filter(({ references }) => references.has(order));
/** An order of this card alone. */
const orderOf = ({ references }: ExpectedCard): string | undefined =>
  [...references].find((order) => cardsOf(order).length === 1);

describe('lookup card', () => {
  it('finds a card with its company, window and list, as an independent reader counted', async () => {
    for (const card of ours) {
      const { status, document } = await askedFor(spaced(card.digits));
      expect(status).toBe(0);
      const [hit, ...rest] = document.hits;
      expect(rest).toEqual([]);
      expect(hit).toMatchObject({
        ...{ incident, brand: card.brand, lastFour: lastFour(card) },
        card: { issuer: card.issuer, waiver: 'not-requested' },
      });
      const { batch } = batches.find(({ recipient }) => recipient === card.recipient)!;
      expect(hit.card.lists).toMatchObject([{ batch, recipient: card.recipient }]);
      expect(hit.windows.length).toBeGreaterThan(0);
    }
  });

  it('never says that a card it does not find is not affected: exit 1', async () => {
    const { status, document } = await askedFor(elsewhere);
    expect([status, document.found, document.incidents]).toEqual([1, false, [incident]]);
    for (const [language, words] of [
      ['en', 'does not mean'],
      ['ja', '意味ではありません'],
    ] as const) {
      const run = await kit.run(
        ['--lang', language, ...asking('card', '--stdin')],
        typed(elsewhere),
      );
      expect([run.status, run.stdout.includes(words), fits(run)]).toEqual([1, true, true]);
    }
  });

  it('asks at the terminal and shows no digit of the number', async () => {
    const { digits } = ours[0]!;
    const command = ['--workspace', kit.workspace, '--lang', 'ja', ...asking('card')];
    const at = AtTerminal.start(kit.desk, command);
    await at.answer('カード番号(表示されません)', `${spaced(digits)}\r`);
    await at.sees('該当あり');
    expect((await at.ended).status).toBe(0);
    expect(at.screen.replaceAll(/\D/g, '')).not.toContain(digits.slice(4, 12));
    expect(at.screen).toContain(lastFour(ours[0]!));
  });

  it('stops at Ctrl-C with 130, and there is no leaf of a question that was not answered', async () => {
    const { log } = await kit.done(['status']);
    const command = ['--workspace', kit.workspace, '--lang', 'en', ...asking('card')];
    const at = AtTerminal.start(kit.desk, command);
    await at.answer('Card number (not shown)', '40\u0003');
    expect((await at.ended).status).toBe(130);
    expect((await kit.done(['status'])).log.entries).toBe(log.entries);
  });

  it('says what the card company has said, and free only where they have said so', async () => {
    const { issuer, digits } = watched!;
    const by = ['--by', 'Yamada', '--channel', 'phone'];
    const told = ['--as', kit.officer.id, 'incident', 'told', incident];
    const of = ['--issuer', issuer, ...by];
    const free = async (): Promise<boolean> => {
      const words = ['--lang', 'en', ...asking('card', '--stdin', '--incident', incident)];
      const run = await kit.run(words, typed(digits));
      expect(fits(run)).toBe(true);
      return run.stdout.includes('costs you nothing');
    };
    expect(await free()).toBe(false);
    await kit.done([...told, 'monitoring', '--since', '2020-04-10 09:00', ...of]);
    await kit.done([...told, 'waiver', '--state', 'requested', ...of]);
    expect(await free()).toBe(false);
    await kit.done([...told, 'waiver', '--state', 'granted', ...of]);
    expect(await free()).toBe(true);
    const { document } = await askedFor(digits);
    expect(document.hits[0].card).toMatchObject({
      watch: { state: 'watched', by: 'word', since: '2020-04-10T00:00:00.000Z' },
      ...{ waiver: 'granted', waiverAboutThisCard: true },
    });
  });

  it('does not read out what was said before a list with the card had left', async () => {
    const told = ['--as', kit.officer.id, 'incident', 'told', incident, 'monitoring'];
    const early = ['--since', '2020-04-10 09:00', '--at', '2020-04-10 09:00'];
    const { issuer, digits, recipient } = other!;
    const by = ['--by', 'Yamada', '--channel', 'phone', '--recipient', recipient];
    await kit.done([...told, ...early, ...by]);
    const words = ['--lang', 'en', ...asking('card', '--stdin')];
    const run = await kit.run(words, typed(digits));
    expect([fits(run), run.stdout.includes('the card for misuse.')]).toEqual([true, false]);
    const { document } = await askedFor(digits);
    const watch = { state: 'unknown', early: true };
    expect(document.hits[0].card).toMatchObject({ issuer, watch });
  });

  it.each([
    ['a wrong digit', (digits: string) => `${digits.slice(0, -1)}${(+digits.at(-1)! + 1) % 10}`],
    ['hidden digits', (digits: string) => `${digits.slice(0, 6)}******${digits.slice(-4)}`],
    ['too few', (digits: string) => digits.slice(0, 11)],
    ['letters', () => 'visa'],
    ['nothing', () => ''],
  ])('refuses %s, keeps nothing of it', async (_, made) => {
    const { status, document } = await askedFor(made(ours[0]!.digits));
    expect([status, document.error.code]).toEqual([65, 'lookup-number-unreadable']);
  });

  it('refuses nobody, no reason, another role and an unknown incident', async () => {
    const card = ['lookup', 'card', '--stdin'];
    const as = ['--as', kit.officer.id];
    const why = ['--reason', reason];
    const input = typed(ours[0]!.digits);
    const code = async (...words: readonly string[]): Promise<string> =>
      (await kit.refused([...kit.secret, ...words], input)).code;
    expect(await code(...why, ...card)).toBe('officer-required');
    expect(await code(...as, ...card)).toBe('reason-required');
    expect(await code('--as', kit.approver.id, ...why, ...card)).toBe('role-missing');
    expect(await code(...as, ...why, ...card, '--incident', 'none')).toBe('incident-unknown');
    expect(await code(...as, ...why, 'lookup', 'card')).toBe('terminal-needed');
    expect(await code(...as, ...why, 'lookup', 'order', spaced(ours[0]!.digits))).toBe('usage');
    const { entries } = await kit.done(['audit', 'tail', '--entries', '5']);
    expect(entries.map(({ leaf }: Document) => [leaf.actor, leaf.data.code])).toEqual(
      expect.arrayContaining([
        ['unknown', 'officer-required'],
        [kit.approver.id, 'role-missing'],
      ]),
    );
  });
});

describe('waiver except', () => {
  /** Cards of the issuer that alone look as they do, in an order that has no other card. */
  const clear = all.filter(
    (card) => card.issuer === watched!.issuer && isClear(card) && orderOf(card) !== undefined,
  );
  const twins = all.find((card) => card.issuer === watched!.issuer && !isClear(card));
  const except = (...words: readonly string[]): string[] => [
    ...['--as', kit.officer.id, 'waiver', 'except', incident, '--issuer', watched!.issuer],
    ...['--by', '=Sato', '--channel', 'mail', ...words],
  ];
  const rowOf = (found: Document): Document =>
    found.waivers.find(({ issuer }: Document) => issuer === watched!.issuer);

  /** The record reference of its last card, as the recipient reads it: cards stand by issuer in a file. */
  function recordOfIssuer(): string {
    const path = join(kit.workspace, 'data/handoffs', prepared.handoff, 'plan.json');
    const { batches: planned } = JSON.parse(readFileSync(path, 'utf8')) as { batches: Document[] };
    const { firstReference } = planned.find(({ recipient }) => recipient === 'psp')!;
    const { issuers } = prepared.batches.find(({ recipient }: Document) => recipient === 'psp');
    let place = -1;
    let counted = 0;
    for (const { issuer, cards } of issuers) {
      counted += cards;
      if (issuer === watched!.issuer) place = counted - 1;
    }
    return String(firstReference + place).padStart(10, '0');
  }

  it('takes cards by their orders in a table, and the numbers add up', async () => {
    const [first, second] = clear as [ExpectedCard, ExpectedCard];
    const lines = [`${orderOf(first)},refund-asked`, `${orderOf(second)},not-waived`];
    const table = kit.put('exceptions.csv', `order,exception\r\n${lines.join('\r\n')}\r\n`);
    const found = await kit.done(except('--file', table));
    expect(found.recorded).toEqual({ cards: 2, changed: 2 });
    expect((await kit.done(except('--file', table))).recorded).toEqual({ cards: 2, changed: 0 });
    const row = rowOf(found);
    const own = all.filter(({ issuer }) => issuer === watched!.issuer).length;
    expect(row).toMatchObject({
      ...{ cards: own, withoutException: own - 2 },
      exceptions: { 'not-waived': 1, 'fee-charged': 0, 'refund-asked': 1 },
    });
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    const { leaf } = entries[0];
    expect(leaf).toMatchObject({
      act: 'waiver-exceptions',
      data: { exceptions: { 'not-waived': 1, 'refund-asked': 1 } },
    });
    expect(JSON.stringify(leaf)).not.toMatch(new RegExp(`Sato|${orderOf(first)}`));
  });

  it('tells the caller what holds for the card, in place of what its company answered', async () => {
    const first = clear[0]!;
    const { document } = await askedFor(first.digits);
    expect(document.hits[0].card).toMatchObject({
      ...{ waiver: 'granted', exception: { kind: 'refund-asked', by: '=Sato', channel: 'mail' } },
    });
    for (const [language, says, saysNot] of [
      ['en', 'replaced already', 'costs you nothing'],
      ['ja', 'すでに再発行', '再発行の手数料はかかりません'],
    ] as const) {
      const words = ['--lang', language, ...asking('card', '--stdin')];
      const run = await kit.run(words, typed(first.digits));
      expect([fits(run), run.stdout.includes(says), run.stdout.includes(saysNot)]).toEqual([
        ...[true, true, false],
      ]);
    }
  });

  it('takes a card by its record reference, and takes it back for a reason', async () => {
    const record = recordOfIssuer();
    const one = except('--record', record, '--exception', 'fee-charged');
    expect(rowOf(await kit.done(one)).exceptions['fee-charged']).toBe(1);
    const back = except('--record', record, '--exception', 'none');
    expect(await kit.refused(back)).toEqual({ status: 64, code: 'reason-required' });
    const found = await kit.done(['--reason', 'it was paid back', ...back]);
    expect(rowOf(found).exceptions['fee-charged']).toBe(0);
  });

  it('refuses what names no card of this issuer for certain, and records nothing of it', async () => {
    const orders = ['no-such-order', orderOf(other!)!, [...twins!.references][0]!];
    for (const order of orders) {
      const words = except('--exception', 'not-waived', '--order', order);
      const refused = await kit.refused(words);
      expect(refused, order).toEqual({ status: 65, code: 'exceptions-unplaced' });
    }
    const usage = { status: 64, code: 'usage' };
    for (const words of [
      ['--exception', 'declined', '--record', '1'],
      ['--exception', 'none', '--record', '12345678901'],
      ['--exception', 'none', '--order', ours[0]!.digits],
      ['--exception', 'none', '--record', '1', '--file', 'x.csv'],
    ]) {
      expect(await kit.refused(except(...words)), words.join(' ')).toEqual(usage);
    }
    const numbers = kit.put('numbers.csv', `record,x,exception\n1,${ours[0]!.digits},none\n`);
    expect(await kit.refused(except('--file', numbers))).toEqual({
      ...{ status: 65, code: 'exceptions-malformed' },
    });
    const { exceptions } = rowOf(await kit.done(['waiver', 'show', incident]));
    expect(exceptions).toEqual({ 'not-waived': 1, 'fee-charged': 0, 'refund-asked': 1 });
  });

  it.each(['en', 'ja'])('shows how the cards add up, in %s', async (language) => {
    const run = await kit.run(['--lang', language, 'waiver', 'show', incident]);
    expect(fits(run)).toBe(true);
    expect(run.stdout).toContain(language === 'en' ? 'as the state says + 1 not' : '免除なし 1枚');
  });
});

describe('waiver letter', () => {
  const letter = (name: string, ...words: readonly string[]): string[] => [
    ...['--as', kit.officer.id, 'waiver', 'letter', incident, '--issuer', watched!.issuer],
    ...['--output', join(kit.desk.home, name), ...words],
  ];
  const fileOf = (folder: string, name: string): string =>
    readFileSync(join(kit.desk.home, folder, name), 'utf8');
  const own = all.filter(({ issuer }) => issuer === watched!.issuer);

  it('lists every card of the issuer truncated, and leaves a leaf without them', async () => {
    const made = await kit.done(letter('letters'));
    expect(made).toMatchObject({ cards: own.length, notLeft: 0, request: 'none' });
    const lines = fileOf('letters', 'TEST-waiver-cards.csv').split('\r\n');
    expect(made.issuer).toBe(watched!.issuer);
    expect(lines[0]).toMatch(/^\uFEFF/);
    expect(lines.pop()).toBe('');
    const rows = lines.slice(1).map((line) => line.split(','));
    const truncated = ({ digits }: ExpectedCard): string =>
      digits.length < 15
        ? `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}`
        : `${digits.slice(0, 6)}${'*'.repeat(digits.length - 10)}${digits.slice(-4)}`;
    expect(rows.map(([, , number, orders]) => `${number} ${orders}`).sort()).toEqual(
      own.map((card) => `${truncated(card)} ${card.references.size}`).sort(),
    );
    expect(new Set(rows.map(([record]) => record)).size).toBe(own.length);
    const noted = rows.map(([, , , , exception]) => exception).filter(Boolean);
    expect(noted.sort()).toEqual(['not-waived', 'refund-asked']);
    for (const { name, sha256, bytes } of made.files) {
      const file = readFileSync(join(kit.desk.home, 'letters', name));
      expect([digestOf(file), file.length]).toEqual([sha256, bytes]);
    }
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    const files = made.files.map(({ sha256 }: Document) => sha256);
    const [{ leaf, texts }] = entries;
    expect([leaf.act, leaf.data.cards]).toEqual(['waiver-letter', own.length]);
    expect(texts.files).toMatch(new RegExp(`^${files.join(' ')} [0-9a-f]{32}$`));
    const bound = [...files, watched!.issuer];
    expect(bound.filter((text) => JSON.stringify(leaf).includes(text))).toEqual([]);
  });

  it('says what is known in both languages, and leaves the rest blank', () => {
    const annex = 'TEST-waiver-cards.csv';
    for (const [language, test] of [
      ['en', /^TEST - this letter is part of a drill/],
      ['ja', /^TEST - 訓練/],
    ] as const) {
      const text = fileOf('letters', `TEST-waiver-letter.${language}.txt`);
      expect(text).toMatch(test);
      for (const known of [watched!.issuer, String(own.length), annex, incident, '2020']) {
        expect(text, known).toContain(known);
      }
      expect(text).toContain(digestOf(readFileSync(join(kit.desk.home, 'letters', annex))));
      expect(text).toContain('______');
      expect(text).not.toMatch(/\{\{|undefined/);
    }
  });

  it('comes back as a table of exceptions', async () => {
    const annex = join(kit.desk.home, 'letters/TEST-waiver-cards.csv');
    const as = ['--as', kit.officer.id, 'waiver', 'except', incident];
    const of = ['--issuer', watched!.issuer, '--by', 'Sato', '--channel', 'mail', '--file', annex];
    const { recorded } = await kit.done([...as, ...of]);
    expect(recorded).toEqual({ cards: 2, changed: 0 });
  });

  it('takes the letters of the company, and refuses what cannot be filled in', async () => {
    const own = (text: string): void => {
      const path = join(kit.workspace, 'config/letters/waiver-request.en.txt');
      writeFileSync(path, text);
    };
    own('Dear {{issuer}}, {{case_number}} {{requested_terms}}');
    const request = ['--as', kit.officer.id, 'waiver', 'request', incident];
    const asked = ['--by', 'desk', '--channel', 'mail', '--terms', 'for all {{cards}} of them'];
    const of = ['--issuer', watched!.issuer];
    expect(await kit.refused([...request, ...of, ...asked])).toMatchObject({ code: 'waiver-step' });
    const other = ['--issuer', watched!.issuer, '--state', 'disputed', '--by', 'x'];
    const record = ['--as', kit.officer.id, '--reason', 'x', 'waiver', 'record', incident];
    await kit.done([...record, ...other, '--channel', 'mail']);
    await kit.done(['--reason', 'asked again', ...request, ...of, ...asked]);
    expect(await kit.done(letter('ours', '--charset', 'cp932'))).toMatchObject({ request: 'free' });
    expect(fileOf('ours', 'TEST-waiver-letter.en.txt')).toMatch(
      new RegExp(`Dear ${watched!.issuer}, \\S+ for all \\{\\{cards\\}\\} of them$`),
    );
    expect(fileOf('ours', 'TEST-waiver-cards.csv')).not.toMatch(/^\uFEFF/);
    own('{{balance}}');
    const refused = { status: 78, code: 'letter-template' };
    expect(await kit.refused(letter('none'))).toEqual(refused);
    own('x'.repeat(65 * 1024));
    expect(await kit.refused(letter('none'))).toEqual({ status: 65, code: 'input-too-large' });
    rmSync(join(kit.workspace, 'config/letters/waiver-request.en.txt'));
    const taken = { status: 73, code: 'file-exists' };
    expect(await kit.refused(letter('letters'))).toEqual(taken);
    const unknown = ['waiver', 'letter', incident, '--issuer', 'No Such Bank'];
    const nowhere = [...unknown, '--output', join(kit.desk.home, 'none')];
    expect(await kit.refused(['--as', kit.officer.id, ...nowhere])).toEqual({
      ...{ status: 64, code: 'party-unknown' },
    });
    expect(existsSync(join(kit.desk.home, 'none'))).toBe(false);
  });
});

describe('lookup order', () => {
  const clear = all.find((card) => isClear(card) && orderOf(card) !== undefined)!;
  const hitsOf = async (...words: readonly string[]): Promise<Document[]> =>
    (await kit.done(asking('order', ...words))).hits;

  it('says of an order what a look-up by number says of its card', async () => {
    const [byNumber] = (await askedFor(clear.digits)).document.hits;
    const [byOrder, ...rest] = await hitsOf(orderOf(clear)!);
    const { card, brand, lastFour: digits, incident: of } = byNumber;
    expect([card.issuer, rest]).toEqual([clear.issuer, []]);
    expect(byOrder).toMatchObject({ card, brand, lastFour: digits, incident: of });
  });

  it('tells no card company where another card looks like that of the order', async () => {
    const twin = all.find((card) => !isClear(card) && orderOf(card) !== undefined)!;
    const [hit, ...rest] = await hitsOf(orderOf(twin)!);
    expect([hit!.brand, hit!.lastFour, hit!.card, rest]).toEqual([
      ...[twin.brand, lastFour(twin), undefined, []],
    ]);
  });

  it.each(['en', 'ja'])('shows it on one screen, in %s', async (language) => {
    const run = await kit.run(['--lang', language, ...asking('order', orderOf(clear)!)]);
    expect([run.status, fits(run)]).toEqual([0, true]);
    for (const text of [lastFour(clear), clear.issuer]) expect(run.stdout).toContain(text);
  });

  it('takes no part of a reference for it: exit 1', async () => {
    const [reference] = watched!.references;
    expect((await kit.json(asking('order', reference!.slice(0, -1)))).status).toBe(1);
  });
});

describe('lookup after an amendment', () => {
  it('reads no dates out: a window of the same name may have other times now', async () => {
    const { digits } = ours[0]!;
    const dated = async (): Promise<boolean> => {
      const run = await kit.run(['--lang', 'en', ...asking('card', '--stdin')], typed(digits));
      expect([run.status, fits(run)]).toEqual([0, true]);
      return run.stdout.includes('This is about payments from');
    };
    const [hit] = (await askedFor(digits)).document.hits;
    expect(hit.unamended).toBe(true);
    expect(await dated()).toBe(hit.windows.length === 1);
    const toml = incidentToml(incident).replace('from = 2019-12-16', 'from = 2019-12-20');
    const amended = kit.put('amended.toml', toml);
    const as = ['--as', kit.officer.id, '--reason', 'the final report'];
    await kit.done([...as, 'incident', 'amend', incident, amended]);
    const [now] = (await askedFor(digits)).document.hits;
    expect([await dated(), now.unamended]).toEqual([false, false]);
    const { recalls } = await kit.done(['incident', 'show', incident]);
    const proposed = recalls.map(({ batch }: Document) => batch);
    expect(now.card.lists.map((list: Document) => list.recallProposed)).toEqual(
      now.card.lists.map(({ batch }: Document) => proposed.includes(batch)),
    );
    expect(proposed.length).toBeGreaterThan(0);
  });
});

describe('the question', () => {
  it('leaves a leaf that says who asked, and not for what', async () => {
    const [reference] = watched!.references;
    await kit.json(asking('order', reference!));
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    const { leaf } = entries[0];
    expect(leaf).toMatchObject({
      ...{ act: 'look-up', actor: kit.officer.id, object: 'desk:order' },
      data: { by: 'order', incidents: [incident], found: 1 },
    });
    expect(JSON.stringify(leaf)).not.toContain(reference!);
    expect(JSON.stringify(leaf)).not.toContain(reason);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });

  it('leaves no card number in the workspace, nor in what was printed', () => {
    const scan = new CanaryScan([...ours.map(({ digits }) => digits), elsewhere]);
    const { workspace, anchor, desk } = kit;
    const folders = [workspace, anchor, desk.temporary, desk.folder];
    expect([
      ...folders.flatMap((folder) => scan.inFolder(folder)),
      ...scan.inText(desk.printed.join('\n'), 'what was printed'),
    ]).toEqual([]);
  });
});
