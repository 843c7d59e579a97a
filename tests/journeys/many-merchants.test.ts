import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import { lackingIn, lackingInBoth } from '../support/both-languages.ts';
import type { Document } from '../support/cli.ts';
import { someCards } from '../support/plain-list.ts';
import { between, seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

// A processor-operator's night: one live incident, 40 merchants, three sources, two recipients by route.

const incident = 'gateway-2020';
const rng = seededRandom(4_040);

interface Shop {
  readonly id: string;
  readonly number: string | undefined;
  /** Days of January 2020, both included. */
  readonly window: readonly [number, number];
  readonly recipient: 'psp' | 'amex';
}

/** The first ten have windows of their own, the last ten another recipient, every other one a number. */
const shops = Array.from({ length: 40 }, (_, place): Shop => {
  const id = `shop-${String(place + 1).padStart(2, '0')}`;
  return {
    id,
    number: place % 2 === 0 ? `KB-0040-${id.slice(-2)}` : undefined,
    window: place < 10 ? [place + 3, place + 12] : [5, 25],
    recipient: place < 30 ? 'psp' : 'amex',
  };
});
const cards = someCards(rng, 300);

const day = (date: number): string => `2020-01-${String(date).padStart(2, '0')}`;

function incidentToml(listed = shops): string {
  const tables = listed.map(
    ({ id, number }) =>
      `[[merchants]]\nid = "${id}"\nname = "${id} K.K."\n` +
      (number === undefined ? '' : `number = "${number}"\n`),
  );
  const window = (ids: readonly string[], [from, to]: Shop['window']): string =>
    `[[windows]]\nname = "web"\nfrom = ${day(from)}\nto = ${day(to)}\nmerchants = ${JSON.stringify(ids)}\n`;
  const own = listed.slice(0, 10).map(({ id, window: span }) => window([id], span));
  const further = listed.slice(10).map(({ id }) => id);
  const others = further.length === 0 ? '' : window(further, [5, 25]);
  const routes = listed
    .filter(({ recipient }) => recipient === 'amex')
    .map(({ id }) => `[[routes]]\nmerchant = "${id}"\nrecipient = "amex"\n`);
  return `id = "${incident}"
public_name = "Example Payments"
discovered_at = 2020-04-07T15:00:00+09:00
elements = ["pan", "expiry"]
default_recipient = "psp"

${[...tables, ...own, others, ...routes].join('\n')}`;
}

/** For a recipient who wants to know whose customers the cards were. */
const profileToml = `id = "by-merchant"
title = "Cards with the merchants they were seen at"
provenance = "Invented for this test"
shape = "delimited"
charset = "ascii"
newline = "lf"
delimiter = ";"
columns = [{ field = "pan" }, { field = "merchant", format = "number" }, { field = "merchant" }]
`;

const referenceProfileToml = `${profileToml.slice(0, profileToml.indexOf('columns')).replace('by-merchant', 'references-by-merchant')}subject = "references"
columns = [
  { field = "record_reference" },
  { field = "order_reference" },
  { field = "merchant", format = "number" },
]
`;

/** Columns as a processor has them; order numbers that merchants have in common. */
const ordersCsv = `order id,ordered at,card number,加盟店\n${Array.from({ length: 1_500 }, () => {
  const shop = pick(shops);
  const name = rng() < 0.03 ? 'another shop' : (shop.number ?? shop.id.toUpperCase());
  return `N-${between(rng, 1, 400)},${day(between(rng, 1, 30))},${pick(cards)},${name}\n`;
}).join('')}`;
const recoveredCsv = `card number,merchant id\n${Array.from({ length: 200 }, () => `${pick(cards)},${rng() < 0.05 ? '' : pick(shops).id}\n`).join('')}`;
const onlyCsv = `order id,ordered at,card number\n${Array.from({ length: 60 }, (_, at) => `N-${at + 1},${day(between(rng, 1, 30))},${pick(cards)}\n`).join('')}`;

function pick<T>(from: readonly T[]): T {
  return from[between(rng, 0, from.length - 1)]!;
}

/** What a person with a spreadsheet would count for each merchant, and where each card has to go. */
class Count {
  readonly byMerchant = new Map<string, Record<string, number>>();
  readonly cards = new Map<string, Set<string>>();
  readonly references = new Map<string, Set<string>>();

  constructor() {
    const shopOf = (text: string): Shop | undefined =>
      shops.find(({ id, number }) => text.toLowerCase() === id || text === number);
    for (const row of rows(ordersCsv)) {
      this.#add(shopOf(row['加盟店']!), row['card number']!, row['ordered at'], row['order id']);
    }
    for (const row of rows(recoveredCsv)) {
      this.#add(shopOf(row['merchant id']!), row['card number']!);
    }
    for (const row of rows(onlyCsv)) {
      this.#add(shopOf('shop-05'), row['card number']!, row['ordered at'], row['order id']);
    }
  }

  #add(shop: Shop | undefined, card: string, at?: string, reference?: string): void {
    const id = shop?.id ?? '';
    const counts = this.byMerchant.get(id) ?? { read: 0 };
    this.byMerchant.set(id, counts);
    counts['read']! += 1;
    const date = Number(at?.slice(-2));
    let reason: string | undefined;
    if (shop === undefined) reason = 'unknown-merchant';
    else if (at !== undefined && !(date >= shop.window[0] && date <= shop.window[1])) {
      reason = 'outside-window';
    } else {
      const seenAt = this.cards.get(card) ?? new Set();
      if (seenAt.has(id)) reason = 'duplicate';
      this.cards.set(card, seenAt.add(id));
      if (reference !== undefined) {
        this.references.set(id, (this.references.get(id) ?? new Set()).add(reference));
      }
    }
    const name = reason ?? 'cards';
    counts[name] = (counts[name] ?? 0) + 1;
  }

  /** Cards of a recipient: one that any merchant of `amex` saw goes there, since those routes come first. */
  of(recipient: Shop['recipient']): string[] {
    const isAmex = (seenAt: ReadonlySet<string>): boolean =>
      shops.some((shop) => shop.recipient === 'amex' && seenAt.has(shop.id));
    return [...this.cards]
      .filter(([, seenAt]) => isAmex(seenAt) === (recipient === 'amex'))
      .map(([card]) => card)
      .sort();
  }
}

