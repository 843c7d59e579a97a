import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { encodeCommand } from '../../../src/domain/audit/command-statement.ts';
import type { CommandLine, SignableCommand } from '../../../src/domain/audit/command-statement.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { appendAct } from '../../../src/edge/sqlite/append-leaf.ts';
import { SqliteIncidentPurges } from '../../../src/edge/sqlite/incident-purges.ts';
import {
  keepWaiting,
  signedCommandsBy,
  storeSignedCommand,
} from '../../../src/edge/sqlite/signed-commands.ts';
import type { ActRecord } from '../../../src/exchange/acts/act-record.ts';
import { actOf, StoreBench } from '../../support/store-bench.ts';

const id = 'shop-a-2020';
const dayMs = 24 * 60 * 60 * 1000;
const nothing = { cards: 0, hashes: 0, findings: 0, references: 0, answers: 0, notices: 0 };

let store: StoreBench;
let purges: SqliteIncidentPurges;
let commands: number;
beforeEach(async () => {
  store = new StoreBench();
  purges = new SqliteIncidentPurges(store.db, store.clock);
  commands = 0;
  await store.approved();
  await store.db.updateTable('batch').set({ state: 'stored' }).execute();
});
afterEach(() => store.dispose());

function signable(
  command: string,
  typed: CommandLine['arguments'],
  reason = 'said',
): SignableCommand & { readonly nonce: string } {
  const nonce = String((commands += 1)).padStart(32, '0');
  const line = { command, arguments: typed, documents: {}, reason };
  const about = { workspace: 'drill-1', mode: 'drill', officer: 'officer-1', nonce } as const;
  const at = store.clock.now().toISOString();
  return { ...encodeCommand({ ...about, at }, line, nonce), nonce };
}

/** A command that was signed and run, and left this leaf. Returns the digest of its statement. */
async function ran(
  command: string,
  typed: CommandLine['arguments'],
  leaf?: ActRecord,
): Promise<string> {
  const at = store.clock.now();
  const { statement, said, nonce } = signable(command, typed);
  const [sha256, signature] = [digestOf(statement), new Uint8Array([1])];
  const fingerprint = 'A'.repeat(40);
  const signed = { officer: 'officer-1', statement: sha256, signature: digestOf(signature) };
  await storeSignedCommand(
    store.db,
    store.clock,
    {
      ...{ sha256, nonce, officer: 'officer-1', command, statement, signature },
      fingerprint,
      madeAt: at,
    },
    {
      ...actOf('command-sign', `command:${nonce.slice(16)}`, {
        ...{ ...signed, command: command.replace(' ', '-'), fingerprint },
      }),
      texts: { said: new TextDecoder().decode(said) },
    },
  );
  if (leaf === undefined) return sha256;
  const clock = { now: () => at, signed: sha256 };
  await store.db.transaction().execute((trx) => appendAct(trx, leaf, clock));
  return sha256;
}

async function isKept(sha256: string): Promise<boolean> {
  const [command] = await signedCommandsBy(store.db, [sha256]);
  expect(digestOf(command!.statement)).toBe(sha256);
  return command!.said !== undefined;
}

const closed = (incident: string): ActRecord =>
  actOf('incident-close', `incident:${incident}`, { incident });
const removed = (handoffs: readonly string[]): ActRecord =>
  actOf('source-purge', 'workspace:drill-1', {
    ...{ sha256: 'a'.repeat(64), bytes: 1, handoffs, done: [], unproven: [], copies: 0 },
  });
const refusal = actOf('permission-refused', 'workspace:drill-1', { asked: 'x', code: 'x' });
const refused: ActRecord = { draft: { ...refusal.draft, result: 'refused' } };

const finish = (): Promise<void> =>
  purges.finish(
    id,
    store.clock.now(),
    actOf('incident-purge', `incident:${id}`, {
      ...{ incident: id, counts: { ...nothing, texts: 0 }, unproven: [] },
    }),
  );

/** Begins with the entry that a command of its own left. */
async function purge(): Promise<string> {
  await store.incidents.close(id, closed(id));
  const start = actOf('incident-purge-start', `incident:${id}`, { incident: id, early: true });
  await purges.begin(id, store.clock.now(), { ...nothing, texts: 0 }, start);
  const by = await ran('purge incident', { id: 'x' }, start);
  await purges.removeRows(id);
  return by;
}

