import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import { checkedKit } from '../support/auditor-kit.ts';
import { lackingIn, lackingInBoth } from '../support/both-languages.ts';
import type { Document } from '../support/cli.ts';
import {
  countsOf,
  shopExport,
  shopIncident,
  shopRows,
  shopSpec,
} from '../support/reference-shop.ts';
import { gpgTime } from '../support/gpg.ts';
import { nonceIn, openSealed } from '../support/sealed-text.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

const incident = 'shop-b-2015';
const rows = shopRows(15);
const expected = countsOf(rows);
const handed = rows.filter(({ becomes }) => becomes === '');
/** Not the shop's: a whole number, where none may be. */
const handedNumber = rows.find(({ becomes }) => becomes === 'reference-is-number')!.order;

let kit: Kit;
let processor: Keyholder;
let ours: string;
let inbox: string;
let prepared: Document;
let batch: Document;
let clear: string;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  processor = await kit.keyholder('processor', 'gpg', { kind: 'rsa', options: timed(10) });
  await processor.gpg.importKey(readFileSync(join(kit.workspace, 'keys/openpgp.asc')));
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint).replaceAll(' ', '');
  inbox = join(kit.sshd.directory, 'shop-b');
  mkdirSync(inbox, { mode: 0o700 });
  const where = kit.endpointOf(kit.sshd, inbox);
  await kit.addRecipient('processor', processor, [
    ...[...where, '--profile', 'references', '--answer-within', '3-bank-days'],
  ]);
  await kit.done([...asOfficer, 'incident', 'open', kit.put('shop-b.toml', shopIncident)]);
  const specs = join(kit.workspace, 'config/sources');
  writeFileSync(join(specs, 'shop-b.toml'), shopSpec, { mode: 0o600 });
});

afterAll(() => kit.dispose());

/** GnuPG so many days ago, when our key was not made yet. */
function timed(days: number): string[] {
  const then = gpgTime(new Date(Date.now() - days * 24 * 3_600_000));
  return ['--faked-system-time', then, '--ignore-time-conflict', '--ignore-valid-from'];
}

const asOfficer = ['--as', 'officer-1'];