function rows(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true });
}

function isInWindow(row: Record<string, string>): boolean {
  const date = Number(row['ordered at']!.slice(-2));
  return date >= shops[4]!.window[0] && date <= shops[4]!.window[1];
}

const counted = new Count();
let kit: Kit;
let prepared: Document;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  writeFileSync(join(kit.workspace, 'config/profiles/by-merchant.toml'), profileToml);
  const update = ['recipient', 'update', 'amex', '--profile', 'by-merchant'];
  await kit.done(['--as', kit.officer.id, ...update]);
  await kit.putInForce();
  const file = kit.put('gateway.toml', incidentToml());
  await kit.done(['--as', kit.officer.id, 'incident', 'open', file]);
  const recovered = kit.put('recovered-list.toml', 'kind = "recovered"\n');
  const only = kit.put('only.toml', 'merchant = "shop-05"\n');
  const orders = kit.put('by-merchant.toml', '[columns]\nmerchant = "加盟店"\n');
  prepared = await kit.done(
    kit.prepare(incident, [
      `${kit.put('orders.csv', ordersCsv)}=${orders}`,
      `${kit.put('recovered.csv', recoveredCsv)}=${recovered}`,
      `${kit.put('only.csv', onlyCsv)}=${only}`,
    ]),
  );
});

afterAll(() => kit.dispose());

/** The clear text of the one file of a batch that lies in a folder, as its recipient opens it. */
async function openedBy({ gpg }: Keyholder, folder: string, batch = ''): Promise<string> {
  const [sealed] = readdirSync(folder).filter((name) => name.endsWith(`${batch}.pgp`));
  const { output } = await gpg.decrypt(new Uint8Array(readFileSync(join(folder, sealed!))));
  return new TextDecoder().decode(output);
}

