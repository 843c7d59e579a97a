import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { previewSchema } from '../../src/doors/cli/outputs/preview.ts';
import { cartNames, cartSample, silentCarts } from '../support/cart-sample.ts';
import type { Cart } from '../support/cart-sample.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const rng = seededRandom(4_004);
const number = (): string => cardDigits(rng, { prefix: '490010' }).join('');

let kit: Kit;

beforeAll(async () => {
  kit = await Kit.create();
  await kit.openIncident(incident);
});

afterAll(() => kit.dispose());

const prepare = (source: string, ...more: readonly string[]): string[] =>
  kit.prepare(incident, [source], ['--dry-run', ...more]);
const show = (source: string, ...more: readonly string[]): string[] => [
  ...kit.secret,
  ...['handoff', 'prepare', '--incident', incident, '--source', source, '--preview', ...more],
];
const put = (cart: Cart, numbers?: string): string =>
  kit.put(`${cart}.csv`, cartSample(cart, numbers).bytes);

describe('mimamori init', () => {
  it('copies the shipped source specs', () => {
    const copied = readdirSync(join(kit.workspace, 'config/sources')).sort();
    expect(copied).toEqual(expect.arrayContaining(cartNames.map((name) => `${name}.toml`)));
  });
});

describe.each(cartNames)('the export of %s', (cart) => {
  it('comes to the cards of its orders under its spec, once the shop added their numbers', async () => {
    const source = `${put(cart, 'memo09')}=${cart}`;
    const done = await kit.done(prepare(source, '--columns', 'pan=memo09', '--channel', 'web'));
    const { rows, orders } = cartSample(cart);
    const items = rows - orders;
    const isSilent = silentCarts.includes(cart);
    const paidOtherwise = isSilent ? 0 : cart === 'eccube4' ? 3 : 2;
    const cards = isSilent ? 4 : 2;
    expect(done).toMatchObject({ read: rows, cards, excluded: { 'outside-window': 1 }, held: {} });
    const excluded = done['excluded'] as Record<string, number>;
    expect(excluded['not-card'] ?? 0).toBe(paidOtherwise);
    expect(excluded['same-order'] ?? 0).toBe(items - Math.max(0, paidOtherwise - 2));
  });
});

describe('mimamori handoff prepare', () => {
  it('says under a named spec too that there are no card numbers, and what to do', async () => {
    const told = await kit.run(['--lang', 'ja', ...prepare(`${put('eccube4')}=eccube4`)]);
    expect(told.status).toBe(65);
    expect(told.stderr).toContain('no-card-numbers');
    expect(told.stderr).toContain('--source FILE=eccube4 --columns pan=');
  });

  it('suggests the one spec that fits and does not apply it', async () => {
    const source = put('eccube4', 'カード番号');
    const done = await kit.done(prepare(source, '--channel', 'web'));
    const { rows } = cartSample('eccube4');
    // No payment filter and no item rows: that is what the spec would have said.
    expect(done).toMatchObject({ read: rows, cards: 4, sources: [{ fits: 'eccube4' }] });
    expect(done['excluded']).not.toHaveProperty('same-order');
    const told = await kit.run(prepare(source, '--channel', 'web'));
    expect(told.stdout).toContain('--source FILE=eccube4');
  });

  it('suggests nothing where a spec was named', async () => {
    const source = `${put('eccube4', 'カード番号')}=eccube4`;
    const done = await kit.done(prepare(source, '--channel', 'web'));
    expect(done['sources']).toEqual([expect.not.objectContaining({ fits: 'eccube4' })]);
  });

  it('refuses a spec that is neither in the workspace nor shipped', async () => {
    const refused = await kit.refused(prepare(`${put('eccube4')}=eccube9`));
    expect(refused).toEqual({ status: 78, code: 'config-file-missing' });
  });

  it.each([
    [
      'Stripe',
      'description,name,email,id,CARD.EXP_MONTH,CARD.EXP_YEAR,CARD.ID,CARD.NUMBER,DEFAULT_SOURCE',
      () => `,,,cus_1,12,2030,card_1,${number()},card_1`,
    ],
    [
      'Square',
      'card_id,pan,expiration,postal_code,customer_id',
      () => `ccof:1,${number()},203012,1000001,C1`,
    ],
    [
      'one processor for another',
      'old_customer_id,card_number,card_exp_month,card_exp_year',
      () => `C1,${number()},12,2030`,
    ],
  ])('refuses an export of stored cards by %s: migration-export', async (_by, header, row) => {
    const path = kit.put('vault.csv', `${header}\n${row()}\n${row()}\n`);
    const kind = ['--kind', 'recovered'];
    const refused = await kit.refused(prepare(path, ...kind));
    expect(refused).toEqual({ status: 65, code: 'migration-export' });
  });

  const dated = (dates: readonly string[]): string =>
    `order no,order date,channel,card number\n${dates
      .map((date, place) => `${place},${date},web,${number()}\n`)
      .join('')}`;

  it('refuses dates that can be read in two ways, and takes them when the spec says how', async () => {
    const path = kit.put('dates.csv', dated(['04/01/2020', '05/01/2020']));
    const refused = await kit.refused(prepare(path));
    expect(refused).toEqual({ status: 65, code: 'date-ambiguous' });
    const spec = kit.put('dates.toml', 'date_format = "DD/MM/YYYY"\n');
    expect(await kit.done(prepare(`${path}=${spec}`))).toMatchObject({ cards: 2 });
  });

  it('reads years of an era, and holds a single date that is ambiguous among them', async () => {
    const path = kit.put(
      'eras.csv',
      dated(['令和2年1月5日', 'R2.1.5', '平成32年1月5日', '04/01/20']),
    );
    const done = await kit.done(prepare(path));
    expect(done).toMatchObject({ cards: 2, held: { 'date-unreadable': 2 } });
  });
});

