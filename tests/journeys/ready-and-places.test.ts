import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { makeOrderExport } from '../support/order-export.ts';
import { Kit } from '../support/workspace-kit.ts';

const orders = makeOrderExport(5);
let kit: Kit;

beforeAll(async () => {
  kit = await Kit.create({ recipients: 'ed25519' });
  await kit.testRecipients('psp', 'amex');
  await kit.openIncident('shop-a-2020');
});

afterAll(() => kit.dispose());

async function ready(): Promise<{ status: number; document: Document }> {
  return kit.json([...kit.secret, 'doctor', '--ready', '--sources', kit.desk.home]);
}

const of = (document: Document, check: string): Document[] =>
  document.checks.filter((found: Document) => found.check === check);

describe('doctor --ready', () => {
  it('is content with people, keys, passphrase file, clock and tested recipients', async () => {
    const { document } = await ready();
    for (const check of ['officers', 'our-key', 'passphrase', 'clock', 'issuer-table', 'anchor']) {
      expect(of(document, check).map(({ verdict }) => verdict)).toEqual(['ok']);
    }
    expect(of(document, 'recipient-tested').map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
    expect(document.ready).toBe(document.failed === 0);
  });

  it('names what is missing with the next command, and leaves with 1', async () => {
    await kit.done(['--as', 'officer-1', 'recipient', 'update', 'psp', '--profile', 'pan-list']);
    await kit.putInForce();
    const passphraseFile = join(kit.desk.home, 'passphrase');
    chmodSync(passphraseFile, 0o644);
    const { status, document } = await ready();
    chmodSync(passphraseFile, 0o600);
    expect([status, document.ready]).toEqual([1, false]);
    expect(of(document, 'recipient-tested').map(({ verdict, next }) => [verdict, next])).toEqual([
      ['failed', 'mimamori recipient test psp --as ID'],
      ['ok', undefined],
    ]);
    const [passphrase] = of(document, 'passphrase');
    expect([passphrase.facts.problem, passphrase.next]).toEqual([
      ...['secret-readable-by-others', `chmod 600 ${passphraseFile}`],
    ]);
  });

  it('counts an approver who may not request as a second person, and misses one who is gone', async () => {
    const disable = ['officer', 'disable', kit.approver.id, '--reason', 'left'];
    await kit.done(['--as', kit.officer.id, ...disable]);
    await kit.putInForce();
    const { status, document } = await ready();
    expect([status, of(document, 'officers')[0].verdict]).toEqual([1, 'failed']);
  });
});

describe('places', () => {
  it('prepare tells of a source in a synchronised folder, and of one that everybody can read', async () => {
    mkdirSync(join(kit.desk.home, 'Dropbox'), { mode: 0o700 });
    const synced = kit.put('Dropbox/orders.csv', orders.bytes);
    const dry = await kit.done(kit.prepare('shop-a-2020', [`${synced}=shop`], ['--dry-run']));
    expect(dry.places).toEqual([{ check: 'source-place-synced', path: synced }]);
    const clean = kit.put('orders.csv', orders.bytes);
    const quiet = await kit.done(kit.prepare('shop-a-2020', [`${clean}=shop`], ['--dry-run']));
    expect(quiet.places).toBeUndefined();
  });

  it('prepare is refused in a live workspace that is synchronised, and leaves no handoff', async () => {
    const marker = join(kit.workspace, '.stfolder');
    mkdirSync(marker, { mode: 0o700 });
    const source = kit.source('orders.csv', orders.bytes);
    expect(await kit.refused(kit.prepare('shop-a-2020', [source]))).toEqual({
      ...{ status: 78, code: 'workspace-synced' },
    });
    const { status, document } = await kit.json(['doctor']);
    rmSync(marker, { recursive: true });
    expect(status).toBe(1);
    expect(of(document, 'workspace-place-synced').map(({ verdict }) => verdict)).toEqual([
      'failed',
    ]);
    expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    expect(entries[0].leaf).toMatchObject({
      ...{ act: 'handoff-prepare-refused', result: 'refused', actor: kit.officer.id },
      data: { incident: 'shop-a-2020', code: 'workspace-synced' },
    });
  });
});