const numbersIn = (text: string): string[] => (text.match(/\b\d{15,16}\b/gu) ?? []).sort();

describe('an incident of 40 merchants', () => {
  it('is counted merchant by merchant as by hand', () => {
    const found = (prepared.merchants as Document[]).map(
      ({ merchant, read, cards: own, references, excluded, held }) => {
        const { ...counts } = { ...excluded, ...held } as Record<string, number>;
        return {
          merchant,
          references,
          counts: { read, ...(own > 0 && { cards: own }), ...counts },
        };
      },
    );
    const expected = [...shops.map(({ id }) => id), ''].map((merchant) => ({
      merchant,
      references: counted.references.get(merchant)?.size ?? 0,
      counts: counted.byMerchant.get(merchant),
    }));
    expect(found).toEqual(expected);
    expect(prepared.read).toBe(1_760);
    expect(prepared.cards).toBe(counted.cards.size);
    const own = (prepared.merchants as Document[]).map(({ cards: each }) => Number(each));
    expect(own.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(prepared.cards);
  });

  it('shows each merchant in both languages, no line too wide', async () => {
    const ids = shops.map(({ id }) => `  ${id} `);
    for (const command of ['review', 'show', 'summary']) {
      const lacking = await lackingInBoth(kit, ['handoff', command, prepared.handoff], {
        ja: [...ids, '加盟店', '対象外', 'カード', '本番'],
        en: [...ids, 'merchants', 'excluded', 'cards', 'LIVE'],
      });
      expect(lacking).toEqual([]);
    }
    const lacking = await lackingInBoth(kit, ['incident', 'show', incident], {
      ja: ['KB-0040-01', '加盟店'],
      en: ['KB-0040-01', 'Merchants'],
    });
    expect(lacking).toEqual([]);
  });

  it('goes to two recipients, each card to one, by the first route that takes it', async () => {
    const approve = [...kit.approver.acting, '--reason', 'checked', 'handoff', 'approve'];
    const approving = [...approve, prepared.handoff];
    expect(await lackingIn('ja', kit, approving, ['approver-1 が承認しました'])).toEqual([]);
    expect((await kit.json(kit.deliver(prepared.handoff))).status).toBe(77);
    await kit.testRecipients('psp', 'amex');
    const [toPsp, toAmex] = [counted.of('psp').length, counted.of('amex').length];
    const delivered = await lackingInBoth(kit, kit.deliver(prepared.handoff), {
      ja: [`提供先に格納済み カード ${toPsp}枚`, `(これから手渡し) カード ${toAmex}枚`],
      en: [`${toPsp} cards stored`, `${toAmex} cards in a folder, to be handed over`],
    });
    expect(delivered).toEqual([]);
    const { batches } = await kit.done(['handoff', 'show', prepared.handoff]);
    expect(batches.map(({ state }: Document) => state).sort()).toEqual(['stored', 'written']);
    const psp = await openedBy(kit.psp, kit.sshd.directory);
    const amex = await openedBy(kit.amex, kit.amexFolder);
    expect(numbersIn(psp)).toEqual(counted.of('psp'));
    expect(numbersIn(amex)).toEqual(counted.of('amex'));
    const expected = counted.of('amex').map((card) => {
      const seenAt = shops.filter(({ id }) => counted.cards.get(card)!.has(id));
      const numbers = seenAt.map(({ id, number = id }) => number);
      return `${card};${numbers.join(' ')};${seenAt.map(({ id }) => id).join(' ')}`;
    });
    expect(amex.trimEnd().split('\n').sort()).toEqual(expected);
    expect(expected.some((line) => line.includes(' '))).toBe(true);
  });

  it('shows before all of that whose each record is', async () => {
    const orders = `${kit.put('orders.csv', ordersCsv)}=${kit.put('by-merchant.toml', '[columns]\nmerchant = "加盟店"\n')}`;
    const preview = kit.prepare(incident, [orders], ['--preview']);
    const { records } = (await kit.done(preview)).sources[0];
    const expected = rows(ordersCsv)
      .slice(0, records.length)
      .map((row) => row['加盟店']!)
      .map((name) => shops.find(({ id, number }) => name === number || name.toLowerCase() === id));
    expect(records.map(({ merchant }: Document) => merchant)).toEqual(
      expected.map((shop) => shop?.id),
    );
    for (const language of ['en', 'ja']) {
      const { stdout } = await kit.run(['--lang', language, ...preview]);
      expect(stdout).toContain(language === 'ja' ? '加盟店' : 'merchant');
      expect(stdout).toContain(expected[0]!.id);
      expect(stdout.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
    }
  });

  it('lists the findings of one merchant', async () => {
    const list = ['handoff', 'findings', prepared.handoff, '--only', 'outside-window'];
    const { findings } = await kit.done([...list, '--merchant', 'shop-07']);
    expect(findings).toHaveLength(counted.byMerchant.get('shop-07')!['outside-window']!);
    const stranger = await kit.refused([...list, '--merchant', 'shop-99']);
    expect(stranger).toEqual({ status: 78, code: 'merchant-unknown' });
  });

  it('tells persons shop by shop, and keeps orders of one number apart', async () => {
    const output = join(kit.desk.home, 'notices.csv');
    const act = ['--as', kit.officer.id, 'notices'];
    const made = await kit.done([
      ...[...act, 'export', incident, '--output', output, '--merchant', 'shop-07'],
    ]);
    const references = counted.references.get('shop-07')!;
    expect(made.references).toBe(references.size);
    const list = rows(readFileSync(output, 'utf8').replace(/^\ufeff/u, ''));
    expect(new Set(list.map((row) => row['order reference']))).toEqual(references);
    expect(new Set(list.map(({ merchant }) => merchant))).toEqual(new Set(['shop-07']));
    const having = (one: string): string[] =>
      shops.map(({ id }) => id).filter((id) => counted.references.get(id)?.has(one) === true);
    const shared = [...references].find((one) => having(one).length > 1)!;
    expect(shared).toBeDefined();
    const told = (columns: string, cells: string): string =>
      kit.put('told.csv', `${columns},status,at\n${cells},mail-sent,2026-01-05\n`);
    const record = [...act, 'record', incident, '--file'];
    expect(await kit.refused([...record, told('reference', shared)])).toEqual({
      ...{ status: 65, code: 'notice-record-malformed' },
    });
    const recorded = await kit.done([
      ...[...record, told('reference,merchant', `${shared},${having(shared).at(-1)!}`)],
    ]);
    expect([recorded.added, recorded.steps['mail-sent']]).toEqual([1, 1]);
  });
});

describe('handoff prepare, of an incident with several merchants', () => {
  it('refuses a source that names none, and one of a merchant that is none of them', async () => {
    const bare = kit.put('bare.csv', onlyCsv);
    expect(await kit.refused(kit.prepare(incident, [bare]))).toEqual({
      ...{ status: 65, code: 'merchant-unmapped' },
    });
    const stranger = kit.prepare(incident, [bare], ['--merchant', 'shop-99']);
    expect(await kit.refused(stranger)).toEqual({ status: 78, code: 'merchant-unknown' });
  });

  it('takes the merchant of a source by option, and leaves out what was handed over', async () => {
    const bare = kit.put('bare.csv', onlyCsv);
    const dry = kit.prepare(incident, [bare], ['--merchant', 'shop-05', '--dry-run']);
    const { cards: left, merchants } = await kit.done(dry);
    // Cards that other merchants led to `amex` are new for `psp`, where the routes of this one lead.
    const own = [...counted.cards].filter(([, seenAt]) => seenAt.has('shop-05'));
    const toAmex = new Set(counted.of('amex'));
    const single = new Set(
      rows(onlyCsv)
        .filter(isInWindow)
        .map((row) => row['card number']),
    );
    const renewed = own.filter(([card]) => single.has(card) && toAmex.has(card)).length;
    expect(left).toBe(renewed);
    const tally = merchants.find(({ merchant }: Document) => merchant === 'shop-05');
    expect([tally.read, tally.cards]).toEqual([60, renewed]);
    expect(tally.excluded['already-handed-off']).toBe(single.size - renewed);
  });
});

describe('clocks of a merchant', () => {
  it('run from when it knew itself, beside those of the incident, in both languages', async () => {
    const act = ['--as', 'officer-1', 'incident', 'record', incident, 'awareness'];
    const at = ['--at', '2026-07-22 13:30', '--merchant', 'shop-03'];
    const { merchants } = await kit.done([...act, ...at]);
    expect(merchants).toMatchObject([{ merchant: 'shop-03', starts: [{ event: 'awareness' }] }]);
    const due = merchants[0].clocks.map(({ clock, due: end }: Document) => [clock, end?.day]);
    // The table of docs/operating/clocks.md: 09-19 to 09-23 are closed.
    expect(due).toEqual([
      ['ppc-preliminary', '2026-07-26'],
      ['ppc-final', '2026-08-20'],
      ['ppc-final-wrongful', '2026-09-24'],
      ['ppc-persons-notice', undefined],
    ]);
    const { clocks } = await kit.done(['status']);
    const own = clocks.filter(({ merchant }: Document) => merchant === 'shop-03');
    expect(own).toHaveLength(3);
    for (const language of ['en', 'ja']) {
      for (const command of ['clocks', 'show']) {
        const { stdout } = await kit.run(['--lang', language, 'incident', command, incident]);
        expect(stdout).toMatch(language === 'ja' ? /shop-03 .*2026\/0/ : /shop-03 .*2026-0/);
        expect(stdout.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
      }
    }
  });
});

describe('incident amend that removes merchants', () => {
  it('proposes the cards for recall that were seen at no other, and those alone', async () => {
    const left = shops.slice(0, 10);
    const file = kit.put('fewer.toml', incidentToml(left));
    const amend = ['--as', kit.officer.id, 'incident', 'amend', incident, file, '--dry-run'];
    const { amendment } = await kit.done(amend);
    const { proposedForRecall, untold, recalls } = amendment;
    const ids = new Set(left.map(({ id }) => id));
    const gone = [...counted.cards].filter(([, seenAt]) => ![...seenAt].some((id) => ids.has(id)));
    expect(gone.length).toBeGreaterThan(3);
    expect([proposedForRecall, untold]).toEqual([gone.length, 0]);
    const toAmex = new Set(counted.of('amex'));
    const ofAmex = gone.filter(([card]) => toAmex.has(card)).length;
    const proposed = recalls.find(({ recipient }: Document) => recipient === 'amex');
    expect(proposed?.cards ?? 0).toBe(ofAmex);
  });
});

/** Three shops without card numbers, whose orders bear the same numbers. */
const bookshops = shops.slice(0, 3);
const bookOrders = Array.from({ length: 60 }, () => ({
  shop: pick(bookshops),
  order: `N-${between(rng, 1, 12)}`,
  date: between(rng, 1, 16),
}));
const isExposed = ({ shop, date }: (typeof bookOrders)[number]): boolean =>
  date >= shop.window[0] && date <= shop.window[1];
const handedOver = [
  ...new Map(
    bookOrders.filter(isExposed).map((each) => [`${each.shop.id} ${each.order}`, each]),
  ).values(),
];

describe('references of an incident with several merchants', () => {
  const books = 'books-2020';
  const act = ['--as', 'officer-1'];
  const booksToml = (listed: Shop[]): string =>
    incidentToml(listed).replace(incident, books).replace('= "psp"', '= "amex"');
  let source: string;
  let batch: Document;
  let records: string[][];

  beforeAll(async () => {
    const lines = bookOrders.map(
      ({ shop, order, date }) => `${order},${day(date)},${shop.number ?? shop.id}\n`,
    );
    const csv = kit.put('books.csv', `order id,ordered at,merchant id\n${lines.join('')}`);
    const spec = `kind = "references"\n[columns]\nreference = "order id"\nordered_at = "ordered at"\nmerchant = "merchant id"\n`;
    source = `${csv}=${kit.put('books-spec.toml', spec)}`;
    await kit.done([...[...act, 'incident', 'open', kit.put('books.toml', booksToml(bookshops))]]);
    const profiles = join(kit.workspace, 'config/profiles');
    writeFileSync(join(profiles, 'references-by-merchant.toml'), referenceProfileToml);
    await kit.putInForce();
  });

  it('are refused while the file would not say whose each is', async () => {
    await kit.done([...act, 'recipient', 'update', 'amex', '--profile', 'references']);
    await kit.putInForce();
    expect(await kit.refused(kit.prepare(books, [source]))).toEqual({
      ...{ status: 78, code: 'references-by-merchant' },
    });
    const update = ['recipient', 'update', 'amex', '--profile', 'references-by-merchant'];
    await kit.done([...act, ...update]);
    await kit.putInForce();
  });

  it('are counted and handed over merchant by merchant, as by hand', async () => {
    const made = await kit.done(kit.prepare(books, [source]));
    expect(made).toMatchObject({ subject: 'references', cards: handedOver.length });
    const counts = bookshops.map(({ id }) => {
      const own = bookOrders.filter(({ shop }) => shop.id === id);
      const left = own.filter((each) => !isExposed(each)).length;
      const cards = handedOver.filter(({ shop }) => shop.id === id).length;
      const excluded = { duplicate: own.length - left - cards, 'outside-window': left };
      return { merchant: id, read: own.length, cards, references: cards, excluded, held: {} };
    });
    expect(made.merchants).toEqual(counts);
    await kit.approve(made.handoff);
    await kit.testRecipients('amex');
    [batch] = (await kit.done(kit.deliver(made.handoff))).batches;
    const clear = await openedBy(kit.amex, kit.amexFolder, batch.batch);
    records = clear
      .trimEnd()
      .split('\n')
      .map((line) => line.split(';'));
    const expected = handedOver.map(({ shop, order }) => `${order} ${shop.number ?? shop.id}`);
    expect(records.map(([, order, shop]) => `${order} ${shop}`).sort()).toEqual(expected.sort());
    expect(new Set(records.map(([, order]) => order)).size).toBeLessThan(records.length);
  });

  it('tell the persons of each shop by the answer about its own orders', async () => {
    const head = `H,mimamori-resolved-answer,1,${batch.handoff},${batch.batch}`;
    const lines = records.map(
      ([record], at) => `D,${record},resolved,visa,,${String(4_000 + at)},`,
    );
    const text = `${[head, ...lines, `T,${lines.length}`].join('\r\n')}\r\n`;
    const { gpg, fingerprint } = kit.amex;
    const { openpgp } = await kit.done(['key', 'sheet']);
    const us = [String(openpgp.fingerprint).replaceAll(' ', '')];
    const sealed = await gpg.encrypt(new TextEncoder().encode(text), us, fingerprint);
    const answer = kit.put('books-answer.pgp', sealed);
    await kit.done([
      ...[...kit.secret, ...act, 'response', 'import', answer, '--batch', batch.batch],
    ]);
    const output = join(kit.desk.home, 'books-notices.csv');
    const list = ['notices', 'export', books, '--output', output, '--merchant', 'shop-01'];
    await kit.done([...act, '--lang', 'en', ...list]);
    const told = rows(readFileSync(output, 'utf8').replace(/^\ufeff/u, ''));
    const expected = records.flatMap(([, order, shop], at) =>
      shop === shops[0]!.number ? [`shop-01 ${order} ${String(4_000 + at)}`] : [],
    );
    expect(
      told.map((row) => `${row['merchant']} ${row['order reference']} ${row['last 4']}`).sort(),
    ).toEqual(expected.sort());
  });

  it('are known again when merchants have other places', async () => {
    const turned = kit.put('turned.toml', booksToml(bookshops.toReversed()));
    const amend = ['--reason', 'order', 'incident', 'amend', books, turned];
    await kit.done([...act, ...amend]);
    const again = await kit.done(kit.prepare(books, [source], ['--dry-run']));
    expect([again.cards, again.excluded['already-handed-off']]).toEqual([0, handedOver.length]);
  });
});
