import { Buffer } from 'node:buffer';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import { CanaryScan } from '../support/canaries.ts';
import type { CliRun, Document } from '../support/cli.ts';
import { endedAtPrompt } from '../support/ended-at-prompt.ts';
import { affected, panOf, personExport, type PersonOrder } from '../support/person-orders.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { AtTerminal } from '../support/terminal.ts';
import { TextCanaries } from '../support/text-canaries.ts';
import { Kit } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const reason = 'a caller asks';

const mio = {
  ...{ family: '鷺沼', given: '澪', kana: ['サギヌマ', 'ミオ'] as const, postcode: '1500001' },
  ...{ phone: '090-1111-2222', ...affected },
} as const;
const takako = {
  // A spreadsheet dropped the zeros in front.
  ...{ family: '渡邉', given: '髙子', kana: ['ワタナベ', 'タカコ'] as const, postcode: '600001' },
  ...{ phone: '312345678', ...affected, pan: panOf(3, '370011') },
} as const;
const hiroshi = {
  ...{ family: '斉藤', given: '廣', kana: ['サイトウ', 'ヒロシ'] as const, postcode: '530-0001' },
  ...{ phone: '06-1234-5678', ...affected, pan: wrongDigit(panOf(4)) },
} as const;
const early = { ...mio, family: '雁金', date: '2019-01-10 12:00:00', pan: panOf(5) };
const byTransfer = { ...mio, family: '百舌', payment: '銀行振込', pan: panOf(6) };
const others = Array.from({ length: 12 }, (_, at): PersonOrder => {
  const given = 'アイウエオカキクケコサシ'[at]!;
  return { ...mio, family: '犬養', given: `${given}子`, pan: panOf(20 + at) };
});
/** The number of the first order, and of the second one, with another card. */
const both = 'A-1000';
const orders: readonly PersonOrder[] = [
  ...[
    { ...mio, pan: panOf(1) },
    { ...mio, order: both, pan: panOf(2, '352812') },
    takako,
    hiroshi,
    early,
  ],
  ...[byTransfer, ...others],
];
const opted = `look_up_by_name = true\n${incidentToml(incident)}`;
const spec = ['--columns', 'pan=カード番号', '--channel', 'web'];

let kit: Kit;
let source: string;
let handoff: string;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
  await kit.done(['--as', kit.officer.id, 'incident', 'open', kit.put('incident.toml', opted)]);
  source = `${kit.put('orders.csv', personExport(orders))}=eccube4`;
  const prepared = await kit.done(kit.prepare(incident, [source], spec));
  handoff = prepared.handoff;
  expect(prepared).toMatchObject({ cards: 15, foundByName: 15, excluded: { luhn: 1 } });
  await kit.approve(handoff);
  await kit.done(kit.deliver(handoff));
});

afterAll(() => kit.dispose());

function wrongDigit(pan: string): string {
  return `${pan.slice(0, -1)}${(Number(pan.at(-1)) + 1) % 10}`;
}

const asking = (...words: readonly string[]): string[] => [
  ...kit.secret,
  ...['--as', kit.officer.id, '--reason', reason, 'lookup', 'person', ...words],
];
const typed = (...lines: readonly string[]): { input: Uint8Array } => ({
  input: Buffer.from(lines.map((line) => `${line}\n`).join('')),
});
const asked = (...lines: readonly string[]): Promise<{ status: number; document: Document }> =>
  kit.json(asking('--stdin'), typed(...lines));
const fits = ({ stdout }: CliRun): boolean =>
  stdout.split('\n').every((line) => widthOf(line) <= LINE_COLUMNS);

