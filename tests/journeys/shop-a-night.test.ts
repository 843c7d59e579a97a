import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import luhn from 'luhn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import { lackingIn, lackingInBoth } from '../support/both-languages.ts';
import type { Document } from '../support/cli.ts';
import { openSealed } from '../support/sealed-text.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { makeSplitColumnExport, splitColumnSpec } from '../support/split-column-export.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const languages = ['ja', 'en'];
const caller = 'Yamada, desk 2';
const orders = makeSplitColumnExport(2_026, 200);
const rows: Record<string, string>[] = parse(new TextDecoder('shift_jis').decode(orders), {
  columns: true,
});
const phoned = new Set(rows.filter((row) => row['店舗'] === '電話').map(digitsOf));
const recovered = recoveredList();
const expected = countedByHand();
/** What a record can come to here; the export has some of each. */
const reasons = [
  ...['card', 'duplicate', 'excluded-channel', 'luhn', 'not-card', 'outside-window'],
  ...['same-order', 'spreadsheet-damage', 'unknown-channel'],
];

let kit: Kit;
let pfi: Keyholder;
let ours: string;
let sources: readonly string[];
let prepared: Document;
let handoff: string;
let batchOf: Record<string, Document>;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint).replaceAll(' ', '');
  await Promise.all([kit.testRecipients('psp', 'amex'), addInvestigator()]);
  await kit.openIncident(incident);
  const spec = kit.put('shop-a-night.toml', splitColumnSpec);
  const sealed = await pfi.gpg.encrypt(Buffer.from(recovered), [ours], pfi.fingerprint);
  sources = [
    `${kit.put('orders.csv', orders)}=${spec}`,
    kit.source('recovered.csv.gpg', sealed, 'recovered'),
  ];
});

afterAll(() => kit.dispose());

describe('handoff prepare', () => {
  it.each(languages)('previews the columns that are read together (%s)', async (language) => {
    const shown = await screen(language, kit.prepare(incident, sources, ['--preview']));
    const parts = [1, 2, 3, 4].map((part) => `#${8 + part} カード番号${part}`);
    for (const text of [parts.join(' + '), '#2 受注日 + #3 受注時刻', '#15 セキュリティコード']) {
      expect(shown).toContain(text);
    }
    expect(shown).toContain('Shift_JIS');
    expect(shown).toContain('pfi-1');
  });

  it('counts rows, orders and cards as an independent reader does', async () => {
    prepared = await kit.done(kit.prepare(incident, sources));
    handoff = prepared.handoff;
    batchOf = Object.fromEntries(prepared.batches.map((b: Document) => [b.recipient, b]));
    const { counts, cards } = expected;
    const { card, 'unknown-channel': held, ...excluded } = counts;
    expect(prepared).toMatchObject({ cards: card, excluded, held: { 'unknown-channel': held } });
    expect(prepared).toMatchObject({ read: sum(counts), orders: expected.orders.size });
    expect(card).toBe(cards.size);
    expect(Object.keys(counts).sort()).toEqual(reasons);
  });
});

describe('handoff review', () => {
  it.each(languages)('shows the figures to the approver (%s)', async (language) => {
    const { counts, cards } = expected;
    const shown = await screen(language, ['handoff', 'review', handoff]);
    const words = language === 'ja' ? ['カード', '件'] : ['cards', ' records'];
    expectFigure(shown, cards.size, words[0]!);
    expect(shown).toMatch(new RegExp(`^${sum(counts)}${words[1]!}$`, 'm'));
    for (const reason of reasons.filter((name) => name !== 'card')) {
      expectFigure(shown, counts[reason]!, reason);
    }
  });
});

