import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { lackingIn, lackingInBoth } from '../support/both-languages.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(11);

let kit: Kit;
let first: string;
let second: string;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  for (const incident of ['shop-a-2020', 'shop-b-2020']) await kit.openIncident(incident);
  first = await prepared('shop-a-2020');
  second = await prepared('shop-b-2020');
});

afterAll(() => kit.dispose());

async function prepared(incident: string): Promise<string> {
  const file = kit.put(`${incident}.csv`, plainList(someCards(rng, 12)));
  return (await kit.done(kit.prepare(incident, [file]))).handoff;
}

function emergency(
  handoff: string,
  who = kit.officer.acting,
  reason = 'no approver awake',
): string[] {
  const why = reason === '' ? [] : ['--reason', reason];
  return [...kit.secret, ...who, ...why, 'handoff', 'deliver', handoff, '--emergency'];
}

async function allowEmergencies(isAllowed: boolean): Promise<void> {
  const path = join(kit.workspace, 'config/mimamori.toml');
  const text = readFileSync(path, 'utf8');
  const settings = text.replace(/^emergency = .*\n/m, '');
  const allowed = settings.replace('[approvals]\n', `[approvals]\nemergency = ${isAllowed}\n`);
  if (allowed === text) return;
  writeFileSync(path, allowed);
  await kit.putInForce();
}

const leaves = async (entries: number): Promise<[string, string | undefined][]> => {
  const tail = await kit.done(['audit', 'tail', '--entries', String(entries)]);
  return tail.entries.map(({ leaf }: Document) => [leaf.act, leaf.data.code]);
};

/** Sets the clock of one emergency back by a day and a minute, as if that much time had passed. */
function age(handoff: string): void {
  const store = new Database(join(kit.workspace, 'data/mimamori.db'));
  const back = 24 * 3_600_000 + 60_000;
  store
    .prepare(
      'UPDATE emergency SET declared_at = declared_at - ?, due_at = due_at - ? WHERE handoff = ?',
    )
    .run(back, back, handoff);
  store.close();
}

/** As after a delivery that the peer refused. */
function failUnsent(handoff: string): void {
  const store = new Database(join(kit.workspace, 'data/mimamori.db'));
  const { changes } = store
    .prepare(
      "UPDATE batch SET state = 'failed' WHERE handoff = ? AND state IN ('built', 'approved')",
    )
    .run(handoff);
  store.close();
  expect(changes).toBe(1);
}

describe('handoff deliver --emergency, refused', () => {
  it('without a policy that allows it: 77, nothing leaves, and the log knows', async () => {
    expect(await kit.refused(emergency(first))).toEqual({
      ...{ status: 77, code: 'emergency-not-allowed' },
    });
    expect(readdirSync(kit.sshd.directory)).toEqual([]);
    expect(await leaves(1)).toEqual([['permission-refused', 'emergency-not-allowed']]);
  });

  it('before the requester signed the plan: 77, and the log knows', async () => {
    await allowEmergencies(true);
    await kit.openIncident('shop-c-2020');
    const file = kit.put('shop-c-2020.csv', plainList(someCards(rng, 3)));
    const asNamed = ['--as', kit.officer.id, 'handoff', 'prepare', '--incident', 'shop-c-2020'];
    const { handoff } = await kit.done([...kit.secret, ...asNamed, '--source', file]);
    expect(await kit.refused(emergency(handoff))).toEqual({ status: 77, code: 'request-unsigned' });
    expect(await leaves(1)).toEqual([['permission-refused', 'request-unsigned']]);
  });

  it('without a reason, by another than the requester, and without their key', async () => {
    await allowEmergencies(true);
    expect(await kit.refused(emergency(first, kit.officer.acting, ''))).toEqual({
      ...{ status: 64, code: 'reason-required' },
    });
    expect(await kit.refused(emergency(first, kit.approver.acting))).toEqual({
      ...{ status: 77, code: 'role-missing' },
    });
    expect(await kit.refused(emergency(first, ['--as', kit.officer.id]))).toEqual({
      ...{ status: 77, code: 'officer-key-required' },
    });
  });

  it('to recipients that nobody tested: 77, and it stays undecided', async () => {
    expect(await kit.refused(emergency(first))).toEqual({
      ...{ status: 77, code: 'recipient-untested' },
    });
    const shown = await kit.done(['handoff', 'show', first]);
    expect([shown.state, shown.emergency]).toEqual(['undecided', undefined]);
    expect(shown.batches.map(({ state }: Document) => state)).toEqual(['built', 'built']);
  });
});