describe('lookup person', () => {
  it.each([
    ['渡邊高子様', '０６００００１'],
    ['わたなべ　たかこ', '+81 3 1234 5678'],
  ])('finds a person however shop and caller write them: %s, %s', async (name, detail) => {
    const { status, document } = await asked(name, detail);
    expect(status).toBe(0);
    expect(document).toMatchObject({ by: 'person', found: true, incidents: [incident] });
    expect(document.hits).toMatchObject([
      {
        ...{
          incident,
          brand: 'american-express',
          lastFour: takako.pan.slice(-4),
          windows: ['web'],
        },
        card: { waiver: 'not-requested', lists: [{ recipient: 'amex' }] },
      },
    ]);
  });

  it('shows nothing of several cards until the caller has said the last four digits of theirs', async () => {
    const several = await asked('鷺沼 澪', '090-1111-2222');
    expect([several.status, several.document.asksFor]).toEqual([1, 'last-four']);
    expect(several.document).toMatchObject({ found: false, hits: [] });
    const ending = panOf(2, '352812').slice(-4);
    const { status, document } = await asked('さぎぬま みお', '150-0001', ending);
    expect([status, document.asksFor]).toEqual([0, undefined]);
    expect(document.hits).toMatchObject([{ brand: 'jcb', lastFour: ending }]);
    const wrong = ['0000', '0001', '0002'].find((digits) => digits !== ending)!;
    expect(await asked('鷺沼 澪', '150-0001', wrong)).toMatchObject({
      ...{ status: 1, document: { found: false } },
    });
    for (const [language, words] of [
      ['en', 'Please tell me the last four digits'],
      ['ja', '下4桁か、注文番号をお聞かせください'],
    ] as const) {
      const run = await kit.run(
        ['--lang', language, ...asking('--stdin')],
        typed('鷺沼 澪', '150-0001'),
      );
      expect([run.status, run.stdout.includes(words), fits(run)]).toEqual([1, true, true]);
      expect(run.stdout).not.toContain(ending);
    }
  });

  it('names a person whose number cannot be used', async () => {
    const { status, document } = await asked('齋藤 広', '530-0001');
    expect(status).toBe(0);
    expect(document.hits).toMatchObject([{ reason: 'luhn', lastFour: '', windows: ['web'] }]);
  });

  it.each([
    ['another postcode', '渡辺 高子', '060-0002'],
    ['an order outside of the window', '雁金 澪', '150-0001'],
    ['an order that was paid otherwise', '百舌 澪', '150-0001'],
  ])('does not find %s: exit 1', async (_, name, detail) => {
    const { status, document } = await asked(name, detail);
    expect([status, document.found, document.asksFor]).toEqual([1, false, undefined]);
  });

  it.each([
    ['a name alone', ['渡辺 高子']],
    ['a card number for a phone', ['渡辺 高子', panOf(1)]],
  ])('refuses %s: 65', async (_, lines) => {
    const { status, document } = await asked(...lines);
    expect([status, document.error.code]).toEqual([65, 'lookup-person-unreadable']);
  });

  it('refuses no reason, another role, and no terminal', async () => {
    const input = typed('渡辺 高子', '060-0001');
    const code = async (...words: readonly string[]): Promise<string> =>
      (await kit.refused([...kit.secret, ...words], input)).code;
    const as = ['--as', kit.officer.id];
    const why = ['--reason', reason];
    const person = ['lookup', 'person', '--stdin'];
    expect(await code(...as, ...person)).toBe('reason-required');
    expect(await code('--as', kit.approver.id, ...why, ...person)).toBe('role-missing');
    expect(await code(...as, ...why, 'lookup', 'person')).toBe('terminal-needed');
  });

  it('asks at the terminal, and says what to compare before anything is read out', async () => {
    const command = ['--workspace', kit.workspace, '--lang', 'ja', ...asking()];
    const at = AtTerminal.start(kit.desk, command);
    await at.answer('漢字またはカナ', '渡辺高子\r');
    await at.answer('郵便番号または電話番号', '０３－１２３４－５６７８\r');
    await at.answer('下4桁(分からなければ Enter)', '\r');
    await at.sees('一致するか確かめてください');
    expect((await at.ended).status).toBe(0);
    expect(at.screen).toContain(takako.pan.slice(-4));
  });

  it('stops at Ctrl-C with 130, and there is no leaf of a question that was not answered', async () => {
    const { log } = await kit.done(['status']);
    const command = ['--workspace', kit.workspace, '--lang', 'en', ...asking()];
    const at = AtTerminal.start(kit.desk, command);
    await at.answer('Name, family and given', '\u0003');
    expect((await at.ended).status).toBe(130);
    expect((await kit.done(['status'])).log.entries).toBe(log.entries);
  });

  it('leaves a leaf that says who asked, and not for whom', async () => {
    await asked('渡辺 高子', '060-0001');
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    expect(entries[0].leaf).toMatchObject({
      ...{ act: 'look-up', actor: kit.officer.id, object: 'desk:person' },
      data: { by: 'person', incidents: [incident], found: 1 },
    });
  });
});

