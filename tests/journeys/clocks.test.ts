import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';

const id = 'shop-c-2026';

let kit: Kit;

/** The incident of the other journeys, found at another time. */
const found = (name: string, at: string, clocks = ''): string =>
  kit.put(
    `${name}.toml`,
    incidentToml(name)
      .replace(/discovered_at = \S+/, `discovered_at = ${at}`)
      .replace('[[windows]]', `${clocks}[[windows]]`),
  );

beforeAll(async () => {
  kit = await Kit.create();
  const file = found(id, '2026-07-22T13:30:00+09:00');
  await kit.done([...kit.officer.acting, 'incident', 'open', file]);
});

afterAll(() => kit.dispose());

const record = (event: string, ...more: string[]): string[] => [
  ...['--as', kit.officer.id, 'incident', 'record', id, event],
  ...more,
];
const settle = (clock: string, ...more: string[]): string[] => [
  ...['--as', kit.officer.id, 'incident', 'clock', id, clock],
  ...more,
];
const clockIn = ({ clocks }: Document, wanted: string): Document =>
  clocks.find(({ clock }: Document) => clock === wanted);

describe('incident show', () => {
  it('has the clocks that run from what the file says, with what they rest on', async () => {
    const { clocks } = await kit.done(['incident', 'show', id]);
    expect(clocks.standing).toBe('calculation-not-legal-advice');
    expect(clocks.starts).toEqual([
      { event: 'awareness', at: '2026-07-22T04:30:00.000Z', origin: 'incident-file' },
    ]);
    // 09-19 … 09-23 is a block of five closed days.
    expect(clockIn(clocks, 'ppc-final-wrongful')).toMatchObject({
      state: 'overdue',
      due: { day: '2026-09-24', movedFrom: '2026-09-19', timeZone: 'Asia/Tokyo' },
      rule: { confidence: 'quoted', countStated: true, length: { due: 60, firstDay: 'counts' } },
    });
    expect(clockIn(clocks, 'pfi-preliminary')).toMatchObject({ state: 'not-started' });
  });

  it.each([
    ['en', ['OVERDUE', '2026-09-24 Thu', 'not started', 'not legal advice']],
    ['ja', ['期限超過', '2026/09/24(木)', '未開始', '法的助言ではありません']],
  ])('says so in %s', async (language, words) => {
    const { stdout } = await kit.run(['--lang', language, 'incident', 'show', id]);
    for (const word of words) expect(stdout).toContain(word);
  });
});

describe('incident record', () => {
  it('starts a clock from a time on the clock of the incident', async () => {
    const shown = await kit.done(record('pfi-engaged', '--at', '2026-07-24 11:00'));
    // 07-27 (1) … 07-31 (5): Friday to Friday.
    expect(clockIn(shown, 'pfi-preliminary')).toMatchObject({
      start: { event: 'pfi-engaged', at: '2026-07-24T02:00:00.000Z' },
      due: { day: '2026-07-31', aimFor: '2026-07-30' },
    });
  });

  it('changes what is known only with a reason, which is kept', async () => {
    const earlier = record('awareness', '--at', '2026-07-21T23:00');
    expect(await kit.refused(earlier)).toEqual({ status: 64, code: 'reason-required' });
    const shown = await kit.done(['--reason', 'the night desk knew first', ...earlier]);
    expect(clockIn(shown, 'ppc-final-wrongful').due).toMatchObject({ day: '2026-09-18' });
    expect(shown.starts[0]).toMatchObject({ origin: 'recorded', officer: kit.officer.id });
    const tail = await kit.done(['audit', 'tail']);
    expect(JSON.stringify(tail)).toContain('the night desk knew first');
  });

  it.each([
    [['launch', '--at', '2026-07-21'], 'start-event-unknown'],
    [['tip', '--at', '2999-01-01'], 'clock-time-ahead'],
    [['tip', '--at', 'noon'], 'usage'],
    [['tip'], 'usage'],
    [['tip', '--withdraw'], 'start-event-unrecorded'],
  ])('refuses %j', async ([event, ...more], code) => {
    expect(await kit.refused(record(event!, ...more))).toEqual({ status: 64, code });
  });
});

describe('incident clock', () => {
  it('notes what was done, and what does not bind here', async () => {
    const met = await kit.done(settle('ppc-preliminary', '--met', '2026-07-23 10:00'));
    expect(clockIn(met, 'ppc-preliminary')).toMatchObject({
      ...{ state: 'met', settledBy: { officer: kit.officer.id } },
    });
    const aside = settle('amex-notice', '--set-aside');
    expect(await kit.refused(aside)).toEqual({ status: 64, code: 'reason-required' });
    const set = await kit.done(['--reason', 'no such cards', ...aside]);
    expect(clockIn(set, 'amex-notice')).toMatchObject({ state: 'set-aside' });
  });

  it('refuses a clock that is not there, a time before it began, and two outcomes at once', async () => {
    expect(await kit.refused(settle('ppc-principal-notice', '--met'))).toEqual({
      ...{ status: 64, code: 'clock-unknown' },
    });
    expect(await kit.refused(settle('ppc-final-wrongful', '--met', '2020-01-01 10:00'))).toEqual({
      ...{ status: 64, code: 'usage' },
    });
    expect(await kit.refused(settle('visa-notice', '--met', '--set-aside'))).toEqual({
      ...{ status: 64, code: 'usage' },
    });
  });
});

describe('status and incident list', () => {
  it('name what is due next, and leave out what was done', async () => {
    const { clocks } = await kit.done(['status']);
    expect(clocks[0]).toMatchObject({ incident: id, clock: 'mastercard-report' });
    const owed = clocks.map(({ clock }: Document) => clock);
    expect(owed).not.toContain('ppc-preliminary');
    expect(owed).not.toContain('amex-notice');
    const { incidents } = await kit.done(['incident', 'list']);
    expect(incidents[0].nextDue).toEqual(clocks[0]);
    const { stdout } = await kit.run(['--lang', 'ja', 'status']);
    expect(stdout).toContain('期限超過');
  });

  it('show only what the file of an incident leaves in', async () => {
    const only = '[clocks]\nwrongful_purpose = true\nbrands = ["jcb"]\n\n';
    const file = found('shop-d', '2026-07-22T13:30:00+09:00', only);
    await kit.done([...kit.officer.acting, 'incident', 'open', file]);
    const { clocks } = await kit.done(['incident', 'clocks', 'shop-d']);
    expect(clocks.map(({ clock }: Document) => clock)).toEqual([
      ...['ppc-preliminary', 'ppc-final-wrongful', 'ppc-persons-notice', 'meti-report'],
      ...['acquirer-notice', 'jcb-report', 'pfi-preliminary'],
    ]);
  });
});

describe('audit verify', () => {
  it('holds after all of it', async () => {
    expect(await kit.done(['audit', 'verify'])).toMatchObject({ holds: true });
  });
});
