import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';

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
    expect((await leaves(1))[0]!['act']).toBe('incident-open');
  });

  it('refuses a signature for a command that did not ask for one: 77', async () => {
    const { signature } = signedFiles();
    const given = ['--as', 'officer-1', '--signature', signature, '--reason', 'over'];
    expect(await kit.refused([...given, 'incident', 'close', 'shop-a-2020'])).toEqual({
      ...{ status: 77, code: 'command-not-waiting' },
    });
  });
});