describe('a purge and what was said with signed commands', () => {
  it.each<[string, CommandLine['arguments'], ActRecord | undefined]>([
    ['left an entry about the incident', { file: 'x' }, closed(id)],
    ['removed a source of it', { file: 'orders.csv' }, removed(['h-other', 'h-0001'])],
    ['names it and was refused', { incident: id, by: 'Sato' }, undefined],
    ['names a batch of it among others', { batch: ['b-other', 'b-0001'] }, closed('other')],
    ['was refused and names nothing that there is', { batch: 'b-mistyped', by: 'Sato' }, refused],
    ['names what is not there, and left nothing yet', { batch: 'b-mistyped' }, undefined],
    ['left nothing in a day', { file: 'x' }, undefined],
  ])('removes it where the command %s', async (_, typed, leaf) => {
    const sha256 = await ran('handoff record', typed, leaf);
    expect(await isKept(sha256)).toBe(true);
    store.nowMs += 'file' in typed ? dayMs : 0;
    await purge();
    expect(await isKept(sha256)).toBe(false);
  });

  it.each<[string, CommandLine['arguments'], ActRecord | undefined]>([
    ['did something else', { officer: 'mallory' }, closed('other')],
    ['names another incident, and was refused', { incident: 'shop-b-2020' }, refused],
    ['is about a recipient of the same name', { id, '--merchant': id }, closed('other')],
    ['left nothing yet', { file: 'x' }, undefined],
  ])('keeps it where the command %s', async (_, typed, leaf) => {
    await store.openIncident('shop-b-2020');
    const sha256 = await ran('recipient update', typed, leaf);
    store.nowMs += dayMs - 1;
    await purge();
    expect(await isKept(sha256)).toBe(true);
  });

  it('keeps that of the command which purged', async () => {
    expect(await isKept(await purge())).toBe(true);
  });

  it('keeps that of a command which goes on with a purge, and of none after its end', async () => {
    const early = await ran('purge incident', { id });
    await purge();
    const resumed = await ran('purge incident', { id });
    await purges.removeRows(id);
    await finish();
    const late = await ran('purge incident', { id });
    expect(await Promise.all([early, resumed, late].map(isKept))).toEqual([false, true, false]);
  });

  it('keeps nothing of a command that comes afterwards and is about the incident', async () => {
    await purge();
    const later = [
      await ran('incident close', { id }),
      await ran('purge source', { file: 'orders.csv' }, removed(['h-0001'])),
    ];
    expect(await Promise.all(later.map(isKept))).toEqual([false, false]);
    const other = await ran('purge source', { file: 'orders.csv' }, removed(['h-other']));
    expect(await isKept(other)).toBe(true);
  });
});

describe('keepWaiting()', () => {
  const kept = (...said: Parameters<typeof signable>): Promise<string> =>
    keepWaiting(store.db, signable(...said), () => Promise.resolve('kept'));
  const purged = { code: 'incident-purged', facts: { incident: id } };

  it.each<Parameters<typeof signable>>([
    ['incident told', { incident: id }],
    ['handoff record', { batch: ['b-other', 'b-0001'] }],
    ['incident export', { id }, 'Ms Suzuki'],
    ['purge incident', { id }],
  ])('keeps nothing that is said about a purged incident: %s', async (...said) => {
    expect(await kept(...said)).toBe('kept');
    await purge();
    await finish();
    await expect(kept(...said)).rejects.toMatchObject(purged);
  });

  it('keeps what goes on with a purge until that has ended, and nothing else', async () => {
    await purge();
    expect(await kept('purge incident', { id })).toBe('kept');
    await expect(kept('incident close', { id })).rejects.toMatchObject(purged);
  });

  it('keeps an export of what was purged, and what is about another incident', async () => {
    await purge();
    await finish();
    expect(await kept('incident export', { id }, '')).toBe('kept');
    expect(await kept('incident close', { id: 'shop-b-2020' })).toBe('kept');
    expect(await kept('recipient update', { id })).toBe('kept');
  });

  it('lets no purge begin while something is being kept', async () => {
    const order: string[] = [];
    const keeping = keepWaiting(store.db, signable('incident told', { incident: id }), async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push('kept');
    });
    await Promise.all([keeping, purge().then(() => order.push('purged'))]);
    expect(order).toEqual(['kept', 'purged']);
  });
});
