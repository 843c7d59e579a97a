import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
let kit: Kit;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
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
      { id: incident, algorithm: 'HMAC-SHA-256', strengthBits: 256, state: 'in-use' },
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
