import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { leafHash } from '../../../src/domain/tlog/hashes.ts';
import { approveConfiguration } from '../../../src/exchange/configuration/approve-configuration.ts';
import { assertConfigurationSigned } from '../../../src/exchange/configuration/assert-configuration-signed.ts';
import { ConfigurationInForce } from '../../../src/exchange/configuration/configuration-in-force.ts';
import { dropConfiguration } from '../../../src/exchange/configuration/drop-configuration.ts';
import { proposeConfiguration } from '../../../src/exchange/configuration/propose-configuration.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { testOfficer } from '../../support/memory-workspace.ts';

interface LeafRow {
  readonly number: number;
  readonly bytes: Uint8Array;
}

let desk: ExchangeDesk;
let raw: Database.Database;
const versions: string[] = [];

const ports = () => {
  const { configuration: files, configurationVersions, clock } = desk;
  return Object.assign(Object.create(desk) as ExchangeDesk, {
    configuration: new ConfigurationInForce(files, configurationVersions, clock),
  });
};

const signed = () => assertConfigurationSigned(ports());

async function propose(organisation: string, hours = 24): Promise<string> {
  const { settings } = desk.configuration;
  Object.assign(settings.workspace, { organisation });
  Object.assign(settings.approvals, { cooling_off_hours: hours });
  const officer = 'officer-1';
  const made = await proposeConfiguration(ports(), { officer, proof: desk.proof(officer) });
  return made.digest;
}

async function approve(configuration: string): Promise<void> {
  desk.store.nowMs += 1000;
  const officer = 'approver-1';
  await approveConfiguration(ports(), {
    ...{ configuration, officer, proof: desk.proof(officer), isEmergency: false },
    reason: undefined,
  });
}

async function adopt(organisation: string, hours?: number): Promise<string> {
  const digest = await propose(organisation, hours);
  await approve(digest);
  versions.push(digest);
  return digest;
}

beforeEach(async () => {
  desk = new ExchangeDesk();
  versions.length = 0;
  await adopt('One');
  await adopt('Two');
  await adopt('Three');
  raw = new Database(desk.store.path);
});
afterEach(async () => {
  raw.close();
  await desk.dispose();
});

const set = (what: string, at: number) =>
  raw.prepare(`UPDATE configuration_version SET ${what} WHERE sha256 = ?`).run(versions[at]);
const setApproval = (what: string, at: number) =>
  raw.prepare(`UPDATE configuration_approval SET ${what} WHERE sha256 = ?`).run(versions[at]);
const out =
  "state = 'dropped', number = NULL, effective_from = NULL, adopted_at = NULL, is_emergency = NULL, adopted_by = NULL, started_leaf = NULL";