describe('handoff prepare of references', () => {
  it('takes each order once, and says of every other row why not', async () => {
    const source = `${kit.put('orders.csv', shopExport(rows))}=shop-b`;
    prepared = await kit.done(kit.prepare(incident, [source]));
    const { '': cards, ...others } = expected;
    const { excluded, held, ...counted } = prepared;
    expect(counted).toMatchObject({ subject: 'references', read: rows.length, cards });
    expect({ ...excluded, ...held }).toEqual(others);
    expect(prepared.batches).toMatchObject([{ recipient: 'processor', cards }]);
  });

  it('goes out only to a recipient who read back invented references', async () => {
    const approve = [...kit.approver.acting, '--reason', 'checked', 'handoff', 'approve'];
    const approving = [...approve, prepared.handoff];
    expect(await lackingIn('ja', kit, approving, ['approver-1 が承認しました'])).toEqual([]);
    const { status } = await kit.json(kit.deliver(prepared.handoff));
    expect(status).toBe(77);
    await kit.testRecipients('processor');
    const delivered = await lackingInBoth(kit, kit.deliver(prepared.handoff), {
      ja: [`提供先に格納済み 参照番号 ${handed.length}件`],
      en: [`${handed.length} references stored with their recipient`],
    });
    expect(delivered).toEqual([]);
    const shown = await kit.done(['handoff', 'show', prepared.handoff]);
    [batch] = shown.batches;
    const [{ dueAt, overdue }] = shown.answered;
    // Midnight in Tokyo, three working days and at least two nights away.
    expect([String(dueAt).slice(11), overdue]).toEqual(['15:00:00.000Z', false]);
    expect(Date.parse(dueAt) - Date.now()).toBeGreaterThan(48 * 3_600_000);
    expect(batch).toMatchObject({ state: 'stored', cards: handed.length });
  });

  it('hands the processor a file that gpg opens, with every reference and nothing else', async () => {
    const file = readFileSync(join(inbox, `${batch.batch}.pgp`));
    clear = await openSealed(processor, new Uint8Array(file), ours);
    const lines = clear
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const names: Readonly<Record<string, string>> = { VISA: 'Visa' };
    expect(lines.filter(([kind]) => kind === 'D').map((cells) => cells.slice(2, 7))).toEqual(
      handed
        .toSorted((a, b) => place(a.brand) - place(b.brand))
        .map(({ order, brand, lastFour }) => [
          ...['order', order, names[brand] ?? brand, lastFour, 'web'],
        ]),
    );
    expect(lines[0]!.slice(0, 4)).toEqual(['H', 'LIVE', prepared.handoff, batch.batch]);
    expect(lines.at(-1)).toEqual(['T', '15', '17']);
  });

  it.each(['en', 'ja'])('says references and not cards on every screen: %s', async (language) => {
    const commands = ['show', 'review', 'summary'].map((act) => ['handoff', act, prepared.handoff]);
    const printed = await Promise.all(
      [...commands, ['status']].map((command) => kit.run(['--lang', language, ...command])),
    );
    for (const { stdout } of printed) {
      expect(stdout).not.toMatch(/\d cards?\b|カード [\d,]+枚|\d枚/);
      expect(stdout.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
    }
  });
});

/** What the processor finds: a card for most, none for the third, and nothing is said yet of the last three. */
const issuerOf: Readonly<Record<string, string>> = {
  ...{
    VISA: 'みどりの銀行',
    Mastercard: 'しおさい銀行',
    JCB: 'すずらんカード',
    '': 'みどりの銀行',
  },
};
const answeredOrders = handed.slice(0, 12);
const lost = answeredOrders[2]!.order;
const digitsOf = (row: (typeof handed)[number], at: number): string =>
  row.lastFour === '' ? String(7_000 + at) : row.lastFour;

/** The answer as the processor writes it from the file it opened. */
function answerFor(
  orders: typeof handed,
  more: Partial<Record<'batch' | 'count', string>> = {},
): string {
  const recordOf = new Map(
    clear.split('\r\n').map((line) => [line.split(',')[3], line.split(',')[1]] as const),
  );
  const lines = orders.map((row) => {
    const record = recordOf.get(row.order)!;
    if (row.order === lost) return `D,${record},not-found,,,,cancelled before capture`;
    const brand = row.brand === '' ? 'visa' : row.brand;
    return `D,${record},resolved,${brand},${issuerOf[row.brand]!},${digitsOf(row, handed.indexOf(row))},`;
  });
  const head = `H,mimamori-resolved-answer,1,${prepared.handoff},${more.batch ?? batch.batch},${nonceIn(clear)}`;
  return `${[head, ...lines, `T,${more.count ?? String(lines.length)}`].join('\r\n')}\r\n`;
}

const sealedAnswer = (text: string, signer?: Keyholder, options?: string[]): Promise<Uint8Array> =>
  (signer ?? processor).gpg.encrypt(
    new TextEncoder().encode(text),
    [ours],
    (signer ?? processor).fingerprint,
    options,
  );
const importing = (
  name: string,
  content: Uint8Array | string,
  more: readonly string[] = [],
): string[] => [
  ...[...kit.secret, ...asOfficer, ...more, 'response', 'import', kit.put(name, content)],
  ...['--batch', batch.batch],
];

describe('response import', () => {
  it('refuses what is not signed by the processor, or not an answer to this batch', async () => {
    await kit.psp.gpg.importKey(readFileSync(join(kit.workspace, 'keys/openpgp.asc')));
    const good = answerFor(answeredOrders);
    const signed = async (text: string): Promise<unknown> =>
      kit.refused(importing('wrong.pgp', await sealedAnswer(text)));
    const codes = [
      await kit.refused(importing('clear.csv', good)),
      await kit.refused(importing('clear.csv', good.replace('cancelled before', handedNumber))),
      await kit.refused(importing('other.pgp', await sealedAnswer(good, kit.psp))),
      await kit.refused(importing('early.pgp', await sealedAnswer(good, processor, timed(2)))),
      await signed(answerFor(answeredOrders, { batch: 'b-other' })),
      await signed(answerFor(answeredOrders, { count: '13' })),
      await signed(answerFor([...answeredOrders, answeredOrders[0]!])),
      await signed(good.replace('cancelled before', handedNumber)),
    ];
    expect(codes).toEqual([
      { status: 77, code: 'response-unsigned' },
      // Nobody vouches for it, so nothing of it was looked at.
      { status: 77, code: 'response-unsigned' },
      { status: 65, code: 'source-signer-unknown' },
      { status: 65, code: 'source-signature-early' },
      { status: 65, code: 'response-of-other' },
      { status: 65, code: 'response-count-differs' },
      { status: 65, code: 'response-contradicts' },
      { status: 65, code: 'response-holds-card' },
    ]);
    const { responses } = await kit.done(['response', 'list']);
    expect(responses).toEqual([]);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '3']);
    expect(entries.at(-1).leaf).toMatchObject({ act: 'response-refused', result: 'refused' });
    expect(JSON.stringify(entries)).not.toContain(handedNumber);
  });

  it('takes a partial answer made with gpg, once', async () => {
    const sealed = await sealedAnswer(answerFor(answeredOrders));
    const imported = await kit.done([...importing('answer.pgp', sealed), '--answered-by', 'Sato']);
    expect(imported).toMatchObject({ signed: true, resolved: 11, notFound: 1, changed: 0 });
    expect(imported.answered).toMatchObject({ references: 15, resolved: 11, unanswered: 3 });
    const again = await kit.refused(importing('again.pgp', sealed, ['--reason', 'twice']));
    expect(again).toEqual({ status: 65, code: 'response-known' });
    const anew = await sealedAnswer(answerFor(answeredOrders));
    const reason = ['--reason', 'twice'];
    expect((await kit.refused(importing('anew.pgp', anew, reason))).code).toBe('response-known');
  });

  it('lets no unsigned answer change a signed one', async () => {
    const [first] = answeredOrders;
    const other = answerFor([first!]).replace(issuerOf[first!.brand]!, 'かわせみ銀行');
    const reason = ['--reason', 'came by mail'];
    const unsigned = [...importing('other.csv', other, reason), '--accept-unsigned'];
    expect(await kit.refused(unsigned)).toEqual({ status: 77, code: 'response-over-signed' });
  });

  it('takes back nothing by accepting that an answer does not name the nonce', async () => {
    const [first] = answeredOrders;
    const other = answerFor([first!]).replace(issuerOf[first!.brand]!, 'かわせみ銀行');
    const blind = await sealedAnswer(other.replace(`,${nonceIn(clear)}`, ''));
    const said = importing('blind.pgp', blind, ['--reason', 'they opened it, says Sato by phone']);
    const codes: unknown[] = [];
    for (const accepting of [[], ['--accept-differing'], ['--accept-nonce']]) {
      codes.push((await kit.refused([...said, ...accepting])).code);
    }
    const differs = 'response-nonce-differs';
    expect(codes).toEqual([differs, differs, 'response-takes-back']);
  });

  it('takes a second answer with a reason, and counts as an independent count does', async () => {
    const rest = await sealedAnswer(answerFor(handed.slice(12)));
    const refused = await kit.refused(importing('rest.pgp', rest));
    expect(refused).toEqual({ status: 64, code: 'reason-required' });
    const later = importing('rest.pgp', rest, ['--reason', 'the rest came later']);
    expect(await lackingIn('ja', kit, later, ['15件中 14件判明', 'processor の署名あり'])).toEqual(
      [],
    );
    const found = handed.filter(({ order }) => order !== lost);
    const byIssuer: Record<string, number> = {};
    for (const { brand } of found) {
      const key = `${brand === '' ? 'visa' : brand.toLowerCase()} ${issuerOf[brand]!}`;
      byIssuer[key] = (byIssuer[key] ?? 0) + 1;
    }
    const { answered } = await kit.done(['handoff', 'show', prepared.handoff]);
    expect(answered).toMatchObject([{ resolved: 14, notFound: 1, unanswered: 0 }]);
    const counted = (list: readonly Document[], count: string): unknown =>
      Object.fromEntries(list.map((one) => [`${one.brand} ${one.issuer}`, one[count]]));
    expect(counted(answered[0].issuers, 'references')).toEqual(byIssuer);
    const { issuers } = await kit.done(['handoff', 'summary', prepared.handoff]);
    expect(counted(issuers, 'cards')).toEqual({ ...byIssuer, 'unknown ': 1 });
  });

  it('keeps what was not found open until an officer settles it, with a reason', async () => {
    const unresolved = [{ batch: batch.batch, recipient: 'processor', unanswered: 0, notFound: 1 }];
    const openOf = async (): Promise<Document[]> => {
      const { stdout } = await kit.run(['--json', 'incident', 'readiness', incident]);
      const { open } = JSON.parse(stdout) as { open: Document[] };
      return open.filter(({ item }) => item === 'references-unresolved');
    };
    expect(await openOf()).toEqual([{ item: 'references-unresolved', ...unresolved[0] }]);
    expect((await kit.done(['status'])).unresolved).toEqual(unresolved);
    const settling = (more: readonly string[]): string[] => [
      ...[...asOfficer, ...more, 'response', 'settle', batch.batch],
    ];
    expect((await kit.refused(settling([]))).code).toBe('reason-required');
    const reason = ['--reason', 'cancelled before capture: no card was charged'];
    const { answered } = await kit.done(settling(reason));
    expect(answered).toMatchObject({ notFound: 1, open: { unanswered: 0, notFound: 0 } });
    expect(answered.settled).toMatchObject({ notFound: 1, unanswered: 0, officer: 'officer-1' });
    expect(await openOf()).toEqual([]);
    expect((await kit.done(['status'])).unresolved).toEqual([]);
    expect(await kit.refused(settling(reason))).toEqual({ status: 64, code: 'response-complete' });
    const { entries } = await kit.done(['audit', 'tail', '--entries', '2']);
    expect(entries[0].leaf).toMatchObject({ act: 'response-settle', data: { notFound: 1 } });
    expect(JSON.stringify(entries)).not.toContain('captured');
  });

  it('gives the list of persons brand and last four digits', async () => {
    const output = join(kit.desk.home, 'persons.csv');
    const command = ['notices', 'export', incident, '--output', output];
    const made = await kit.done([...asOfficer, '--lang', 'en', ...command]);
    const [, ...lines] = readFileSync(output, 'utf8').trimEnd().split('\r\n');
    expect(made.unnamed).toBeGreaterThan(0);
    expect(made.unnamed).toBe(lines.filter((line) => line.split(',')[3] === '').length);
    const names: Readonly<Record<string, string>> = { VISA: 'Visa', '': 'Visa' };
    const expectedLines = handed.map((row, at) => {
      const isLost = row.order === lost;
      const brand = isLost ? row.brand : (names[row.brand] ?? row.brand);
      return [row.order, 'web', brand, isLost ? row.lastFour : digitsOf(row, at)].join(',');
    });
    const told = lines.map((line) => line.split(',').slice(0, 4).join(','));
    expect(told.sort()).toEqual(expectedLines.sort());
  });

  it('tells a caller by order number what the recipient found', async () => {
    const at = handed.findIndex(({ order }) => order !== lost);
    const words = ['--reason', 'a caller', 'lookup', 'order', handed[at]!.order];
    const { hits } = await kit.done([...asOfficer, ...words]);
    expect(hits).toMatchObject([
      {
        lastFour: digitsOf(handed[at]!, at),
        card: { lists: [{ batch: batch.batch }], watch: { state: 'unknown' } },
      },
    ]);
  });

  it('leaves what was handed over out of the next handoff, and the log whole', async () => {
    const more = shopRows(3, 15);
    const source = `${kit.put('more.csv', shopExport(more))}=shop-b`;
    const next = await kit.done(kit.prepare(incident, [source]));
    expect(next).toMatchObject({ subject: 'references', cards: 2 });
    expect(next.excluded['already-handed-off']).toBe(1);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });

  it.each(['en', 'ja'])('shows the answer on its screens: %s', async (language) => {
    const commands = [
      ...[
        ['response', 'list'],
        ['response', 'show', batch.batch],
      ],
      ...[
        ['handoff', 'show', prepared.handoff],
        ['handoff', 'summary', prepared.handoff],
      ],
    ];
    const run = (command: readonly string[]): Promise<{ stdout: string }> =>
      kit.run(['--lang', language, ...command]);
    const printed = await Promise.all(commands.map(run));
    const told = printed.map(({ stdout }) => stdout).join('\n');
    if (process.env['SHOW']) console.log(told);
    expect(told).toContain(language === 'en' ? '14 of 15 resolved' : '15件中 14件判明');
    expect(told).toContain('cancelled before capture');
    expect(told).toContain(language === 'en' ? 'settled 20' : '対応済みとしたもの');
    expect(told).toContain('みどりの銀行');
    expect(told.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
  });
});