describe('handoff deliver --emergency', () => {
  it('sends on one signature and says everywhere that it was one person', async () => {
    await kit.testRecipients('psp', 'amex');
    const told = [
      'officer-1 が緊急として1名で送付',
      '2人目の署名の期限',
      '格納済み',
      '書き出し済み',
    ];
    expect(await lackingIn('ja', kit, emergency(first), told)).toEqual([]);
    const shown = await kit.done(['handoff', 'show', first]);
    expect(shown.batches.map(({ state }: Document) => state)).toEqual(['stored', 'written']);
    const due = Date.parse(shown.emergency.secondSignatureDue);
    expect(due - Date.parse(shown.emergency.declaredAt)).toBe(24 * 3_600_000);
    expect(shown.emergency).toMatchObject({ officer: 'officer-1', open: true, overdue: false });
    expect([shown.state, shown.decisions, shown.emergency.open]).toEqual(['undecided', [], true]);
    const summary = await kit.done(['handoff', 'summary', first]);
    expect(summary.emergency).toMatchObject({ officer: 'officer-1', open: true });
    const { onePerson, undecided } = await kit.done(['status']);
    expect(onePerson).toMatchObject([{ handoff: first, overdue: false }]);
    expect(undecided.map(({ handoff }: Document) => handoff)).toContain(second);
    const { checks } = (await kit.json(['doctor'])).document;
    expect(checks.find(({ check }: Document) => check === 'one-person').verdict).toBe('warning');
  });

  it.each([
    ['en', 'One person'],
    ['ja', '1名での実施'],
  ])('shows so on every screen, in %s', async (language, words) => {
    const about = ['show', 'review'].map((name) => ['handoff', name, first]);
    for (const command of [...about, ['handoff', 'list'], ['status'], ['doctor']]) {
      const { stdout } = await kit.run(['--lang', language, ...command]);
      expect(stdout.toLowerCase()).toContain(words.toLowerCase());
    }
    for (const name of ['show', 'review', 'summary']) {
      const { stdout } = await kit.run(['--lang', language, 'handoff', name, first]);
      expect(stdout).toContain('no approver awake');
    }
  });

  it('marks no batch as approved before somebody else signed', async () => {
    const { batches } = await kit.done(['handoff', 'show', first]);
    const { stdout } = await kit.run(['handoff', 'show', first]);
    const marks = batches.map(({ batch }: Document) => {
      const row = stdout.split('\n').find((line) => line.startsWith(batch)) ?? '';
      return row.split('●').length - 1;
    });
    expect(marks).toEqual([2, 2]);
  });

  it('leaves a statement that gpg verifies by itself', async () => {
    const folder = join(kit.workspace, 'data/handoffs', first);
    const signature = join(folder, 'emergency.json.sig');
    await kit.officer.gpg.do(['--verify', signature, join(folder, 'emergency.json')], '');
  });

  it('is refused a second time while one is open', async () => {
    for (const handoff of [first, second]) {
      expect(await kit.refused(emergency(handoff))).toEqual({ status: 77, code: 'emergency-open' });
    }
  });

  it('cannot be approved by its requester', async () => {
    const own = [...kit.officer.acting, 'handoff', 'approve', first];
    expect(await kit.refused(own)).toEqual({ status: 77, code: 'approver-is-requester' });
  });
});