describe('assertConfigurationSigned()', () => {
  it('takes a line of versions, each signed by officers of the one before', async () => {
    await expect(signed()).resolves.toBeUndefined();
  });

  it('takes one that started at once, also when the clock has gone back since', async () => {
    desk.store.nowMs -= 3_600_000;
    await expect(signed()).resolves.toBeUndefined();
  });

  it('refuses one that waits still, though its row says that it was seen to start', async () => {
    const { settings } = desk.configuration;
    Object.assign(settings.approvals, { emergency: true });
    const waiting = await adopt('Four');
    raw
      .prepare('UPDATE configuration_version SET started_leaf = leaf WHERE sha256 = ?')
      .run(waiting);
    await expect(signed()).rejects.toMatchObject({ facts: { found: 'start' } });
    desk.store.nowMs += 25 * 3_600_000;
    await expect(signed()).resolves.toBeUndefined();
  });

  it.each([
    ['hidden', '\'"act":"configuration-approve"\', \'"act":"xonfiguration-approve"\''],
    ['given another time', '\'"at":"20\', \'"at":"19\''],
  ])('refuses a log with an entry that was %s, whatever stands beside it', async (_, edit) => {
    const text = `CAST(replace(CAST(bytes AS TEXT), ${edit}) AS BLOB)`;
    const entry = '(SELECT min(number) FROM leaf WHERE CAST(bytes AS TEXT) LIKE ?)';
    raw
      .prepare(`UPDATE leaf SET bytes = ${text} WHERE number = ${entry}`)
      .run('%configuration-approve%');
    await expect(signed()).rejects.toMatchObject({ code: 'log-altered' });
    const rows = raw.prepare('SELECT number, bytes FROM leaf').all() as LeafRow[];
    for (const { number, bytes } of rows) {
      const hash = leafHash(bytes);
      raw.prepare('UPDATE leaf SET hash = ? WHERE number = ?').run(hash, number);
      raw.prepare('UPDATE node SET hash = ? WHERE level = 0 AND number = ?').run(hash, number);
    }
    await expect(signed()).rejects.toMatchObject({ code: 'log-altered' });
  });

  it('asks nothing where none was approved', async () => {
    const other = new ExchangeDesk();
    await expect(assertConfigurationSigned(other)).resolves.toBeUndefined();
    await other.dispose();
  });

  it('takes one that was dropped, and one that another overtook', async () => {
    const overtaken = await propose('Four', 48);
    await approve(overtaken);
    const faster = await propose('Five', 72);
    await approve(faster);
    await dropConfiguration(ports(), {
      ...{ configuration: faster, officer: 'approver-1' },
      reason: 'no',
    });
    await expect(signed()).resolves.toBeUndefined();
    raw.pragma('foreign_keys = OFF');
    raw
      .prepare(
        `UPDATE configuration_version SET state = 'adopted', number = 4, adopted_at = 1, is_emergency = 0, is_guarded = 0, effective_from = 1,
           adopted_by = 'approver-1' WHERE sha256 = ?`,
      )
      .run(overtaken);
    await expect(signed()).rejects.toMatchObject({ facts: { found: 'withdrawn' } });
  });

  it.each<readonly [string, string, () => unknown]>([
    ['signature of the proposer', 'leaf', () => set("signature = x'00'", 1)],
    ['signature of an approver', 'leaf', () => setApproval("signature = x'00'", 1)],
    ['statement', 'leaf', () => setApproval("statement = x'00'", 2)],
    ['name of an approver', 'leaf', () => setApproval("officer = 'approver-2'", 2)],
    ['certificate of an approver', 'approval', () => setApproval("fingerprint = 'B'", 2)],
    ['certificate of the proposer', 'proposer', () => set("proposer_fingerprint = 'B'", 2)],
    ['haste of an approval', 'approval', () => setApproval('is_emergency = 1', 2)],
    ['start', 'start', () => set('effective_from = effective_from + 1', 2)],
    ['order', 'chain', () => set('number = 9', 2)],
    ['newest version, taken out', 'withdrawn', () => set(out, 2)],
    ['first version, put out', 'withdrawn', () => set(out, 0)],
    ['approval, removed', 'approvals', () => raw.exec('DELETE FROM configuration_approval')],
  ])('refuses an altered %s', async (_, found, alter) => {
    raw.pragma('foreign_keys = OFF');
    alter();
    await expect(signed()).rejects.toMatchObject({
      code: 'configuration-unproven',
      facts: { found },
    });
  });

  it('refuses a version that nobody of the one before signed, though the log has it', async () => {
    const { officers } = desk.configuration;
    const stranger = testOfficer('approver-1', 99);
    const before = desk.configuration.officers;
    desk.configuration.officers = officers.map((each) =>
      each.id === stranger.id ? stranger : each,
    );
    const digest = await propose('Four', 0);
    // As if the files were believed, what the program itself would never do, and the database kept no rule.
    const files = Object.assign(Object.create(desk) as ExchangeDesk, {
      configuration: Object.assign(Object.create(desk.configuration) as typeof desk.configuration, {
        inForce: () => ports().configuration.inForce(),
      }),
    });
    const officer = stranger.id;
    const approving = () =>
      approveConfiguration(files, {
        ...{ configuration: digest, officer, proof: desk.proof(officer), isEmergency: false },
        reason: undefined,
      });
    await expect(approving()).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' });
    await sql`PRAGMA foreign_keys = OFF`.execute(desk.store.db);
    await approving();
    desk.configuration.officers = before;
    desk.store.nowMs += 100 * 3_600_000;
    await expect(signed()).rejects.toMatchObject({ facts: { found: 'approval' } });
  });
});