describe('mimamori handoff prepare --preview', () => {
  it('shows mapping and masked records, and keeps nothing', async () => {
    const sample = cartSample('eccube4', 'カード番号');
    const source = `${kit.put('orders.csv', sample.bytes)}=eccube4`;
    const before = await kit.done(['audit', 'tail']);
    const document = await kit.done(show(source, '--channel', 'web'));
    const { sources } = previewSchema.parse(document);
    expect(sources[0]).toMatchObject({
      ...{ encoding: 'shift_jis', delimiter: ',', header: true, spec: 'eccube4' },
      columns: { payment_method: ['#31 支払方法(名称)'], reference: ['#2 注文番号'] },
    });
    expect(sources[0]!.records.map(({ verdict }) => verdict)).toEqual([
      ...['card', 'same-order', 'same-order', 'not-card', 'not-card'],
      ...['card', 'not-card', 'outside-window'],
    ]);
    const [first] = sources[0]!.records;
    const [card] = sample.cards;
    expect(first).toEqual({
      ...{ line: 2, orderedAt: '2020-01-05T01:15:30.000Z', wholeDay: false, channel: 'web' },
      ...{ number: `${card!.slice(0, 6)}******${card!.slice(-4)}`, verdict: 'card' },
    });
    expect(await kit.done(['audit', 'tail'])).toEqual(before);
    expect(await kit.done(['handoff', 'list'])).toMatchObject({ handoffs: [] });
    expect(existsSync(join(kit.workspace, 'data/outbox/preview'))).toBe(false);
  });

  it.each(['ja', 'en'])('prints no card number and nothing of a record in %s', async (language) => {
    const sample = cartSample('eccube2', 'カード番号');
    const source = `${kit.put('orders.csv', sample.bytes)}=eccube2`;
    const { status, stdout } = await kit.run([
      ...['--lang', language],
      ...show(source, '--channel', 'web'),
    ]);
    expect(status).toBe(0);
    for (const card of sample.cards) expect(stdout).not.toContain(card);
    expect(stdout).toContain(language === 'ja' ? '2020/01/05 10:15 JST' : '2020-01-05 10:15 JST');
    for (const text of ['一郎', '見本町', '銀行振込', '熨斗']) expect(stdout).not.toContain(text);
  });

  it('suggests the spec that fits', async () => {
    const document = await kit.done(show(put('welcart', 'カード番号'), '--channel', 'web'));
    expect(previewSchema.parse(document).sources[0]).toMatchObject({ fits: ['welcart'] });
  });

  it('refuses what a prepare refuses', async () => {
    const refused = await kit.refused(show(kit.put('empty.csv', '')));
    expect(refused).toEqual({ status: 65, code: 'source-empty' });
  });
});
