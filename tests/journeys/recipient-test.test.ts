import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { makeRecoveredList } from '../support/recovered-list.ts';
import { makeOrderExport } from '../support/order-export.ts';
import { confirming, receiveTest } from '../support/recipient-test.ts';
import type { ReadOut } from '../support/recipient-test.ts';
import { openSealed } from '../support/sealed-text.ts';
import { Kit } from '../support/workspace-kit.ts';

let kit: Kit;
let handoff: string;
let read: ReadOut;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  await kit.openIncident('shop-a-2020');
  const list = makeRecoveredList(3, makeOrderExport(2));
  const source = kit.source('pfi.csv', list.bytes, 'recovered');
  ({ handoff } = await kit.done(kit.prepare('shop-a-2020', [source])));
  await kit.approve(handoff);
});

afterAll(() => kit.dispose());

const test = (id: string): string[] => [
  ...[...kit.secret, '--as', kit.officer.id],
  ...['recipient', 'test', id],
];

async function deliver(): Promise<{ status: number; codes: Record<string, string> }> {
  const { status, document } = await kit.json(kit.deliver(handoff));
  const codes = document.reports.map(({ recipient, state, code }: Document) => [
    recipient,
    code ?? state,
  ]);
  return { status, codes: Object.fromEntries(codes) };
}

describe('handoff deliver, live, to recipients that nobody tested', () => {
  it('is refused for each of them with 77, and nothing leaves', async () => {
    expect(await deliver()).toEqual({
      status: 77,
      codes: { psp: 'recipient-untested', amex: 'recipient-untested' },
    });
    expect([readdirSync(kit.sshd.directory), readdirSync(kit.amexFolder)]).toEqual([[], []]);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '2']);
    expect(entries.map(({ leaf }: Document) => [leaf.act, leaf.data.code])).toEqual([
      ['permission-refused', 'recipient-untested'],
      ['permission-refused', 'recipient-untested'],
    ]);
  });

  it('seals no letter for one of them either, and that is recorded', async () => {
    const letter = ['waiver', 'letter', 'shop-a-2020', '--issuer', 'unknown', '--output'];
    const output = join(kit.desk.home, 'letters');
    const sealed = [...letter, output, '--recipient', 'psp'];
    expect(await kit.refused([...kit.secret, '--as', kit.officer.id, ...sealed])).toEqual({
      ...{ status: 77, code: 'recipient-untested' },
    });
    const [{ leaf }] = (await kit.done(['audit', 'tail', '--entries', '1'])).entries;
    expect([leaf.act, leaf.object, leaf.data.code]).toEqual([
      ...['permission-refused', 'recipient:psp', 'recipient-untested'],
    ]);
    expect(existsSync(output)).toBe(false);
  });

  it.each(['en', 'ja'])('says the exact next command, in %s', async (language) => {
    const { status, stdout } = await kit.run(['--lang', language, ...kit.deliver(handoff)]);

    expect(status).toBe(77);
    expect(stdout).toContain('mimamori recipient test psp --as ID');
    expect(stdout).toContain('mimamori recipient test amex --as ID');
  });
});

describe('recipient test', () => {
  it('needs an officer, and a recipient that is there', async () => {
    const command = [...kit.secret, 'recipient', 'test', 'psp'];
    expect(await kit.refused(command)).toEqual({ status: 64, code: 'officer-required' });
    expect(await kit.refused(test('nobody'))).toEqual({ status: 64, code: 'config-id-unknown' });
    expect(await kit.refused(['--as', kit.approver.id, ...command])).toMatchObject({ status: 77 });
  });

  it('puts a file that says TEST, sealed by us, where files go, and shows nothing of it', async () => {
    const { status, stdout } = await kit.run(['--lang', 'en', ...test('psp')]);
    expect(status).toBe(0);
    expect(stdout).toContain('mimamori recipient confirm psp');
    const [file = ''] = readdirSync(kit.sshd.directory);
    expect(file).toMatch(/^test-[0-9a-f]{10}\.pgp$/);
    const place = join(kit.sshd.directory, file);
    const { document } = await kit.json(['key', 'sheet']);
    const signer = String(document.openpgp.fingerprint);
    const clear = await openSealed(kit.psp, new Uint8Array(readFileSync(place)), signer);
    const [header = '', ...lines] = clear.trimEnd().split('\r\n');
    expect(header).toBe(`TEST,${file.slice(5, 15)},TEST,interim,${lines.length},delta,,TEST`);
    const numbers = lines.map((line) => line.split(',')[0]!);
    const shown = kit.desk.printed.join('\n');
    expect(numbers.filter((number) => shown.includes(number))).toEqual([]);
    // Whether there are six or thirty, whoever sends it must not know either.
    expect(stdout).not.toMatch(new RegExp(`\\b${lines.length} (?:cards|records)`));
    rmSync(place);
    read = await receiveTest(kit, 'psp', kit.psp);
    expect(read.count).toBeGreaterThanOrEqual(6);
  });

  it('counts a folder as an endpoint, with call sheets that do not tell the answer', async () => {
    expect((await kit.run(test('amex'))).status).toBe(0);
    const files = readdirSync(kit.amexFolder).sort();
    const [sealed = ''] = files.filter((name) => name.endsWith('.pgp'));
    expect(files).toEqual(
      ['', '.call-sheet.en.txt', '.call-sheet.ja.txt'].map((end) => `${sealed}${end}`),
    );
    const { output } = await kit.amex.gpg.decrypt(
      new Uint8Array(readFileSync(join(kit.amexFolder, sealed))),
    );
    const cards = new TextDecoder().decode(output).trimEnd().split('\n');
    for (const language of ['en', 'ja']) {
      const sheet = readFileSync(
        join(kit.amexFolder, `${sealed}.call-sheet.${language}.txt`),
        'utf8',
      );
      expect(sheet).toContain('mimamori recipient confirm amex');
      expect(sheet).not.toMatch(new RegExp(`\\b${cards.length} (?:cards|件)`));
    }
    for (const name of files) rmSync(join(kit.amexFolder, name));
  });

  it('records a file that did not arrive: host key changed, exit 76; no directory, exit 69', async () => {
    const [, login = ''] = kit.endpointOf(kit.sshd);
    const wrong = ['--sftp', `${login}/moved`, '--host-key', `SHA256:${'A'.repeat(43)}`];
    const lost = kit.endpointOf(kit.sshd, `${kit.sshd.directory}/nowhere`);
    for (const [id, endpoint, status, code] of [
      ['moved', wrong, 76, 'host-key-changed'],
      ['lost', lost, 69, 'remote-directory-missing'],
    ] as const) {
      const holder = await kit.keyholder(id, 'gpg', { kind: 'ed25519' });
      await kit.addRecipient(id, holder, endpoint);
      const sent = await kit.json(test(id));
      expect(sent).toMatchObject({ status, document: { hasArrived: false, code } });
      const guess = confirming(kit, id, { count: 6, first: '1111', last: '1111' });
      expect(await kit.refused(guess)).toEqual({ status: 77, code: 'recipient-test-missing' });
    }
  });
});

