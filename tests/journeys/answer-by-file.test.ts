import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

let kit: Kit;
let ours: string;
/** What psp opened of the first and of the second test file. */
let first: Uint8Array;
let second: Uint8Array;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'live' });
  ours = String((await kit.done(['key', 'sheet'])).openpgp.fingerprint);
  const { stdout } = await kit.run(['key', 'export', '--openpgp']);
  for (const { gpg } of [kit.psp, kit.amex]) await gpg.importKey(stdout);
  first = await opened('psp', kit.sshd.directory, kit.psp);
  second = await opened('psp', kit.sshd.directory, kit.psp);
});

afterAll(() => kit.dispose());

/** Sends a test file and opens it with the recipient's own GnuPG. */
async function opened(id: string, folder: string, { gpg }: Keyholder): Promise<Uint8Array> {
  const { file } = await kit.done([...acting(), 'recipient', 'test', id]);
  const { output } = await gpg.decrypt(new Uint8Array(readFileSync(join(folder, String(file)))));
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  return output;
}

const acting = (): string[] => [...kit.secret, '--as', kit.officer.id];
const sealedBy = (clear: Uint8Array, { gpg, fingerprint }: Keyholder, more: string[] = []) =>
  gpg.encrypt(clear, [ours], fingerprint, more);
const confirm = (bytes: Uint8Array, id = 'psp'): string[] => [
  ...[...acting(), 'recipient', 'confirm', id],
  ...['--answer', kit.put('answer.pgp', bytes)],
];
const isTested = async (id = 'psp'): Promise<boolean> =>
  (await kit.done(['recipient', 'show', id])).isTested as boolean;

describe('recipient confirm --answer refuses', () => {
  const refused = { status: 65, code: 'recipient-answer-refused' };
  const differs = { status: 1, code: 'recipient-answer-differs' };

  it.each([
    ['what nobody signed', refused, () => kit.psp.gpg.encrypt(second, [ours])],
    ['what another recipient signed', refused, () => sealedBy(second, kit.amex)],
    [
      'what is encrypted to somebody else',
      refused,
      () => kit.psp.gpg.encrypt(second, [kit.psp.fingerprint], kit.psp.fingerprint),
    ],
    ['a clear file', refused, () => Promise.resolve(second)],
    [
      'what was changed on the way',
      refused,
      async () => {
        const sealed = await sealedBy(second, kit.psp);
        sealed[sealed.length - 30]! ^= 1;
        return sealed;
      },
    ],
    [
      'a bomb',
      refused,
      () => sealedBy(new Uint8Array(64 * 1024 * 1024), kit.psp, ['--compress-level', '9']),
    ],
    [
      'what is larger than any answer',
      refused,
      () => sealedBy(new Uint8Array(2 * 1024 * 1024), kit.psp, ['--compress-algo', 'none']),
    ],
    ['the answer to an earlier file', differs, () => sealedBy(first, kit.psp)],
    [
      'one digit changed, signed by them',
      differs,
      () => sealedBy(second.with(second.length - 10, 0x31 ^ second.at(-10)!), kit.psp),
    ],
    ['an empty file, signed by them', differs, () => sealedBy(new Uint8Array(0), kit.psp)],
  ])('%s', async (_, expected, make) => {
    expect(await kit.refused(confirm(await make()))).toEqual(expected);
  });

  it('both ways of answering at once, and none', async () => {
    const usage = { status: 64, code: 'usage' };
    expect(await kit.refused([...confirm(second), '--count', '7'])).toEqual(usage);
    expect(await kit.refused([...acting(), 'recipient', 'confirm', 'psp'])).toEqual(usage);
    const missing = ['recipient', 'confirm', 'psp', '--answer', join(kit.desk.home, 'no.pgp')];
    expect(await kit.refused([...acting(), ...missing])).toEqual({
      ...{ status: 66, code: 'source-missing' },
    });
  });

  it('records what it refused, and unlocks nothing', async () => {
    expect(await isTested()).toBe(false);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '6']);
    const leaves = entries.map(({ leaf }: Document) => leaf);
    const answers = leaves.filter(({ act }: Document) => act !== 'command-sign');
    expect(answers.map((leaf: Document) => [leaf.act, leaf.result, leaf.data.code])).toEqual(
      Array(3).fill(['recipient-test-file-answer', 'refused', 'recipient-answer-differs']),
    );
  });
});