describe('handoff deliver', () => {
  it('gives each recipient their cards, with the expiry as the shop wrote it', async () => {
    const approve = [...kit.approver.acting, '--reason', 'checked', 'handoff', 'approve', handoff];
    expect(await lackingIn('ja', kit, approve, ['approver-1 が承認しました'])).toEqual([]);
    const [toPsp, toAmex] = [cardsFor('psp').length, cardsFor('amex').length];
    const delivered = await lackingInBoth(kit, kit.deliver(handoff), {
      ja: [`提供先に格納済み カード ${toPsp}枚`, `(これから手渡し) カード ${toAmex}枚`],
      en: [`${toPsp} cards stored`, `${toAmex} cards in a folder, to be handed over`],
    });
    expect(delivered).toEqual([]);
    const { batches } = await kit.done(['handoff', 'show', handoff]);
    const states = batches.map(({ recipient, state }: Document) => [recipient, state]);
    expect(Object.fromEntries(states)).toEqual({ psp: 'stored', amex: 'written' });
    const psp = await opened(kit.psp, kit.sshd.directory);
    const [, ...records]: string[][] = parse(psp, { relax_column_count: true });
    expect(records.map(([digits, expiry]) => `${digits} ${expiry}`).sort()).toEqual(
      cardsFor('psp').map(([digits, expiry]) => `${digits} ${expiry}`),
    );
    const amex = await opened(kit.amex, kit.amexFolder);
    expect(amex.trimEnd().split('\n').sort()).toEqual(cardsFor('amex').map(([digits]) => digits));
  });

  it.each(languages)('leaves a call sheet to read out (%s)', (language) => {
    const { batch } = batchOf['amex'];
    const name = readdirSync(kit.amexFolder).find((file) => file.endsWith(`.${language}.txt`))!;
    const sheet = readFileSync(join(kit.amexFolder, name), 'utf8');
    const cards = cardsFor('amex').length;
    expect(sheet).toContain(language === 'ja' ? `${cards}枚` : `${cards} cards`);
    expect(sheet).toContain(`mimamori handoff record ${batch} --rung received --channel phone`);
    expect(tooWide(sheet)).toEqual([]);
  });
});

describe('after the call', () => {
  it('handoff record keeps who said by phone that the file was received', async () => {
    const { batch } = batchOf['amex'];
    const said = ['--rung', 'received', '--channel', 'phone', '--by', caller];
    const at = ['--at', new Date().toISOString()];
    const shown = await screen('ja', as('handoff', 'record', batch, ...said, ...at));
    expect(shown).toContain('受領 · 電話');
    expect(shown).toContain(caller);
    const { unconfirmed, byWordOnly } = await kit.done(['status']);
    expect(unconfirmed).toEqual([]);
    expect(byWordOnly).toMatchObject([{ batch, word: { rung: 'received', channel: 'phone' } }]);
  });

  it('notices export lists web orders in the window, and by phone those whose card was recovered', async () => {
    const output = join(kit.desk.home, 'notices.csv');
    const made = await kit.done(as('notices', 'export', incident, '--output', output));
    const unknown = [...expected.cards.keys()].filter((digits) => !expected.ordered.has(digits));
    expect(made.withoutOrder).toBe(unknown.length);
    const listed: string[][] = parse(readFileSync(output), { bom: true, from: 2 });
    expect(listed.map(([reference]) => reference).sort()).toEqual([...expected.inScope].sort());
    const byPhone = listed.filter(([, windows]) => windows === 'orders');
    expect(byPhone.map(([, , , four]) => four).sort()).toEqual([...expected.byPhone].sort());
    expect(byPhone.length).toBeGreaterThan(3);
  });

  it.each(languages)('show, summary and status agree with the count (%s)', async (language) => {
    const [show, summary, status] = await Promise.all([
      screen(language, ['handoff', 'show', handoff]),
      screen(language, ['handoff', 'summary', handoff]),
      screen(language, ['status']),
    ]);
    const [inAll, phone] = language === 'ja' ? ['合計', '電話'] : ['in all', 'by phone'];
    const [psp, amex] = [cardsFor('psp').length, cardsFor('amex').length];
    expect(show).toMatch(new RegExp(`${inAll} +${expected.cards.size}$`, 'm'));
    expectFigure(summary, expected.cards.size, inAll);
    for (const [recipient, cards] of [['psp', psp] as const, ['amex', amex] as const]) {
      const count = language === 'ja' ? `カード ${cards}枚` : `${cards} cards`;
      expect(summary).toContain(`${recipient}  ${batchOf[recipient].batch}  ${count} · `);
    }
    for (const screenful of [show, summary, status]) expect(screenful).toContain(phone);
    for (const screenful of [show, summary]) expect(screenful).toContain(caller);
  });

  it('audit verify holds, and nobody was shown a card number', async () => {
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
    const printed = kit.desk.printed.join('\n').replace(/[ -]/g, '');
    expect([...expected.cards.keys()].filter((digits) => printed.includes(digits))).toEqual([]);
  });
});

const as = (...command: string[]): string[] => ['--as', kit.officer.id, ...command];
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
const tooWide = (text: string): string[] =>
  text.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS);

/** That the count stands in front of its word. */
function expectFigure(shown: string, count: number, word: string): void {
  expect(shown).toMatch(new RegExp(`\\b${count} {2}${word}`));
}

/** Digits and expiry of the cards that belong to a recipient, in order. */
function cardsFor(recipient: 'psp' | 'amex'): [string, string][] {
  const isFor = ([digits]: [string, string]): boolean =>
    digits.startsWith('37') === (recipient === 'amex');
  return [...expected.cards].filter(isFor).sort();
}

