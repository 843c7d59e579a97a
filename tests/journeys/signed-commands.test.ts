import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { Kit, signedBy } from '../support/workspace-kit.ts';

let kit: Kit;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill' });
});
afterAll(() => kit.dispose());

async function leaves(entries: number): Promise<Document[]> {
  const tail = await kit.done(['audit', 'tail', '--entries', String(entries)]);
  return tail.entries.map(({ leaf }: Document) => leaf);
}

/** Statement and signature of the newest signed command, as files. */
function signedFiles(): { statement: string; signature: string } {
  const store = new Database(join(kit.workspace, 'data/mimamori.db'), { readonly: true });
  const row = store
    .prepare('SELECT statement, signature FROM signed_command ORDER BY leaf DESC')
    .get() as { statement: Buffer; signature: Buffer };
  store.close();
  const folder = join(kit.desk.home, 'signed');
  mkdirSync(folder, { recursive: true });
  const statement = join(folder, 'command.json');
  writeFileSync(statement, row.statement);
  writeFileSync(`${statement}.sig`, row.signature);
  return { statement, signature: `${statement}.sig` };
}

describe('a command with --officer-key', () => {
  it('is signed before it runs; gpg alone confirms it, and every leaf names it', async () => {
    const file = kit.put('shop.toml', incidentToml('shop-a-2020'));
    await kit.done([...kit.officer.acting, 'incident', 'open', file]);
    const [signed, opened] = await leaves(2);
    expect(signed).toMatchObject({ act: 'command-sign', actor: 'officer-1' });
    expect(opened).toMatchObject({
      ...{ act: 'incident-open', actor: 'officer-1' },
      data: { signed: signed!['data'].statement },
    });
    const { statement, signature } = signedFiles();
    await kit.officer.gpg.do(['--verify', signature, statement], '');
    expect(await kit.done(['audit', 'verify'])).toMatchObject({ holds: true });
  });

  it('leaves the account it was run under in every leaf', async () => {
    const [opened] = await leaves(1);
    expect(opened!['origin']).toMatch(/^cli:[A-Za-z0-9._-]+:[A-Za-z0-9._-]+$/);
  });

  it('refuses the key of another officer, before anything is done: 77', async () => {
    const key = kit.approver.acting.slice(2);
    const reason = ['--reason', 'over'];
    const command = ['--as', 'officer-1', ...key, ...reason, 'incident', 'close', 'shop-a-2020'];
    expect(await kit.refused(command)).toEqual({ status: 77, code: 'signature-not-theirs' });
    expect(await leaves(2)).toMatchObject([
      { act: 'incident-open' },
      {
        act: 'permission-refused',
        data: { asked: 'incident-close', code: 'signature-not-theirs' },
      },
    ]);
  });

  it('refuses the key of another officer before a source is read, and stores no handoff: 77', async () => {
    await kit.openIncident('shop-k-2020');
    const list = kit.put('list.csv', plainList(someCards(seededRandom(6), 3)));
    const given = ['--incident', 'shop-k-2020', '--source', list];
    const key = kit.approver.acting.slice(2);
    const prepare = [...kit.secret, '--as', 'officer-1', ...key, 'handoff', 'prepare', ...given];
    expect(await kit.refused(prepare)).toEqual({ status: 77, code: 'signature-not-theirs' });
    expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
    await kit.done(kit.prepare('shop-k-2020', [list]));
  });

  it('asks no passphrase of a key that has none', async () => {
    const { gpg } = kit.officer;
    const fingerprint = await gpg.createKey({ name: 'officer-2', kind: 'ed25519' });
    const certificate = kit.put('officer-2.gpg', await gpg.exportKey(fingerprint));
    const add = ['officer', 'add', 'officer-2', '--name', 'Two', '--roles', 'officer'];
    await kit.done([...add, '--certificate', certificate, '--fingerprint', fingerprint]);
    const key = kit.put('officer-2.private.gpg', await gpg.exportSecretKey(fingerprint));
    const file = kit.put('shop-l.toml', incidentToml('shop-l-2020'));
    const signed = ['--as', 'officer-2', '--officer-key', key, 'incident', 'open', file];
    await kit.done(signed);
    expect(await leaves(2)).toMatchObject([{ act: 'command-sign', actor: 'officer-2' }, {}]);
  });

  it('refuses a signature for a command that did not ask for one: 77', async () => {
    const { signature } = signedFiles();
    const given = ['--as', 'officer-1', '--signature', signature, '--reason', 'over'];
    expect(await kit.refused([...given, 'incident', 'close', 'shop-a-2020'])).toEqual({
      ...{ status: 77, code: 'command-not-waiting' },
    });
  });
});