describe('recipient confirm --answer', () => {
  it('unlocks for the opened file, signed with the pinned key, and shows it as machine evidence', async () => {
    const answered = await kit.done(confirm(await sealedBy(second, kit.psp)));
    expect(answered).toMatchObject({
      ...{ state: 'read-back', answerFile: { kind: 'signed-file' } },
    });
    expect(answered.by).toBeUndefined();
    const shown = await kit.done(['recipient', 'show', 'psp']);
    expect([shown.isTested, shown.test]).toEqual([true, answered]);
    for (const [lang, words] of [
      ['en', /Tested +● signed file, /],
      ['ja', /テスト +● 署名付きファイル /],
    ] as const) {
      const { stdout } = await kit.run(['--lang', lang, 'recipient', 'show', 'psp']);
      expect(stdout).toMatch(words);
    }
    const ready = (await kit.json(['doctor', '--ready'])).document;
    expect(
      ready.checks.find(
        ({ check, facts }: Document) => check === 'recipient-tested' && facts.id === 'psp',
      ).verdict,
    ).toBe('ok');
    const clear = new TextDecoder().decode(second);
    const numbers = clear.match(/\b[0-9]{13,19}\b/g)!;
    expect(numbers.filter((number) => kit.desk.printed.join('\n').includes(number))).toEqual([]);
  });

  it('takes an answer once', async () => {
    expect(await kit.refused(confirm(await sealedBy(second, kit.psp)))).toEqual({
      ...{ status: 77, code: 'recipient-test-missing' },
    });
  });

  it('takes no answer for another combination, or to a file that is too old', async () => {
    const clear = await opened('amex', kit.amexFolder, kit.amex);
    const answer = await sealedBy(clear, kit.amex);
    const other = join(kit.desk.root, 'other');
    mkdirSync(other);
    const update = async (folder: string): Promise<void> => {
      await kit.done([
        ...[...acting(), 'recipient', 'update', 'amex', '--manual', folder],
        ...['--confirmed-by', 'by phone'],
      ]);
      await kit.putInForce();
    };
    await update(other);
    const missing = { status: 77, code: 'recipient-test-missing' };
    expect(await kit.refused(confirm(answer, 'amex'))).toEqual(missing);
    await update(kit.amexFolder);
    const db = new Database(join(kit.workspace, 'data/mimamori.db'));
    const days = (n: number): void =>
      void db
        .prepare("update recipient_test set made_at = made_at - ? where recipient = 'amex'")
        .run(n * 86_400_000);
    days(31);
    const expired = { status: 77, code: 'recipient-answer-expired' };
    expect(await kit.refused(confirm(answer, 'amex'))).toEqual(expired);
    days(-2);
    expect((await kit.done(confirm(answer, 'amex'))).state).toBe('read-back');
    days(-29);
    db.close();
  });

  it.each(['en', 'ja'])(
    'says to use the phone where a certificate cannot sign, in %s',
    async (lang) => {
      const id = `mute-${lang}`;
      const { gpg } = kit.psp;
      await gpg.do(['--quick-generate-key', id, 'ed25519', 'cert', 'never']);
      const listed = await gpg.do(['--list-keys', '--with-colons', id]);
      const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(
        new TextDecoder().decode(listed.output),
      )![1]!;
      await gpg.do(['--quick-add-key', fingerprint, 'cv25519', 'encr', 'never']);
      const certificate = kit.put(`${id}.gpg`, await gpg.exportKey(fingerprint));
      const folder = join(kit.desk.root, id);
      mkdirSync(folder);
      await kit.addRecipient(id, { gpg, fingerprint, certificate }, ['--manual', folder]);
      await kit.done([...acting(), 'recipient', 'test', id]);
      const { status, stderr } = await kit.run(['--lang', lang, ...confirm(second, id)]);
      expect(status).toBe(77);
      expect(stderr).toContain('recipient-cannot-sign');
      expect(stderr).toContain(`mimamori recipient confirm ${id} --count N`);
    },
  );

  it('leaves a log that holds', async () => {
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
