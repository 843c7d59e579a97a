import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Document } from '../support/cli.ts';
import { plainList, plainRow, someCards } from '../support/plain-list.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(1204);
const cards = someCards(rng, 8);
const incident = 'shop-a-2020';
const formula = '=HYPERLINK(1)';
const list =
  plainList(cards) +
  [
    plainRow(cards[0]!, 50),
    plainRow('**** **** **** 1111', 60),
    plainRow('4.11111E+15', 61),
    plainRow('not a number', 62),
    plainRow(cards[1]!, 63, { orderedAt: '2001-01-05 10:00' }),
    plainRow('**** **** **** 1112', 64, { channel: 'rakuten' }),
    plainRow(cards[2]!, 65).replace('A-65', formula),
    plainRow(cards[3]!, 66).replace('A-66', '注文66'),
  ].join('\n');
/** A card that was handed over before, a new one under a reference that CP932 lacks, a number read by now. */
const later = [
  plainList([]).trimEnd(),
  plainRow(cards[4]!, 70),
  plainRow(cardDigits(rng, { prefix: '490020' }).join(''), 71).replace('A-71', '😀-71'),
  plainRow(cardDigits(rng, { prefix: '490020' }).join(''), 60),
].join('\n');

let kit: Kit;
let handoff: string;
let second: string;
let batches: Document[];

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  await kit.openIncident(incident);
  const prepared = await kit.done(kit.prepare(incident, [kit.put('list.csv', list)]));
  handoff = prepared.handoff;
  await kit.approve(handoff);
});

afterAll(() => kit.dispose());

const asOfficer = (...command: string[]): string[] => ['--as', kit.officer.id, ...command];
const batchFor = (recipient: string): string =>
  batches.find((batch) => batch.recipient === recipient).batch;
const lastFour = (card: string): string => card.slice(-4);
const latestLeaf = async (act: string): Promise<Document> => {
  const { entries } = await kit.done(['audit', 'tail', '--entries', '5']);
  return entries.findLast(({ leaf }: Document) => leaf.act === act);
};

function record(batch: string, more: Readonly<Record<string, string>> = {}): string[] {
  const now = new Date().toISOString();
  const said = { rung: 'received', channel: 'phone', by: 'Yamada, desk 2', at: now, ...more };
  const given = Object.entries(said).flatMap(([name, value]) => [`--${name}`, value]);
  return asOfficer('handoff', 'record', batch, ...given);
}

