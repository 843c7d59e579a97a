import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import { makeOrderExport } from '../support/order-export.ts';
import { shopExport, shopIncident, shopRows, shopSpec } from '../support/reference-shop.ts';
import { AtTerminal } from '../support/terminal.ts';
import { Kit } from '../support/workspace-kit.ts';

const orders = makeOrderExport(5);
const passphrase = 'a passphrase for journeys';
/** Of Visa's documentation: no card. */
const publishedTestNumber = '4111 1111 1111 1111';
const officerPassphrase = 'the passphrase of one officer';

const asOfficer = ['--as', 'officer-1'];

let kit: Kit;
let orderFile: string;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill', recipients: 'ed25519' });
  orderFile = kit.put('orders.csv', orders.bytes);
});

afterAll(() => kit.dispose());

function person(lang: 'ja' | 'en'): AtTerminal {
  return AtTerminal.start(kit.desk, ['--workspace', kit.workspace, '--lang', lang, 'start']);
}

/** Up to the question whether the incident of the answers shall be opened. */
async function describeIncident(at: AtTerminal): Promise<void> {
  await at.answer('事案の短い名前', 'shop-a-2020\r');
  await at.answer('店舗・サービスの名前', `${publishedTestNumber}\r`);
  await at.answer('カード番号を除いてください', '');
  await at.answer('店舗・サービスの名前', 'きつつき珈琲\r');
  await at.answer('加盟店', '\r');
  await at.answer('案件番号', '\r');
  await at.answer('漏えいを知った日時', '2020/4/7 15:00\r');
  await at.answer('2020-04-07 15:00 のように', '2020-04-07 15:00\r');
  await at.answer('例 2,3,4', '1,2,3,4\r');
  await at.answer('漏えい対象外の販売チャネル', 'rakuten,yahoo,amazon\r');
  await at.answer('最初の日', '2019-12-16\r');
  await at.answer('最後の日', '2020-04-08\r');
  await at.answer('対象の販売チャネル', 'web\r');
  await at.answer('ほかにも漏えい対象期間', 'いいえ\r');
  await at.answer('番号(1〜2)', '2\r');
  await at.answer('番号(1〜2)', '1\r');
  await at.sees('この内容で事案を登録しますか');
}

describe('start', () => {
  it('stops at Ctrl-C with 130 and leaves nothing behind', async () => {
    const before = await kit.done(['status']);
    const at = person('ja');
    await describeIncident(at);
    await at.answer('', '\u0003');
    const { status } = await at.ended;
    expect(status).toBe(130);
    expect((await kit.done(['incident', 'list'])).incidents).toEqual([]);
    expect(readdirSync(join(kit.workspace, 'config/incidents'))).toEqual([]);
    expect((await kit.done(['status'])).log.entries).toBe(before.log.entries);
  });

  it('leads an officer in Japanese to a handoff that is then approved and delivered', async () => {
    const at = person('ja');
    await describeIncident(at);
    await at.answer('', 'はい\r');
    await at.answer('ファイルの保存先', '\r');
    await at.answer('2/4', '');
    await at.answer('入力ファイル', '/nowhere/orders.csv\r');
    await at.answer('番号(1〜3)', '1\r');
    await at.answer('パスフレーズ', 'not the passphrase\r');
    await at.sees('passphrase-wrong');
    await at.answer('パスフレーズ', `${passphrase}\r`);
    await at.sees('source-missing');
    await at.answer('入力ファイル', `${orderFile}\r`);
    await at.answer('番号(1〜3)', '1\r');
    await at.answer('正しく読めていますか', '');
    await at.answer('番号(1〜', '2\r');
    await at.answer('入力定義の名前', 'shop\r');
    await at.answer('正しく読めていますか', '');
    await at.answer('番号(1〜', '1\r');
    await at.answer('この提供先でよいですか', 'はい\r');
    await at.answer('引き渡しを準備しますか', '\r');
    await at.answer('Enter だけでは進みません', '');
    await at.answer('引き渡しを準備しますか', 'はい\r');
    const key = kit.officer.acting[kit.officer.acting.indexOf('--officer-key') + 1]!;
    await at.answer('秘密鍵ファイル', `${key}\r`);
    await at.answer('パスフレーズ', `${officerPassphrase}\r`);
    await at.sees('計画に署名しました');
    const { status } = await at.ended;
    expect(status).toBe(0);
    expect(at.screen).not.toContain(passphrase);
    expect(at.screen).not.toContain(officerPassphrase);
    // Where the person types, the terminal breaks the line.
    const drawn = at.lines.filter((line) => !line.includes('秘密鍵ファイル'));
    expect(drawn.filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);

    const [handoff] = (await kit.done(['handoff', 'list'])).handoffs;
    await kit.approve(handoff.handoff);
    const { batches } = await kit.done(kit.deliver(handoff.handoff));
    expect(batches.map(({ state }: { state: string }) => state)).toEqual(['stored']);
  });

  it('leads a shop without card numbers to a handoff of references', async () => {
    await kit.done([...asOfficer, 'recipient', 'update', 'amex', '--profile', 'references']);
    const incident = shopIncident.replace('"processor"', '"amex"');
    await kit.done([...asOfficer, 'incident', 'open', kit.put('shop-b.toml', incident)]);
    const specs = join(kit.workspace, 'config/sources');
    writeFileSync(join(specs, 'shop-b.toml'), shopSpec, { mode: 0o600 });
    const rows = shopRows(12);
    const file = kit.put('references.csv', shopExport(rows));

    const at = person('ja');
    await at.answer('番号(1〜3)', '2\r');
    await at.answer('入力ファイル', `${file}\r`);
    await at.answer('番号(1〜3)', '3\r');
    await at.answer('パスフレーズ', `${passphrase}\r`);
    await at.answer('正しく読めていますか', '');
    await at.answer('番号(1〜', '2\r');
    await at.answer('入力定義の名前', 'shop-b\r');
    await at.answer('正しく読めていますか', '');
    await at.answer('番号(1〜', '1\r');
    await at.answer('この提供先でよいですか', 'はい\r');
    await at.answer('引き渡しを準備しますか', 'はい\r');
    await at.answer('秘密鍵ファイル', '\r');
    expect((await at.ended).status).toBe(0);

    const { handoffs } = await kit.done(['handoff', 'list', '--incident', 'shop-b-2015']);
    expect(handoffs).toHaveLength(1);
    const shown = await kit.done(['handoff', 'show', handoffs[0].handoff]);
    const handed = rows.filter(({ becomes }) => becomes === '').length;
    expect([shown.subject, shown.cards]).toEqual(['references', handed]);
  });

  it('is refused where there is no terminal, and for scripts', async () => {
    const { status, stderr } = await kit.run(['start']);
    expect([status, stderr.includes('terminal-needed')]).toEqual([64, true]);
    expect(await kit.refused(['start'])).toEqual({ status: 64, code: 'terminal-needed' });
  });
});