describe('recipient confirm', () => {
  it.each([
    ['three digits', ['--first', '111']],
    ['no number of cards', ['--count', 'many']],
    ['a card number as a telephone number', ['--phone', '4111 1111 1111 1111']],
    ['a time that is to come', ['--at', '2099-01-01 00:00']],
    ['a time before the file', ['--at', '2020-01-01 00:00']],
  ])('refuses %s as a mistake, which is no try', async (_what, wrong) => {
    const command = confirming(kit, 'psp', read);
    expect(await kit.refused([...command, ...wrong])).toEqual({ status: 64, code: 'usage' });
  });

  it('records a wrong answer and unlocks nothing; after three the file is worth nothing', async () => {
    const wrong = { ...read, count: read.count + 1 };
    const misread = (): Promise<object> => kit.refused(confirming(kit, 'psp', wrong));
    const refused = { status: 1, code: 'recipient-test-differs' };
    expect([await misread(), await misread(), await misread()]).toEqual(Array(3).fill(refused));
    expect(await kit.refused(confirming(kit, 'psp', read))).toEqual({
      ...{ status: 77, code: 'recipient-test-missing' },
    });
    expect((await deliver()).codes['psp']).toBe('recipient-untested');
    const { entries } = await kit.done(['audit', 'tail', '--entries', '20']);
    const answers = entries.filter(({ leaf }: Document) => leaf.act === 'recipient-test-answer');
    expect(answers.map(({ leaf }: Document) => [leaf.result, leaf.data.misreadings])).toEqual([
      ...[
        ['failed', 1],
        ['failed', 2],
        ['failed', 3],
      ],
    ]);
  });

  it('unlocks after a right answer in full-width digits, and keeps who said it where and when', async () => {
    read = await receiveTest(kit, 'psp', kit.psp);
    const wide = (digits: string): string =>
      digits.replace(/[0-9]/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
    const heard = { ...read, first: wide(read.first), last: wide(read.last) };
    const passed = await kit.done(confirming(kit, 'psp', heard));
    expect(passed).toMatchObject({ state: 'read-back', by: 'K. Sato', phone: '+81 3 0000 0000' });
    const shown = await kit.done(['recipient', 'show', 'psp']);
    expect([shown.isTested, shown.test]).toEqual([true, passed]);
    const { stdout } = await kit.run(['--lang', 'ja', 'recipient', 'show', 'psp']);
    expect(stdout).toMatch(
      /テスト +\d{4}\/\d{2}\/\d{2} \d{2}:\d{2} JST · K\. Sato · \+81 3 0000 0000/,
    );
    expect(await deliver()).toEqual({
      ...{ status: 77, codes: { psp: 'stored', amex: 'recipient-untested' } },
    });
  });

  it('counts for one combination: another profile or folder needs a new test, and back again none', async () => {
    await kit.testRecipients('amex');
    const isTested = async (): Promise<boolean> =>
      (await kit.done(['recipient', 'show', 'amex'])).isTested as boolean;
    const update = async (...changed: string[]): Promise<void> => {
      await kit.done(['--as', kit.officer.id, 'recipient', 'update', 'amex', ...changed]);
      await kit.putInForce();
    };
    const confirmed = ['--confirmed-by', 'by phone'];
    expect(await isTested()).toBe(true);
    await update('--profile', 'masked-annex');
    expect(await isTested()).toBe(false);
    await update('--profile', 'pan-list');
    expect(await isTested()).toBe(true);
    const other = join(kit.desk.root, 'other');
    mkdirSync(other);
    await update('--manual', other, ...confirmed);
    expect(await isTested()).toBe(false);
    await update('--manual', kit.amexFolder, ...confirmed);
    expect((await deliver()).codes).toEqual({ psp: 'stored', amex: 'written' });
  });

  it('leaves a log that holds', async () => {
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