function opened(holder: Keyholder, folder: string): Promise<string> {
  const { file } = batchOf[holder === kit.psp ? 'psp' : 'amex'];
  return openSealed(holder, new Uint8Array(readFileSync(join(folder, file))), ours);
}

/** What a person sees; the command must go well, and what it says must fit a terminal. */
async function screen(language: string, args: readonly string[]): Promise<string> {
  const { status, stdout } = await kit.run(['--lang', language, ...args]);
  expect(status).toBe(0);
  expect(tooWide(stdout)).toEqual([]);
  return stdout;
}

async function addInvestigator(): Promise<void> {
  pfi = await kit.keyholder('pfi', 'gpg', { kind: 'ed25519' });
  await pfi.gpg.importKey((await kit.done(['key', 'export', '--openpgp'])).key);
  const confirmed = ['--fingerprint', pfi.fingerprint, '--confirmed-by', 'in person'];
  const person = ['--name', 'Example Forensics', '--kind', 'pfi', '--certificate', pfi.certificate];
  await kit.done(['--as', 'officer-1', 'sender', 'add', 'pfi-1', ...person, ...confirmed]);
  await kit.putInForce();
}

function digitsOf(row: Record<string, string>): string {
  return [1, 2, 3, 4].map((part) => row[`カード番号${part}`]!).join('');
}

/** Half of the cards that were read out on the phone, some of the web shop, and some that no order shows. */
function recoveredList(): string {
  const rng = seededRandom(77);
  const listed = [...phoned].filter((digits, place) => digits !== '' && place % 2 === 0);
  const web = rows.filter((row) => row['店舗'] === '本店' && row['受注番号']!.endsWith('7'));
  const overlapping = web.map(digitsOf).filter((digits) => luhn.validate(digits));
  const fresh = Array.from({ length: 12 }, () => cardDigits(rng, { prefix: '492999' }).join(''));
  const lines = [...listed, ...overlapping, ...fresh].map((digits) => `${digits};;sessions`);
  return `card_no;exp_date;found in\n${lines.join('\n')}\n`;
}

interface Counted {
  /** Records by what becomes of them. */
  readonly counts: Record<string, number>;
  /** Digits of the cards to hand over, with the expiry as `MMYY`. */
  readonly cards: Map<string, string>;
  readonly orders: Set<string>;
  /** Orders of persons to be told. */
  readonly inScope: Set<string>;
  /** Digits that stand in one of them. */
  readonly ordered: Set<string>;
  /** Last four digits of those of them who ordered by phone. */
  readonly byPhone: string[];
}

/** What is to come of the two sources, counted from their text alone. */
function countedByHand(): Counted {
  const found: Counted = {
    ...{ counts: {}, cards: new Map(), orders: new Set() },
    ...{ inScope: new Set(), ordered: new Set(), byPhone: [] },
  };
  const bump = (verdict: string): void => {
    found.counts[verdict] = (found.counts[verdict] ?? 0) + 1;
  };
  for (const row of rows) bump(verdictOf(row, found));
  const listed: string[][] = parse(recovered, { delimiter: ';', from: 2 });
  for (const [digits] of listed) {
    bump(found.cards.has(digits!) ? 'duplicate' : 'card');
    if (!found.cards.has(digits!)) found.cards.set(digits!, '');
  }
  return found;
}

function verdictOf(row: Record<string, string>, found: Counted): string {
  const order = row['受注番号']!;
  const payment = row['支払方法']!;
  if (payment !== '' && payment !== 'クレジットカード決済') return 'not-card';
  if (found.orders.has(order)) return 'same-order';
  found.orders.add(order);
  if (row['店舗'] === '楽天市場店') return 'excluded-channel';
  if (row['店舗'] === '催事') return 'unknown-channel';
  // Orders by phone count only where somebody recovered their cards.
  if (row['店舗'] !== '本店' || !row['受注日']!.startsWith('2020年')) {
    if (row['店舗'] === '電話' && recovered.includes(`\n${digitsOf(row)};`)) {
      found.inScope.add(order);
      found.ordered.add(digitsOf(row));
      found.byPhone.push(digitsOf(row).slice(-4));
    }
    return 'outside-window';
  }
  found.inScope.add(order);
  const digits = digitsOf(row);
  found.ordered.add(digits);
  // Spreadsheets keep fifteen digits of a number.
  if (!luhn.validate(digits)) return /^.{15}0$/.test(digits) ? 'spreadsheet-damage' : 'luhn';
  if (found.cards.has(digits)) return 'duplicate';
  found.cards.set(digits, `${row['有効期限月']}${row['有効期限年']!.slice(2)}`);
  return 'card';
}