describe('lookup order', () => {
  const byOrder = (...words: readonly string[]): string[] => [
    ...['--as', kit.officer.id, '--reason', reason, 'lookup', 'order', both, ...words],
  ];

  it('shows nothing of several cards until the caller has said the digits of theirs', async () => {
    const endings = [panOf(1), panOf(2, '352812')].map((pan) => pan.slice(-4));
    const { status, document } = await kit.json(byOrder());
    expect([status, document.asksFor, document.hits]).toEqual([1, 'last-four', []]);
    for (const lastFour of endings) {
      const { hits } = await kit.done(byOrder('--last-four', lastFour));
      expect(hits).toMatchObject([{ lastFour, card: { watch: { state: 'unknown' } } }]);
    }
    const wrong = ['0000', '0001', '0002'].find((digits) => !endings.includes(digits))!;
    expect((await kit.json(byOrder('--last-four', wrong))).document.found).toBe(false);
    const stranger = { status: 78, code: 'merchants-absent' };
    expect(await kit.refused(byOrder('--merchant', 'none'))).toEqual(stranger);
    for (const words of [['12345'], ['12a4'], ['']].map((each) => ['--last-four', ...each])) {
      expect(await kit.refused(byOrder(...words))).toEqual({ status: 64, code: 'usage' });
    }
    const run = await kit.run(['--lang', 'ja', ...byOrder()]);
    expect([run.status, fits(run), run.stdout.includes('--last-four')]).toEqual([1, true, true]);
    for (const lastFour of endings) expect(run.stdout).not.toContain(lastFour);
  });
});

describe('an incident that does not say look_up_by_name', () => {
  it('reads no columns of persons that a spec maps, and refuses those that a command names', async () => {
    const other = kit.put('other.toml', incidentToml('shop-b-2020'));
    await kit.done(['--as', kit.officer.id, 'incident', 'open', other]);
    expect((await asked('渡辺 高子', '060-0001')).document.skipped).toEqual(['shop-b-2020']);
    const dry = await kit.done(kit.prepare('shop-b-2020', [source], [...spec, '--dry-run']));
    expect(dry.foundByName).toBeUndefined();
    const named = ['--columns', 'pan=カード番号,name=お名前(姓),phone=TEL', '--channel', 'web'];
    const preview = ['--preview'];
    for (const more of [[], preview]) {
      const prepare = kit.prepare('shop-b-2020', [source], [...named, ...more]);
      expect((await kit.refused(prepare)).code).toBe('look-up-by-name-off');
    }
  });
});

describe('names, postcodes and phone numbers', () => {
  it('are in no file of the workspace and in nothing that was printed', () => {
    const names = orders.flatMap(({ family, given }) => [
      `${family}${given}`,
      `${family} ${given}`,
    ]);
    const single = ['鷺沼', '雁金', '百舌', '犬養', 'サギヌマ', 'ワタナベ', '髙子'];
    const phones = ['09011112222', '090-1111-2222', '0312345678', '312345678', '06-1234-5678'];
    const scan = new TextCanaries([...names, ...single, ...phones, '150-0001', '530-0001']);
    const { workspace, anchor, desk } = kit;
    const folders = [workspace, anchor, desk.temporary, desk.folder];
    // What is there is seen.
    expect(new TextCanaries(['Kitsutsuki Coffee']).inFolder(workspace)).not.toEqual([]);
    expect(folders.flatMap((folder) => scan.inFolder(folder))).toEqual([]);
    // What is typed at a terminal is shown there: that was another writing of a name.
    expect(scan.inBytes(Buffer.from(desk.printed.join('\n')), 'what was printed')).toEqual([]);
    const pans = new CanaryScan(orders.map(({ pan }) => pan));
    expect(folders.flatMap((folder) => pans.inFolder(folder))).toEqual([]);
  });
});

describe('purge incident', () => {
  it('removes the index with its key: nobody is found any more, and the log verifies', async () => {
    const officer = ['--as', kit.officer.id];
    await kit.done([...officer, '--reason', 'it is over', 'incident', 'close', incident]);
    const why = ['--reason', 'no longer needed'];
    const { counts } = await kit.done([
      ...officer,
      ...why,
      'purge',
      'incident',
      incident,
      '--early',
    ]);
    expect(counts.persons).toBe(1);
    const { status, document } = await asked('渡辺 高子', '060-0001');
    expect([status, document.purged, document.hits]).toEqual([1, [incident], []]);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });
});

describe('the terminal', () => {
  const place = (): string[] => ['--workspace', kit.workspace];
  const byCard = ['--reason', reason, 'lookup', 'card'];
  const question = (): string[] => ['--as', kit.officer.id, ...byCard];

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'shows again what is typed when %s ends the program at the hidden number: 130',
    async (signal) => {
      const args = [...place(), ...question()];
      expect(await endedAtPrompt(kit.desk, signal, args)).toBe('130 seen');
    },
  );

  it('shows it again after the hidden passphrase, too', async () => {
    const args = [...place(), ...question()];
    expect(await endedAtPrompt(kit.desk, 'SIGTERM', args)).toBe('130 seen');
  });
});