describe('handoff record', () => {
  it('refuses a batch that has not left: 77', async () => {
    const shown = await kit.done(['handoff', 'show', handoff]);
    const refused = await kit.refused(record(shown.batches[0].batch));
    expect(refused).toEqual({ status: 77, code: 'batch-not-sent' });
    batches = (await kit.done(kit.deliver(handoff))).batches;
    expect(batches.map(({ state }) => state).sort()).toEqual(['stored', 'written']);
  });

  it('is what the call sheet, the handoff and status ask for', async () => {
    const command = `mimamori handoff record ${batchFor('amex')}`;
    const sheets = readdirSync(kit.amexFolder).filter((name) => name.endsWith('.txt'));
    for (const sheet of sheets) {
      expect(readFileSync(join(kit.amexFolder, sheet), 'utf8')).toContain(command);
    }
    expect(sheets.length).toBeGreaterThan(1);
    expect((await kit.run(['handoff', 'show', handoff])).stdout).toContain(command);
    const { unconfirmed } = await kit.done(['status']);
    expect(unconfirmed.map(({ batch }: Document) => batch)).toEqual([batchFor('amex')]);
  });

  it('refuses what cannot be true, or is no word: 64', async () => {
    const refused = async (more: Readonly<Record<string, string>>): Promise<unknown> =>
      kit.refused(record(batchFor('amex'), more));
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect(await refused({ at: tomorrow })).toEqual({ status: 64, code: 'word-in-future' });
    const before = { status: 64, code: 'word-before-delivery' };
    expect(await refused({ at: '2020-01-01 00:00' })).toEqual(before);
    const usage = { status: 64, code: 'usage' };
    expect(await refused({ at: 'yesterday' })).toEqual(usage);
    expect(await refused({ rung: 'accepted' })).toEqual(usage);
    expect(await refused({ channel: 'fax' })).toEqual(usage);
    expect(await refused({ by: ' ' })).toEqual(usage);
    expect(await refused({ by: `card ${cards[0]!}` })).toEqual(usage);
    expect(await kit.refused(record('none'))).toEqual({ status: 64, code: 'batch-unknown' });
  });

  it('refuses evidence that is no file, or holds a card number', async () => {
    const refused = async (evidence: string): Promise<unknown> =>
      kit.refused(record(batchFor('amex'), { evidence }));
    const link = join(kit.desk.home, 'link.eml');
    symlinkSync(kit.put('target.eml', 'x'), link);
    const folder = join(kit.desk.home, 'folder');
    mkdirSync(folder);
    const noFile = { status: 66, code: 'evidence-not-a-file' };
    expect([await refused(link), await refused(folder)]).toEqual([noFile, noFile]);
    const mail = kit.put('card.eml', `Your card ${cards[0]!} arrived.`);
    expect(await refused(mail)).toEqual({ status: 65, code: 'evidence-holds-card' });
    const encoded = Buffer.from(`Your card ${cards[0]!} arrived.`, 'utf16le').toString('base64');
    const part = `Content-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n`;
    expect(await refused(kit.put('part.eml', part))).toEqual({
      ...{ status: 65, code: 'evidence-holds-card' },
    });
    expect((await kit.done(['handoff', 'show', handoff])).words).toEqual([]);
  });

  it('keeps the word with its evidence, and leaves the batch as it is', async () => {
    const text = 'From: desk\n\nYour file arrived.\n';
    const evidence = kit.put('mail.eml', text);
    const made = await kit.done(record(batchFor('amex'), { evidence }));
    expect(made.batch.state).toBe('written');
    expect(made.words).toMatchObject([
      { kind: 'persons-word', rung: 'received', by: 'Yamada, desk 2', officer: 'officer-1' },
    ]);
    const { file, sha256 } = made.words[0].evidence;
    const kept = join(kit.workspace, 'data/handoffs', handoff, file);
    expect(readFileSync(kept, 'utf8')).toBe(text);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    const { leaf, texts } = await latestLeaf('handoff-record');
    expect(leaf.data).toMatchObject({
      batch: batchFor('amex'),
      rung: 'received',
      evidence: sha256,
    });
    expect(leaf.data.by).toMatch(/^[0-9a-f]{64}$/);
    expect(texts.by).toBe('Yamada, desk 2');
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });

  it('shows differently from what the machine saw', async () => {
    const { stdout } = await kit.run(['handoff', 'show', handoff]);
    const lineOf = (recipient: string): string =>
      stdout.split('\n').find((line) => line.includes(`  ${recipient} `))!;
    expect(lineOf('psp')).toMatch(/●.*●.*●.*○/);
    expect(lineOf('amex')).toMatch(/●.*●.*●.*◆.*◆/);
    expect(stdout).toMatch(/^◆ \w+ {2}received · by phone/m);
    const { unconfirmed, byWordOnly } = await kit.done(['status']);
    expect(unconfirmed).toEqual([]);
    expect(byWordOnly[0].word).toMatchObject({ kind: 'persons-word', rung: 'received' });
  });
});

