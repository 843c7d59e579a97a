import { hash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { issuerColumns } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
let kit: Kit;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill', opens: 'passphrase' });
  await kit.openIncident(incident);
});
afterAll(() => kit.dispose());

const keys = async (): Promise<Document[]> => (await kit.done(['key', 'list'])).keys;
const ofPurpose = async (purpose: string): Promise<Document[]> =>
  (await keys()).filter((key: Document) => key.purpose === purpose);

describe('key list', () => {
  it('lists every key with what gpg and ssh-keygen say of it', async () => {
    const sheet = await kit.done(['key', 'sheet']);
    const listed = await keys();
    expect(listed.map(({ purpose, id }: Document) => `${purpose} ${id}`)).toEqual([
      ...['openpgp', 'sftp', 'log', 'workspace'].map((own) => `${own} ${listed[0].id}`),
      ...['recipient psp', 'recipient amex', 'officer officer-1', 'officer approver-1'],
    ]);
    expect(listed[0]).toMatchObject({
      ...{ fingerprint: sheet.openpgp.fingerprint, algorithm: sheet.openpgp.algorithm },
      ...{ createdAt: sheet.openpgp.createdAt, expiresAt: sheet.openpgp.expiresAt },
      ...{ strengthBits: 128, uses: ['sign', 'decrypt'], state: 'in-use' },
    });
    expect(listed[1]).toMatchObject({ fingerprint: sheet.sftpFingerprint, algorithm: 'Ed25519' });
    expect(listed[2]).toMatchObject({ fingerprint: sheet.vkey, uses: ['sign-checkpoints'] });
    expect(listed[4]).toMatchObject({ fingerprint: kit.psp.fingerprint, uses: ['encrypt'] });
    expect(listed[6]).toMatchObject({ fingerprint: kit.officer.fingerprint, uses: ['verify'] });
  });

  it('lists the key of an incident once its first prepare has made it', async () => {
    expect(await ofPurpose('keyed-hash')).toEqual([]);
    const list = kit.put('list.csv', plainList(someCards(seededRandom(37), 3)));
    await kit.done(kit.prepare(incident, [list]));
    expect(await ofPurpose('keyed-hash')).toMatchObject([
      { id: incident, algorithm: 'AES-256-CMAC', strengthBits: 256, state: 'in-use' },
    ]);
  });

  it('names custodians and cryptoperiods that the settings name', async () => {
    const [before] = await ofPurpose('openpgp');
    expect([before.custodian, before.periodEndsAt]).toEqual([undefined, undefined]);
    const settings = join(kit.workspace, 'config/mimamori.toml');
    const text = readFileSync(settings, 'utf8');
    expect(text).toContain('# [keys.openpgp]');
    const table = (name: string, days: number) =>
      `\n[keys.${name}]\ncustodian = "Payments desk"\ncryptoperiod_days = ${days}\n`;
    appendFileSync(settings, table('openpgp', 30) + table('keyed_hash', 365));
    const [openpgp] = await ofPurpose('openpgp');
    expect(openpgp.custodian).toBe('Payments desk');
    expect(Date.parse(openpgp.periodEndsAt) - Date.parse(openpgp.createdAt)).toBe(30 * 86_400_000);
    expect(openpgp.end).toMatchObject({ kind: 'cryptoperiod', warning: 30 });
    expect((await ofPurpose('keyed-hash'))[0].end.warning).toBeUndefined();
  });

  it.each(['en', 'ja'])('needs no secret and fits the page (%s)', async (language) => {
    const { status, stdout } = await kit.run(['--lang', language, 'key', 'list']);
    const lines = stdout.trimEnd().split('\n');
    expect([status, lines.length > 30]).toEqual([0, true]);
    expect(lines.filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
  });
});

describe('warnings before a key ends', () => {
  const officer = (): string[] => ['--as', 'officer-1'];
  const told = async (): Promise<Document[]> =>
    (await kit.done(['audit', 'tail', '--entries', '100'])).entries
      .map(({ leaf }: Document) => leaf)
      .filter(({ act }: Document) => act === 'key-ending');
  const setPeriod = (days: number): void => {
    const settings = join(kit.workspace, 'config/mimamori.toml');
    const text = readFileSync(settings, 'utf8');
    writeFileSync(
      settings,
      text.replace(/(\n\[keys\.openpgp\][^[]*cryptoperiod_days = )\d+/, `$1${days}`),
    );
  };
  const change = (): Promise<Document> => {
    const table = join(kit.desk.home, 'issuers.csv');
    return kit.done([...officer(), 'bins', 'import', table, '--columns', issuerColumns]);
  };

  it('are no entry of the log until something is changed, then one for each threshold', async () => {
    setPeriod(90);
    await kit.run(['doctor']);
    const { ownKeys } = await kit.done(['status']);
    expect(ownKeys).toMatchObject([{ purpose: 'openpgp', kind: 'cryptoperiod' }]);
    expect(await told()).toEqual([]);
    await change();
    const [openpgp] = await ofPurpose('openpgp');
    expect(await told()).toMatchObject([
      {
        ...{ actor: 'system', result: 'done' },
        data: { purpose: 'openpgp', kind: 'cryptoperiod', days: 90, ends: openpgp.periodEndsAt },
      },
    ]);
    await change();
    expect(await told()).toHaveLength(1);
    setPeriod(7);
    await change();
    expect((await told()).map(({ data }: Document) => data.days)).toEqual([90, 7]);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });

  it('stand in status and doctor in both languages', async () => {
    expect((await kit.run(['--lang', 'en', 'status'])).stdout).toMatch(
      /Keys +our OpenPGP key: its cryptoperiod ends in \d days?/,
    );
    expect((await kit.run(['--lang', 'ja', 'status'])).stdout).toContain(
      '自社の OpenPGP 鍵の利用期間: 残り',
    );
    const { document } = await kit.json(['doctor']);
    const period = document.checks.filter(({ check }: Document) => check === 'cryptoperiod');
    expect(period).toMatchObject([
      { verdict: 'warning', facts: { purpose: 'openpgp' } },
      { verdict: 'ok', facts: { purpose: 'keyed-hash', id: incident } },
    ]);
    const ours = document.checks.find(({ check }: Document) => check === 'our-key');
    expect(ours).toMatchObject({ verdict: 'ok' });
  });
});

describe('credential create, credential revoke', () => {
  const file = (): string => join(kit.desk.home, 'credential');
  const kept = (): string => join(kit.workspace, 'keys/credential.key.json');
  const by = ['--as', 'officer-1', '--reason', 'nightly'];
  const create = (path: string): string[] => [
    ...[...kit.passphrase, ...by, 'credential', 'create', path],
  ];
  const probe = ['--as', 'officer-1', 'recipient', 'probe', 'psp'];
  const unattended = (path: string): string[] => ['--credential-file', path, ...probe];
  beforeAll(async () => {
    const { recipient } = await kit.done(['recipient', 'show', 'psp']);
    const directory = join(recipient.endpoints[0].directory, 'unattended');
    mkdirSync(directory);
    probe.push('--directory', directory);
  });
  const newest = async (): Promise<Document> =>
    (await kit.done(['audit', 'tail', '--entries', '1'])).entries[0].leaf;

  it('is refused without a reason, inside the workspace, over a file, by a wrong passphrase', async () => {
    const reasonless = create(file()).filter((word) => !['--reason', 'nightly'].includes(word));
    expect((await kit.refused(reasonless)).code).toBe('reason-required');
    expect(await kit.refused(create(join(kit.workspace, 'data/credential')))).toEqual({
      ...{ status: 64, code: 'credential-inside-workspace' },
    });
    const taken = kit.put('taken', 'a note');
    expect(await kit.refused(create(taken))).toEqual({ status: 73, code: 'file-exists' });
    expect(readFileSync(taken, 'utf8')).toBe('a note');
    const wrong = kit.put('wrong', 'not the passphrase of this workspace\n');
    const guessing = ['--passphrase-file', wrong, ...create(file()).slice(2)];
    expect(await kit.refused(guessing)).toEqual({ status: 77, code: 'passphrase-wrong' });
    expect([existsSync(file()), existsSync(kept())]).toEqual([false, false]);
    expect(await kit.refused(unattended(taken))).toEqual({ status: 77, code: 'credential-none' });
  });

  it('writes a secret for its owner, and an entry that names what the workspace keeps', async () => {
    const { status, stdout } = await kit.run(['--lang', 'en', ...create(file())]);
    expect([status, stdout]).toEqual([0, expect.stringContaining('LoadCredentialEncrypted')]);
    expect([statSync(file()).mode & 0o777, readFileSync(file(), 'utf8')]).toEqual([
      ...[0o600, expect.stringMatching(/^[0-9a-f]{64}\n$/)],
    ]);
    const sha256 = hash('sha256', readFileSync(kept()));
    expect(await newest()).toMatchObject({ act: 'credential-create', data: { sha256 } });
    expect(await ofPurpose('credential')).toMatchObject([{ uses: ['open'], state: 'in-use' }]);
    const exists = { status: 77, code: 'credential-exists' };
    expect(await kit.refused(create(join(kit.desk.home, 'second')))).toEqual(exists);
  });

  it('opens the workspace in place of the passphrase: probe, test, prepare, a new OpenPGP key', async () => {
    const opening = ['--credential-file', file()];
    await kit.done([...opening, ...probe]);
    const list = kit.put('more.csv', plainList(someCards(seededRandom(38), 3)));
    const prepare = kit.prepare(incident, [list]).slice(kit.secret.length);
    await kit.done([...opening, ...prepare, '--preview']);
    const rotate = ['key', 'rotate', '--openpgp', '--algorithm', 'ed25519'];
    expect((await kit.done([...opening, ...by, ...rotate])).vouchedFor).toBe(true);
    await kit.done([...kit.passphrase, '--as', 'officer-1', 'recipient', 'test', 'psp']);
    await kit.done([...opening, '--as', 'officer-1', 'recipient', 'test', 'psp']);
  });

  it('is taken from where systemd loads it, unless a passphrase is named', async () => {
    const loaded = join(kit.desk.root, 'credentials');
    mkdirSync(loaded, { mode: 0o700 });
    writeFileSync(join(loaded, 'mimamori'), readFileSync(file()), { mode: 0o400 });
    const env = { CREDENTIALS_DIRECTORY: loaded };
    await kit.done(probe, { env });
    const ready = await kit.json(['doctor', '--ready'], { env });
    const passphrase = { check: 'passphrase', verdict: 'ok', facts: { from: 'credential' } };
    expect(ready.document.checks).toContainEqual(expect.objectContaining(passphrase));
    rmSync(join(loaded, 'mimamori'));
    writeFileSync(join(loaded, 'mimamori'), `${'0'.repeat(64)}\n`, { mode: 0o400 });
    expect((await kit.json(probe, { env })).document.error.code).toBe('credential-wrong');
    const tried = await kit.json(['doctor', '--ready'], { env });
    const failed = { from: 'credential', problem: 'credential-wrong' };
    expect(tried.document.checks).toContainEqual(
      expect.objectContaining({ check: 'passphrase', verdict: 'failed', facts: failed }),
    );
    await kit.done([...kit.passphrase, ...probe], { env });
  });

  it('is refused beside a passphrase, where it is wrong, readable or altered, and for init', async () => {
    const usage = { status: 64, code: 'usage' };
    expect(await kit.refused([...kit.passphrase, ...unattended(file())])).toEqual(usage);
    const init = ['--credential-file', file(), 'init', join(kit.desk.root, 'other'), '--org', 'X'];
    expect((await kit.desk.json(init)).document.error.code).toBe('usage');
    const wrong = kit.put('wrong-credential', `${'0'.repeat(64)}\n`);
    expect(await kit.refused(unattended(wrong))).toEqual({ status: 77, code: 'credential-wrong' });
    expect(await newest()).toMatchObject({ act: 'permission-refused' });
    chmodSync(wrong, 0o644);
    expect(await kit.refused(unattended(wrong))).toEqual({
      ...{ status: 78, code: 'secret-readable-by-others' },
    });
    const whole = readFileSync(kept());
    writeFileSync(kept(), whole.subarray(1));
    expect(await kit.refused(unattended(file()))).toEqual({ status: 78, code: 'key-file-altered' });
    expect(await ofPurpose('credential')).toMatchObject([{ problem: 'key-file-altered' }]);
    writeFileSync(kept(), whole);
  });

  it('opens nothing once it is revoked, and the passphrase does as before', async () => {
    const revoke = [...by, 'credential', 'revoke'];
    const { status, stdout } = await kit.run(['--lang', 'ja', ...revoke]);
    expect([status, stdout]).toEqual([0, expect.stringContaining('資格情報を無効にしました')]);
    expect(await newest()).toMatchObject({ act: 'credential-revoke', actor: 'officer-1' });
    expect(existsSync(kept())).toBe(false);
    const none = { status: 77, code: 'credential-none' };
    expect(await kit.refused(unattended(file()))).toEqual(none);
    expect(await kit.refused(revoke)).toEqual(none);
    await kit.done([...kit.passphrase, ...probe]);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });
});

describe('key rotate --sftp, key retire --sftp', () => {
  const life = (verb: string): string[] => [
    ...[...kit.secret, '--as', 'officer-1', '--reason', 'yearly', 'key', verb, '--sftp'],
  ];
  const states = async (): Promise<string[][]> =>
    (await ofPurpose('sftp')).map(({ fingerprint, state }: Document) => [fingerprint, state]);
  const probe = (directory: string): string[] => [
    ...[...kit.secret, '--as', 'officer-1', 'recipient', 'probe', 'psp', '--directory', directory],
  ];
  const takenKeys = (server: { log(): string }): string[] =>
    Array.from(server.log().matchAll(/Accepted publickey .* (SHA256:\S+)/g), ([, key]) => key!);
  let old: string;
  let made: Document;

  it('makes a new key, and says what becomes of the old one', async () => {
    [[old = '']] = (await states()) as [[string]];
    const reasonless = life('rotate').filter((word) => !['--reason', 'yearly'].includes(word));
    expect((await kit.refused(reasonless)).code).toBe('reason-required');
    expect(await kit.refused(life('retire'))).toEqual({ status: 77, code: 'key-not-retiring' });
    made = await kit.done(life('rotate'));
    expect(made.retiring).toBe(old);
    expect(await states()).toEqual([
      [made.fingerprint, 'in-use'],
      [old, 'retiring'],
    ]);
    expect((await kit.done(['key', 'sheet'])).sftpFingerprint).toBe(made.fingerprint);
    expect((await kit.done(['key', 'export', '--sftp'])).key).toBe(made.key);
    expect(await kit.refused(life('rotate'))).toEqual({ status: 77, code: 'key-still-retiring' });
  });

  it('records who tried it and may not', async () => {
    const asNobody = life('rotate').map((word) => (word === 'officer-1' ? 'mallory' : word));
    expect((await kit.refused(asNobody)).code).toBe('officer-unknown');
    const wrong = kit.put('wrong', 'not the passphrase of this workspace\n');
    const guessing = ['--passphrase-file', wrong, '--as', 'officer-1', 'recipient', 'test', 'psp'];
    expect((await kit.refused(guessing)).code).toBe('passphrase-wrong');
    const { entries } = await kit.done(['audit', 'tail', '--entries', '2']);
    expect(entries.map(({ leaf }: Document) => leaf)).toMatchObject([
      { act: 'permission-refused', actor: 'unknown', data: { asked: 'key-rotate' } },
      {
        ...{ act: 'permission-refused', actor: 'officer-1', result: 'refused' },
        data: { asked: 'recipient-test', code: 'passphrase-wrong' },
      },
    ]);
  });

  it('reaches who has the old key alone, and a probe tells that they have', async () => {
    const { handoffs } = await kit.done(['handoff', 'list']);
    await kit.approve(handoffs[0].handoff);
    const { batches } = await kit.done(kit.deliver(handoffs[0].handoff));
    expect(batches.map(({ state }: Document) => state)).toContain('stored');
    expect(takenKeys(kit.sshd)).toContain(old);
    const directory = join(kit.sshd.directory, 'probe');
    mkdirSync(directory);
    expect((await kit.refused(probe(directory))).code).toBe('authentication-refused');
  });

  it('logs in with the new key where they have entered it, and never again with the retired one', async () => {
    const server = await kit.startServer();
    await kit.done([
      ...['--as', 'officer-1', 'recipient', 'update', 'psp'],
      ...kit.endpointOf(server),
    ]);
    const directory = join(server.directory, 'probe');
    mkdirSync(directory);
    await kit.done(probe(directory));
    expect(takenKeys(server)).toEqual([made.fingerprint]);
    expect(await kit.done(life('retire'))).toMatchObject({ retired: old });
    expect(await states()).toEqual([
      [made.fingerprint, 'in-use'],
      [old, 'retired'],
    ]);
    const file = join(kit.workspace, 'keys/sftp.key.json');
    expect(existsSync(file)).toBe(false);
    // As a command leaves it that is killed between row and file.
    writeFileSync(file, '{}');
    expect(await kit.done(life('retire'))).toMatchObject({ retired: old });
    expect(existsSync(file)).toBe(false);
    expect((await kit.refused(life('retire'))).code).toBe('key-not-retiring');
    await kit.done([
      ...['--as', 'officer-1', 'recipient', 'update', 'psp'],
      ...kit.endpointOf(kit.sshd),
    ]);
    const back = join(kit.sshd.directory, 'probe');
    expect((await kit.refused(probe(back))).code).toBe('authentication-refused');
    const { entries } = await kit.done(['audit', 'tail', '--entries', '30']);
    expect(entries.map(({ leaf }: Document) => leaf)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          act: 'key-rotate',
          data: expect.objectContaining({ pin: made.fingerprint, replaced: old }),
        }),
        expect.objectContaining({ act: 'key-retire' }),
      ]),
    );
    expect((await kit.json(['audit', 'verify'])).status).toBe(0);
  });

  it('takes no file for a key that the log does not name', async () => {
    const place = (name: string): string => join(kit.workspace, 'keys', name);
    const line = readFileSync(place('sftp-2.pub'), 'utf8');
    writeFileSync(place('sftp-2.pub'), readFileSync(place('sftp.pub'), 'utf8'));
    const exporting = ['key', 'export', '--sftp'];
    expect((await kit.refused(exporting)).code).toBe('key-file-altered');
    writeFileSync(place('sftp-2.pub'), line);
    // As another rotation leaves it that goes on at the same time, or was killed.
    writeFileSync(place('sftp-3.key.json'), '{}');
    const next = await kit.done(life('rotate'));
    expect((await kit.done(exporting)).key).toBe(next.key);
    expect(readFileSync(place('sftp-3.key.json'), 'utf8')).toBe('{}');
    writeFileSync(place('sftp-4.key.json'), readFileSync(place('sftp-2.key.json')));
    const { code } = await kit.refused(probe(join(kit.sshd.directory, 'probe')));
    expect(code).toBe('wrapped-key-altered');
  });
});
