import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exampleKeys } from '../../src/domain/workspace/example-keys.ts';
import { lackingInBoth } from '../support/both-languages.ts';
import type { CliOptions } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit, signedBy } from '../support/workspace-kit.ts';

const rng = seededRandom(57);

let kit: Kit;
let list: string;

beforeAll(async () => {
  kit = await Kit.create({ isApproved: false });
  await kit.openIncident('shop-a-2020');
  list = kit.put('list.csv', plainList(someCards(rng, 4)));
});

afterAll(() => kit.dispose());

const hoursLater = (hours: number): CliOptions => ({
  under: ['faketime', '-f', `+${hours}h`],
});

const propose = async (options?: CliOptions): Promise<string> => {
  const made = await kit.done([...kit.officer.acting, 'config', 'propose'], options);
  return String(made.configuration);
};

const approving = (configuration: string, ...more: readonly string[]): string[] => [
  ...[...kit.approver.acting, 'config', 'approve', configuration.slice(0, 12), ...more],
];

/** Rewrites a file of `config/` and returns what puts it back. */
function edit(file: string, change: (text: string) => string): () => void {
  const path = join(kit.workspace, 'config', file);
  const text = readFileSync(path, 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(path, change(text));
  return () => writeFileSync(path, text);
}

/** What somebody with write access to the database would do. */
function setDroppedBy(officer: string): void {
  const raw = new Database(join(kit.workspace, 'data/mimamori.db'));
  raw.prepare('update configuration_drop set officer = ?').run(officer);
  raw.close();
}

const renamed = (name: string) => (text: string) =>
  text.replace(/^organisation = .*$/m, `organisation = "${name}"`);

const folderOf = async (id: string, options?: CliOptions): Promise<string> => {
  const { recipients } = await kit.done(['recipient', 'list'], options);
  return recipients.find((each: { id: string }) => each.id === id).endpoints[0].directory;
};

const standings = async (): Promise<string[]> =>
  (await kit.done(['config', 'history'])).versions.map(
    ({ standing }: { standing: string }) => standing,
  );

describe('a live workspace whose configuration nobody approved', () => {
  it('prepares nothing, says what to do, and is not ready', async () => {
    const prepare = kit.prepare('shop-a-2020', [list]);
    const { status, document } = await kit.json(prepare);
    expect([status, document.error.code]).toEqual([77, 'configuration-unapproved']);
    expect(document.error.hint).toContain('config propose');
    const ready = await kit.json(['doctor', '--ready']);
    expect(ready.document.checks).toContainEqual(
      expect.objectContaining({ check: 'configuration-approved', verdict: 'failed' }),
    );
    expect((await kit.done(['status'])).configuration).toMatchObject({ missing: true });
  });
});

describe('the first configuration', () => {
  it('is proposed and approved by two people, with signatures made elsewhere', async () => {
    const as = (id: string) => ['--as', id, 'config'];
    const { state, statement } = await kit.done([...as('officer-1'), 'propose']);
    expect(state).toBe('statement');
    expect(await standings()).toEqual([]);
    const one = kit.put('one.sig', await signedBy(kit.officer, readFileSync(statement)));
    const { configuration } = await kit.done(['--signature', one, ...as('officer-1'), 'propose']);
    expect(await standings()).toEqual(['open']);

    const second = [...as('approver-1'), 'approve', configuration];
    const waiting = await kit.done(second);
    const two = kit.put('two.sig', await signedBy(kit.approver, readFileSync(waiting.statement)));
    expect(await kit.done(['--signature', two, ...second])).toMatchObject({ state: 'adopted' });
    expect(await standings()).toEqual(['in-force']);
    const { oneAccount } = await kit.done(['config', 'show', configuration]);
    const officers = ['officer-1', 'approver-1'];
    expect(oneAccount).toEqual([
      { host: expect.any(String), account: expect.any(String), officers },
    ]);
    expect((await kit.done(['config', 'history'])).versions).toMatchObject([{ oneAccount }]);
    const lines = await lackingInBoth(kit, ['config', 'history'], {
      ja: ['officer-1 と approver-1 は', '同じアカウント'],
      en: ['officer-1 and approver-1 signed as'],
    });
    expect(lines).toEqual([]);
    expect((await kit.json(['config', 'diff'])).status).toBe(0);
  });

  it('lets a handoff be prepared', async () => {
    const { handoff } = await kit.done(kit.prepare('shop-a-2020', [list]));
    await kit.done([...kit.officer.acting, '--reason', 'x', 'handoff', 'cancel', handoff]);
  });
});

describe('a file that was edited since', () => {
  it('is reported and not used, even when nobody could read it', async () => {
    const before = await folderOf('amex');
    const back = edit('recipients.toml', (text) => text.replaceAll(kit.amexFolder, '/elsewhere'));
    expect(await folderOf('amex')).toBe(before);
    const { status, document } = await kit.json(['config', 'diff']);
    expect(status).toBe(1);
    expect(document.changes).toEqual([
      expect.objectContaining({
        ...{ part: 'recipients', id: 'amex', field: 'endpoints[1].directory', guarded: true },
        ...{ before, after: '/elsewhere' },
      }),
    ]);
    expect((await kit.done(['status'])).configuration.differing).toEqual(['recipients']);
    const { document: doctor } = await kit.json(['doctor']);
    const found = doctor.checks.find(
      ({ check }: { check: string }) => check === 'configuration-files',
    );
    expect(found).toMatchObject({
      verdict: 'warning',
      facts: { files: ['config/recipients.toml'] },
    });
    back();
    const mend = edit('officers.toml', (text) => `${text}\n[[`);
    const { configuration } = await kit.done(['status']);
    expect(configuration).toMatchObject({ unreadable: 'config-syntax' });
    mend();
  });

  it('may be a certificate: the approved one is used', async () => {
    const path = join(kit.workspace, 'keys/officers/approver-1.asc');
    const own = readFileSync(path);
    writeFileSync(path, readFileSync(join(kit.workspace, 'keys/officers/officer-1.asc')));
    const { document } = await kit.json(['config', 'diff']);
    expect(document.changes.map(({ field }: { field: string }) => field)).toEqual([
      'certificate_sha256',
    ]);
    const { handoff } = await kit.done(kit.prepare('shop-a-2020', [list]));
    await kit.approve(handoff);
    writeFileSync(path, own);
    await kit.done([...kit.officer.acting, '--reason', 'x', 'handoff', 'cancel', handoff]);
  });
});

describe('config approve', () => {
  it('refuses the proposer, a file changed meanwhile, haste, and what is not there', async () => {
    const back = edit('mimamori.toml', renamed('Kitsutsuki'));
    const proposed = await propose();
    const { standing, changes } = await kit.done(['config', 'show', proposed.slice(0, 12)]);
    expect([standing, changes]).toEqual([
      'open',
      [expect.objectContaining({ field: 'workspace.organisation', after: 'Kitsutsuki' })],
    ]);
    expect(await kit.refused([...kit.officer.acting, 'config', 'approve', proposed])).toEqual({
      status: 77,
      code: 'approver-is-proposer',
    });
    const again = edit('mimamori.toml', renamed('Somebody else'));
    expect(await kit.refused(approving(proposed))).toEqual({
      ...{ status: 77, code: 'configuration-differs' },
    });
    const stored = await kit.done(['config', 'show', proposed]);
    expect(stored.changes).toEqual(changes);
    again();
    expect(await kit.refused(['config', 'show', '0'.repeat(12)])).toEqual({
      ...{ status: 64, code: 'configuration-unknown' },
    });
    const hasty = ['--reason', 'now', ...approving(proposed, '--emergency')];
    expect(await kit.refused(hasty)).toEqual({ status: 77, code: 'emergency-not-allowed' });
    expect(await kit.refused(approving('0'.repeat(12)))).toEqual({
      ...{ status: 64, code: 'configuration-unknown' },
    });
    const rival = edit('mimamori.toml', renamed('Kitsutsuki Coffee Ltd.'));
    expect(await kit.done(approving(await propose()))).toMatchObject({ emergency: false });
    rival();
    expect(await kit.refused(approving(proposed))).toEqual({
      ...{ status: 77, code: 'configuration-stale' },
    });
    back();
    expect(await standings()).toEqual(['replaced', 'stale', 'in-force']);
  });

  it('knows no officer twice: one certificate under two ids is not proposed', async () => {
    const back = edit('officers.toml', (text) =>
      text.replaceAll(kit.approver.fingerprint, kit.officer.fingerprint),
    );
    expect(await kit.refused([...kit.officer.acting, 'config', 'propose'])).toEqual({
      ...{ status: 78, code: 'config-fingerprint-shared' },
    });
    back();
  });

  it.each([
    ['mode', 'mimamori.toml', /^mode = "live"$/m, 'mode = "drill"', 78, 'mode-changed'],
    ['id', 'mimamori.toml', /^id = ".*"$/m, 'id = "another"', 78, 'mode-changed'],
    ['key', 'officers.toml', /[0-9A-F]{40}/, exampleKeys['officer-1'], 77, 'example-key'],
  ])(
    'refuses a wrong %s, which would close the workspace',
    async (_, file, old, now, status, code) => {
      const rightly = edit('mimamori.toml', renamed('Kitsutsuki K.K.'));
      const proposed = await propose();
      const back = edit(file, (text) => text.replace(old, now));
      const refusal = { status, code };
      expect(await kit.refused([...kit.officer.acting, 'config', 'propose'])).toEqual(refusal);
      expect(await kit.refused(approving(proposed))).toEqual(refusal);
      expect(await kit.refused(['config', 'diff'])).toEqual(refusal);
      expect((await kit.done(['status'])).configuration).toMatchObject({ unreadable: code });
      back();
      rightly();
      await kit.done([...kit.approver.acting, '--reason', 'no', 'config', 'drop', proposed]);
    },
  );
});

describe('a change of an endpoint', () => {
  it('waits, is dropped by any approver, and can be proposed again', async () => {
    await kit.done(
      [...kit.officer.acting, 'recipient', 'update', 'amex', '--manual', kit.desk.folder].concat([
        ...['--confirmed-by', 'by phone'],
      ]),
    );
    const proposed = await propose();
    const { startsAt } = await kit.done(approving(proposed));
    expect(Date.parse(startsAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(await folderOf('amex')).toBe(kit.amexFolder);
    const drop = [...kit.approver.acting, '--reason', 'wrong', 'config', 'drop', proposed];
    await kit.done(drop);
    expect(await kit.refused(drop)).toEqual({ status: 77, code: 'configuration-settled' });
    const { versions } = await kit.done(['config', 'history']);
    expect(versions.at(-1)).toMatchObject({
      standing: 'dropped',
      dropped: { by: 'approver-1', reason: 'wrong' },
    });
    const breach = { kind: 'row-altered', path: 'configuration_drop.officer' };
    setDroppedBy('officer-1');
    const verified = await kit.json(['audit', 'verify']);
    expect([verified.status, verified.document.breach]).toMatchObject([1, breach]);
    const { checks } = (await kit.json(['doctor'])).document;
    const log = { check: 'log', verdict: 'failed' };
    expect(checks).toContainEqual(expect.objectContaining(log));
    setDroppedBy('approver-1');
    expect((await kit.json(['audit', 'verify'])).status).toBe(0);
    await kit.done(approving(await propose()));
    expect((await standings()).slice(-2)).toEqual(['dropped', 'waiting']);
  });

  it('is in force after the cooling-off time, and stays so when the clock goes back', async () => {
    expect(await folderOf('amex', hoursLater(23))).toBe(kit.amexFolder);
    expect(await folderOf('amex', hoursLater(25))).toBe(kit.desk.folder);
    expect(await folderOf('amex')).toBe(kit.desk.folder);
    expect((await standings()).slice(-2)).toEqual(['dropped', 'in-force']);
    const acts = (await kit.done(['audit', 'tail', '--entries', '12'])).entries.map(
      ({ leaf }: { leaf: { act: string } }) => leaf.act,
    );
    expect(acts).toContain('configuration-start');
    expect((await kit.json(['audit', 'verify'])).status).toBe(0);
  });
});

describe('a version that somebody wrote into the database', () => {
  it('is used by no handoff, and the doctor says so', async () => {
    const db = new Database(join(kit.workspace, 'data/mimamori.db'));
    const change = db.prepare(
      'UPDATE configuration_approval SET signature = ? WHERE signature = ?',
    );
    const signatures = db.prepare('SELECT signature FROM configuration_approval').pluck();
    const [first] = signatures.all() as Buffer[];
    change.run(Buffer.alloc(9), first);
    expect(await kit.refused(kit.prepare('shop-a-2020', [list]))).toEqual({
      ...{ status: 78, code: 'configuration-unproven' },
    });
    const { status, document } = await kit.json(['doctor']);
    expect(status).toBe(1);
    expect(document.checks).toContainEqual(
      expect.objectContaining({
        ...{ check: 'configuration-approved', verdict: 'failed' },
        facts: { problem: 'unproven', code: 'configuration-unproven' },
      }),
    );
    change.run(first, Buffer.alloc(9));
    db.close();
    const isProven = expect.objectContaining({ check: 'configuration-approved', verdict: 'ok' });
    expect((await kit.json(['doctor'])).document.checks).toContainEqual(isProven);
  });
});
