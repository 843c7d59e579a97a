import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Document } from '../support/cli.ts';
import {
  countsOf,
  shopExport,
  shopIncident,
  shopRows,
  shopSpec,
} from '../support/reference-shop.ts';
import { openSealed } from '../support/sealed-text.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

const incident = 'shop-b-2015';
const rows = shopRows(15);
const expected = countsOf(rows);
const handed = rows.filter(({ becomes }) => becomes === '');

let kit: Kit;
let processor: Keyholder;
let ours: string;
let inbox: string;
let prepared: Document;
let batch: Document;
let clear: string;

beforeAll(async () => {
  kit = await Kit.create();
  processor = await kit.keyholder('processor', 'gpg', { kind: 'rsa' });
  await processor.gpg.importKey(readFileSync(join(kit.workspace, 'keys/openpgp.asc')));
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint).replaceAll(' ', '');
  inbox = join(kit.sshd.directory, 'shop-b');
  mkdirSync(inbox, { mode: 0o700 });
  const where = kit.endpointOf(kit.sshd, inbox);
  await kit.addRecipient('processor', processor, [...where, '--profile', 'references']);
  await kit.done([...asOfficer, 'incident', 'open', kit.put('shop-b.toml', shopIncident)]);
  const specs = join(kit.workspace, 'config/sources');
  writeFileSync(join(specs, 'shop-b.toml'), shopSpec, { mode: 0o600 });
});

afterAll(() => kit.dispose());

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
    await kit.approve(prepared.handoff);
    const { status } = await kit.json(kit.deliver(prepared.handoff));
    expect(status).toBe(77);
    await kit.testRecipients('processor');
    const delivered = await kit.done(kit.deliver(prepared.handoff));
    [batch] = delivered.batches;
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

/** Where a brand stands in a batch: by its id, and without one by `unknown`. */
const place = (brand: string): number => ['JCB', 'Mastercard', '', 'VISA'].indexOf(brand);