describe('a live workspace whose configuration two officers put in force', () => {
  let live: Kit;
  beforeAll(async () => {
    live = await Kit.create();
  });
  afterAll(() => live.dispose());

  /** Unlike `Kit.refused`, which signs for the officer. */
  async function bare(args: readonly string[]): Promise<{ status: number; document: Document }> {
    return live.desk.json(['--workspace', live.workspace, '--as', 'officer-1', ...args]);
  }

  it('does nothing without a signature, and takes one that was made elsewhere, once', async () => {
    const file = live.put('shop.toml', incidentToml('shop-a-2020'));
    const open = ['incident', 'open', file];
    const { status, document } = await bare(open);
    expect([status, document['error'].code]).toEqual([77, 'command-unsigned']);
    const { path } = document['error'].facts ?? {};
    const waiting = join(live.workspace, 'data/statements');
    const [name] = readdirSync(waiting);
    const statement = readFileSync(join(waiting, name!));
    const signature = live.put('made-elsewhere.sig', await signedBy(live.officer, statement));
    expect(path === undefined || path === join(waiting, name!)).toBe(true);
    const signed = await bare(['--signature', signature, ...open]);
    expect(signed.status).toBe(0);
    expect(readdirSync(waiting)).toEqual([]);
    const again = await bare(['--signature', signature, ...open]);
    expect(again.document['error'].code).toBe('command-not-waiting');
  });

  it('is refused another file under the name that was signed for', async () => {
    const file = live.put('other.toml', incidentToml('shop-b-2020'));
    const open = ['incident', 'open', file];
    await bare(open);
    const waiting = join(live.workspace, 'data/statements');
    const [name] = readdirSync(waiting);
    const statement = readFileSync(join(waiting, name!));
    const signature = live.put('other.sig', await signedBy(live.officer, statement));
    live.put('other.toml', incidentToml('shop-c-2020'));
    const { document } = await bare(['--signature', signature, ...open]);
    expect(document['error'].code).toBe('command-not-waiting');
  });

  it('acts on the bytes that were signed, whatever is read the second time', async () => {
    const pipe = join(live.desk.home, 'shop-d.toml');
    execFileSync('mkfifo', [pipe]);
    const opening = live.done(['--as', 'officer-1', 'incident', 'open', pipe]);
    // A pipe gives its content once: whoever reads it again waits for ever.
    await writeFile(pipe, incidentToml('shop-d-2020'));
    expect((await opening)['incident']).toMatchObject({ id: 'shop-d-2020' });
  });

  it('takes only a key for a command whose file it may not open', async () => {
    const file = live.put('answer.csv', 'no matter');
    const importing = ['response', 'import', file, '--batch', 'b', '--accept-unsigned'];
    expect((await bare(importing)).document['error'].code).toBe('officer-key-required');
    const signature = live.put('any.sig', 'x');
    const { document } = await bare(['--signature', signature, ...importing]);
    expect(document['error'].code).toBe('officer-key-required');
  });

  it.each(['status', 'handoff list', 'audit verify'])('reads without one: %s', async (words) => {
    expect((await bare(words.split(' '))).status).toBeLessThan(2);
  });
});