describe('the second signature', () => {
  it('overdue is shown, fails the doctor, stops deliveries and leaves one leaf', async () => {
    age(first);
    const { onePerson } = await kit.done(['status']);
    expect(onePerson).toMatchObject([{ handoff: first, overdue: true }]);
    const doctor = await kit.json(['doctor']);
    expect(doctor.status).toBe(1);
    expect(await kit.refused(kit.deliver(first))).toEqual({
      ...{ status: 77, code: 'emergency-overdue' },
    });
    await kit.run(['handoff', 'show', first]);
    const acts = (await leaves(6)).map(([act]) => act);
    expect(acts.filter((act) => act === 'handoff-overdue')).toHaveLength(1);
  });

  it('ends it: approved, with the emergency kept', async () => {
    const approve = [...kit.approver.acting, '--reason', 'checked', 'handoff', 'approve', first];
    const signed = ['approver-1 が承認しました', '24時間の期限を過ぎて', 'に終了しました'];
    expect(await lackingIn('ja', kit, approve, signed)).toEqual([]);
    const shown = await kit.done(['handoff', 'show', first]);
    expect(shown).toMatchObject({
      ...{ state: 'decided', outcome: 'approve', emergency: { open: false, overdue: true } },
    });
    const ended = await lackingInBoth(kit, ['handoff', 'show', first], {
      ja: ['officer-1 が緊急を宣言', '期限を過ぎて'],
      en: ['officer-1 declared an emergency', 'later than the 24 hours allow'],
    });
    expect(ended).toEqual([]);
    expect(shown.batches.map(({ state }: Document) => state)).toEqual(['stored', 'written']);
    expect((await kit.done(['status'])).onePerson).toEqual([]);
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });

  it('may be a decline: what one person had not sent stays here', async () => {
    const sent = ['officer-1 sent this alone, as an emergency', 'second signature is due by'];
    const sending = [...emergency(second), '--recipient', 'psp'];
    expect(await lackingIn('en', kit, sending, sent)).toEqual([]);
    failUnsent(second);
    const command = ['--reason', 'wrong list', 'handoff', 'decline', second];
    const declining = [...kit.approver.acting, ...command];
    expect(await lackingIn('en', kit, declining, ['is declined by approver-1', 'is out'])).toEqual(
      [],
    );
    const { batches, emergency: told } = await kit.done(['handoff', 'show', second]);
    expect(batches.map(({ state }: Document) => state)).toEqual(['stored', 'cancelled']);
    expect(told).toMatchObject({ open: false, overdue: false });
    expect(await kit.refused(kit.deliver(second))).toEqual({
      ...{ status: 77, code: 'handoff-not-approved' },
    });
  });
});

describe('config approve --emergency', () => {
  const elsewhere = (folder: string): string[] =>
    ['recipient', 'update', 'amex', '--manual', join(kit.desk.folder, folder)].concat([
      ...['--confirmed-by', 'by phone'],
    ]);
  const folderOfAmex = async (): Promise<string> =>
    (await kit.done(['recipient', 'list'])).recipients.find(({ id }: Document) => id === 'amex')
      .endpoints[0].directory;
  const approving = (configuration: string): string[] => [
    ...[...kit.approver.acting, 'config', 'approve', configuration],
  ];

  async function proposed(folder: string): Promise<string> {
    mkdirSync(join(kit.desk.folder, folder));
    await kit.done(['--as', kit.officer.id, ...elsewhere(folder)]);
    const { configuration } = await kit.done([...kit.officer.acting, 'config', 'propose']);
    return String(configuration);
  }

  it('puts an endpoint in force within the cooling-off time, proven, and says so as long as it counts', async () => {
    const path = join(kit.workspace, 'config/mimamori.toml');
    const settings = readFileSync(path, 'utf8');
    writeFileSync(path, settings.replace(/^cooling_off_hours = 0$/m, 'cooling_off_hours = 24'));
    await kit.putInForce();
    const before = await folderOfAmex();
    const configuration = await proposed('at-once');
    expect(await kit.refused([...approving(configuration), '--emergency'])).toEqual({
      ...{ status: 64, code: 'reason-required' },
    });
    expect(await folderOfAmex()).toBe(before);
    const hasty = ['--reason', 'their key is lost', ...approving(configuration), '--emergency'];
    const { state, emergency: isEmergency, startsAt } = await kit.done(hasty);
    expect([state, isEmergency, Date.parse(startsAt) <= Date.now()]).toEqual([
      'adopted',
      true,
      true,
    ]);
    expect(await folderOfAmex()).toBe(join(kit.desk.folder, 'at-once'));
    const { versions } = await kit.done(['config', 'history']);
    expect(versions.at(-1)).toMatchObject({
      ...{ configuration, standing: 'in-force', emergency: true },
      approvals: [{ officer: 'approver-1', emergency: true, reason: 'their key is lost' }],
    });
    const { checks } = (await kit.json(['doctor'])).document;
    expect(checks).toContainEqual(
      expect.objectContaining({
        ...{ check: 'configuration-approved', verdict: 'warning' },
        facts: { configuration: configuration.slice(0, 12), problem: 'emergency' },
      }),
    );
    const marked = { ja: ['緊急、猶予時間なし'], en: ['EMERGENCY, without cooling-off time'] };
    expect(await lackingInBoth(kit, ['status'], marked)).toEqual([]);
    // What hands over asks for the proof of it.
    await kit.openIncident('shop-d-2020');
    await prepared('shop-d-2020');
  });

  it('is what the next change does without: that one waits, and the log verifies', async () => {
    const { startsAt, emergency: isEmergency } = await kit.done(approving(await proposed('later')));
    expect(isEmergency).toBe(false);
    expect(Date.parse(startsAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(await folderOfAmex()).toBe(join(kit.desk.folder, 'at-once'));
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