describe('incident export', () => {
  it('has what was answered, refused and settled, asked by callers, removed and tested', async () => {
    const source = ['purge', 'source', join(kit.desk.home, 'orders.csv'), '--force-reason', 'old'];
    await kit.done([...asOfficer, ...source]);
    const folder = join(kit.desk.home, 'kit');
    await kit.done([...kit.secret, ...asOfficer, 'incident', 'export', incident, folder]);
    const { status, lines } = await checkedKit(folder, [], kit.desk.home);
    expect([status, lines.at(-1)]).toEqual([0, 'all holds']);
    const read = (path: string): Document[] =>
      JSON.parse(readFileSync(join(folder, path), 'utf8')) as Document[];
    const [answered, ...others] = read(`handoffs/${prepared.handoff}/responses.json`);
    expect(others).toEqual([]);
    expect(answered).toMatchObject({
      ...{ batch: batch.batch, references: 15, resolved: 14, notFound: 1 },
      settlement: { notFound: 1, reason: 'cancelled before capture: no card was charged' },
      answers: [{ answeredBy: 'Sato' }, { resolved: 3 }],
    });
    const codes = answered!['refused'].map(({ code }: Document) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['response-unsigned', 'response-holds-card', 'response-over-signed']),
    );
    const found = answered!['records'].map(
      ({ card, reason }: Document) => card?.lastFour ?? reason,
    );
    const expectedFound = handed.map((row, at) =>
      row.order === lost ? 'cancelled before capture' : digitsOf(row, at),
    );
    expect(found.sort()).toEqual(expectedFound.sort());
    const acts = read('entries/entries.json').map(({ leaf }) => leaf.act);
    expect(acts).toEqual(
      expect.arrayContaining([
        ...['look-up', 'source-purge-start', 'source-purge', 'response-refused'],
        ...['recipient-test', 'recipient-test-sent', 'recipient-test-answer'],
      ]),
    );
    expect(read('entries/texts.json').map(({ text }) => text)).toContain('a caller');
    const said = readdirSync(join(folder, 'commands')).filter((name) =>
      name.endsWith('.said.json'),
    );
    const words = said.map((name) => readFileSync(join(folder, 'commands', name), 'utf8'));
    expect(words.some((each) => each.includes('"--force-reason":"old"'))).toBe(true);
  });
});

/** Where a brand stands in a batch: by its id, and without one by `unknown`. */
const place = (brand: string): number => ['JCB', 'Mastercard', '', 'VISA'].indexOf(brand);