describe('handoff summary', () => {
  it('counts the same cards by brand, issuer and recipient, and names the evidence', async () => {
    const made = await kit.done(['handoff', 'summary', handoff]);
    const sum = (counts: readonly Document[]): number =>
      counts.reduce((total, { cards: count }) => total + (count as number), 0);
    expect([made.cards, sum(made.brands), sum(made.issuers), sum(made.batches)]).toEqual([
      ...[8, 8, 8, 8],
    ]);
    expect([made.records, made.orders, made.references]).toEqual([16, 11, 11]);
    const kinds = made.batches.map(({ recipient, evidenceKind }: Document) => [
      ...[recipient, evidenceKind],
    ]);
    expect(kinds.sort()).toEqual([
      ['amex', 'persons-word'],
      ['psp', 'read-back'],
    ]);
    expect(made.decisions).toMatchObject([{ officer: 'approver-1', decision: 'approve' }]);
    expect(made.timeZone).toBe('Asia/Tokyo');
  });

  it.each(['en', 'ja'])('fits a page of paper (%s)', async (language) => {
    const { stdout } = await kit.run(['--lang', language, 'handoff', 'summary', handoff]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
    expect(stdout).toContain('JST');
  });
});

/** Rows of an exported list without its heading, as cells. No cell of these lists has a comma inside. */
function rowsOf(path: string, charset = 'utf-8'): string[][] {
  const text = new TextDecoder(charset, { fatal: true }).decode(readFileSync(path));
  const [heading, ...lines] = text.trimEnd().split('\r\n');
  expect(heading).toMatch(/^(?:order reference|注文番号),/);
  return lines.map((line) => line.split(','));
}

function exporting(output: string, more: readonly string[] = []): string[] {
  return asOfficer('notices', 'export', incident, '--output', output, ...more);
}

describe('notices export', () => {
  it('lists every reference in scope, also without a usable number, and nothing else', async () => {
    const path = join(kit.desk.home, 'notices.csv');
    const made = await kit.done(exporting(path));
    const of = (reference: string, card: string): string[] => {
      const brand = card.startsWith('37') ? 'American Express' : 'Visa';
      return [reference, 'web', brand, lastFour(card), '', '', ''];
    };
    const without = (reference: string, reason: string): string[] => [
      ...[reference, 'web', '', '', reason, '', ''],
    ];
    const wanted = [
      ...cards.map((card, place) => of(`A-${place}`, card)),
      ...[of('A-50', cards[0]!), of(`'${formula}`, cards[2]!), of('注文66', cards[3]!)],
      without('A-60', 'digits are hidden'),
      without('A-61', 'digits were lost in a spreadsheet'),
      without('A-62', 'is empty or holds other characters than digits'),
    ];
    expect(rowsOf(path).sort()).toEqual(wanted.sort());
    expect(readFileSync(path).subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const unusable = { 'masked-number': 1, 'spreadsheet-damage': 1, characters: 1 };
    expect(made).toMatchObject({ rows: 14, references: 14, orders: 11, withoutCard: unusable });
    const { leaf } = await latestLeaf('notices-export');
    expect(leaf.data).toMatchObject({ incident, rows: 14, sha256: made.sha256, charset: 'utf-8' });
  });

  it('never replaces a file: 73', async () => {
    const refused = await kit.refused(exporting(kit.put('taken.csv', 'theirs')));
    expect(refused).toEqual({ status: 73, code: 'file-exists' });
    expect(readFileSync(join(kit.desk.home, 'taken.csv'), 'utf8')).toBe('theirs');
  });

  it('says an entry of several handoffs once, as the newest has it', async () => {
    const prepared = await kit.done(kit.prepare(incident, [kit.put('later.csv', later)]));
    second = prepared.handoff;
    expect(prepared.excluded).toEqual({ 'already-handed-off': 1 });
    const path = join(kit.desk.home, 'both.csv');
    const made = await kit.done(exporting(path));
    expect(made.orders).toBeUndefined();
    expect(made.handoffs).toEqual([second, handoff]);
    const rows = rowsOf(path);
    const ofReference = (reference: string): string[][] =>
      rows.filter(([first]) => first === reference);
    expect(ofReference('A-70')).toMatchObject([{ 3: lastFour(cards[4]!) }]);
    expect(ofReference('A-60')).toMatchObject([{ 2: 'Visa', 4: '' }]);
    expect(rows).toHaveLength(16);
  });

  it('writes CP932 in Japanese, and refuses characters it lacks: 65', async () => {
    const path = join(kit.desk.home, 'old.csv');
    const cp932 = [...exporting(path), '--charset', 'cp932'];
    expect(await kit.refused(cp932)).toEqual({ status: 65, code: 'charset-lacks' });
    expect(readdirSync(kit.desk.home).filter((name) => name.includes('old.csv'))).toEqual([]);
    await kit.done(['--lang', 'ja', ...cp932, '--handoff', handoff]);
    const rows = rowsOf(path, 'shift_jis');
    expect(rows.map(([reference]) => reference)).toContain('注文66');
    expect(rows.map((row) => row[4])).toContain('番号が伏せ字');
  });

  it('refuses an incident without references, and whoever may not: 65, 77', async () => {
    await kit.openIncident('shop-b-2020');
    const path = join(kit.desk.home, 'none.csv');
    const empty = asOfficer('notices', 'export', 'shop-b-2020', '--output', path);
    expect(await kit.refused(empty)).toEqual({ status: 65, code: 'notices-empty' });
    const approver = ['--as', kit.approver.id, 'notices', 'export', incident, '--output', path];
    expect(await kit.refused(approver)).toEqual({ status: 77, code: 'role-missing' });
  });
});

describe('notices record', () => {
  const table = [
    'reference,status,at',
    'A-0,mail-sent,2020-04-09',
    'A-0,mail-bounced,2020-04-09',
    'A-0,letter-sent,2020/4/10 9:05',
    'A-1,mail-sent,2020-04-09T09:00:00+09:00',
    'A-1,mail-bounced,2020-04-09T10:00:00+09:00',
    `'${formula},メール送信,2020-04-09`,
    'ZZ-9,mail-sent,2020-04-09',
  ].join('\r\n');
  const recording = (text: string): string[] =>
    asOfficer('notices', 'record', incident, '--file', kit.put('told.csv', text));

  it('takes in who was told; unknown references are counted and not kept', async () => {
    const made = await kit.done(recording(table));
    const steps = { 'mail-sent': 3, 'mail-bounced': 2, 'letter-sent': 1 };
    expect(made).toMatchObject({ given: steps, steps, added: 6, unknown: 1, unknownLines: [8] });
    expect(made).toMatchObject({ references: 16, untold: 13, bounced: 1 });
    const { leaf, texts } = await latestLeaf('notices-record');
    expect(leaf.data).toMatchObject({ incident, steps, added: 6, unknown: 1 });
    expect(JSON.stringify([leaf, texts])).not.toMatch(/A-0|ZZ-9/);
  });

  it('takes the same file in once, and shows the latest step in the next list', async () => {
    expect(await kit.done(recording(table))).toMatchObject({ added: 0, untold: 13 });
    const path = join(kit.desk.home, 'after.csv');
    await kit.done(exporting(path));
    const steps = new Map(rowsOf(path).map((row) => [row[0], row[5]]));
    expect([steps.get('A-0'), steps.get('A-1'), steps.get('A-2')]).toEqual([
      ...['letter-sent', 'mail-bounced', ''],
    ]);
    expect(await kit.done(['notices', 'show', incident])).toMatchObject({ bounced: 1 });
  });

  it('refuses a table with one line that cannot be read: 65', async () => {
    for (const line of ['A-2,called,2020-04-09', 'A-2,mail-sent,2999-01-01', 'A-2,mail-sent,x']) {
      const refused = await kit.refused(recording(`reference,status,at\n${line}\n`));
      expect(refused).toEqual({ status: 65, code: 'notice-record-malformed' });
    }
    expect(await kit.done(['notices', 'show', incident])).toMatchObject({ untold: 13 });
  });
});
