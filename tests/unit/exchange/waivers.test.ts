import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Party, WaiverState } from '../../../src/domain/readiness/statements.ts';
import type { ExceptionValue } from '../../../src/domain/waivers/waiver-exceptions.ts';
import { parseExceptionLines } from '../../../src/domain/waivers/exception-lines.ts';
import { recordWord } from '../../../src/exchange/delivery/record-word.ts';
import { incidentReadiness } from '../../../src/exchange/incident/incident-readiness.ts';
import { recordTold } from '../../../src/exchange/incident/record-told.ts';
import { recordExceptions } from '../../../src/exchange/waivers/record-exceptions.ts';
import type { ExceptionsRequest } from '../../../src/exchange/waivers/record-exceptions.ts';
import { requestStep } from '../../../src/exchange/waivers/request-step.ts';
import { waiverReport } from '../../../src/exchange/waivers/waiver-report.ts';
import { annexWords, letterWordsIn } from '../../../src/doors/cli/screens/waiver-letter-screen.ts';
import { LetterFolder, shippedLetters } from '../../../src/edge/files/letter-folder.ts';
import { newFolders } from '../../../src/edge/files/new-folders.ts';
import { OpenpgpFault } from '../../../src/edge/openpgp/errors.ts';
import type { RecipientTestRow } from '../../../src/exchange/recipients/recipient-tests.ts';
import type { LetterSealer } from '../../../src/exchange/waivers/letter-sealer.ts';
import type { NewFolder } from '../../../src/exchange/workspace/new-folders.ts';
import { writeLetter } from '../../../src/exchange/waivers/write-letter.ts';
import { actOf } from '../../support/store-bench.ts';
import { ExchangeDesk } from '../../support/exchange-desk.ts';
import { cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const incident = 'shop-a-2020';
const psp: Party = { kind: 'recipient', name: 'psp' };

let desk: ExchangeDesk;
let issuer: Party;
beforeEach(async () => {
  desk = new ExchangeDesk();
  await desk.decide(await desk.requested());
  const [row] = (await report()).rows;
  issuer = { kind: 'issuer', name: row!.issuer };
});
afterEach(() => desk.dispose());

const folder = { putIncidentDocument: () => Promise.resolve('') };

function ports() {
  const { origin, configuration, incidents, handoffs, words, told, responses, clock, store } = desk;
  const { exceptions, cardAnswers, arrivals, ids } = desk;
  const read = { incidents, handoffs, words, told, responses, cardAnswers, arrivals, clock };
  return { ...read, exceptions, ids, origin, configuration, folder, amendments: store.amendments };
}

const report = () => waiverReport(ports(), incident);

async function say(party: Party, outcome: WaiverState, reason?: string): Promise<void> {
  await recordTold(ports(), {
    ...{ incident, party, told: { subject: 'waiver', outcome }, saidAt: undefined },
    ...{ channel: 'mail', by: 'Sato', terms: undefined, evidence: undefined },
    ...{ officer: 'officer-1', reason },
  });
}

const refused = (code: string): unknown => expect.objectContaining({ code });

describe('recordTold() of a waiver', () => {
  it('judges a first word of an issuer by what its recipient said of it', async () => {
    await say(psp, 'granted');
    await expect(say(issuer, 'requested', 'x')).rejects.toEqual(refused('waiver-step'));
    await expect(say(issuer, 'declined')).rejects.toEqual(refused('reason-required'));
    await say(psp, 'closed', 'over');
    await expect(say(issuer, 'declined', 'x')).rejects.toEqual(refused('waiver-step'));
  });

  it('judges a later one by its own word', async () => {
    await say(issuer, 'requested');
    await say(psp, 'granted');
    await say(issuer, 'declined');
    expect((await report()).rows[0]!.state).toBe('declined');
  });
});

describe('requestStep()', () => {
  const step = async () =>
    requestStep(
      await incidentReadiness(ports(), incident),
      await desk.told.ofIncident(incident),
      issuer.name,
    );

  it.each([
    ['free', []],
    ['free', [['issuer', 'requested']]],
    ['free', [['psp', 'no-answer']]],
    ['with-reason', [['issuer', 'declined']]],
    ['none', [['issuer', 'granted-with-terms']]],
    ['none', [['psp', 'granted']]],
    [
      'with-reason',
      [
        ['issuer', 'granted'],
        ['issuer', 'disputed'],
      ],
    ],
  ] as const)('is %s after %j, as a request then goes', async (expected, said) => {
    for (const [who, state] of said) await say(who === 'psp' ? psp : issuer, state, 'x');
    expect(await step()).toBe(expected);
    const asked = say(issuer, 'requested');
    if (expected === 'free') return asked;
    const code = expected === 'none' ? 'waiver-step' : 'reason-required';
    await expect(asked).rejects.toEqual(refused(code));
    const again = say(issuer, 'requested', 'asked again');
    return expected === 'none' ? expect(again).rejects.toEqual(refused(code)) : again;
  });
});

describe('waiverReport()', () => {
  it('counts the days since it was first asked, also where we gave up in between', async () => {
    const day = 86_400_000;
    await say(psp, 'requested');
    desk.store.nowMs += 3 * day;
    await say(psp, 'no-answer');
    desk.store.nowMs += 2 * day;
    await say(psp, 'requested');
    expect((await report()).rows[0]!.waitingDays).toBe(5);
    await say(psp, 'declined');
    desk.store.nowMs += day;
    await say(psp, 'requested', 'asked again');
    expect((await report()).rows[0]!.waitingDays).toBe(0);
  });
});

describe('waiverReport() of lists that asked', () => {
  const day = 86_400_000;

  it('counts from when the first of them was there, until an answer', async () => {
    desk.cardProcess.cards = { psp: [7, 8, 9] };
    const { handoff, result } = await desk.prepare({ requestsWaiver: true });
    const batch = result.batches.find(({ recipient }) => recipient === 'psp')!.batch;
    await desk.request(handoff);
    await desk.decide(handoff);
    expect((await report()).rows.map(({ state }) => state)).not.toContain('requested');
    await desk.store.db
      .updateTable('batch')
      .set({ state: 'stored', available_at: desk.store.nowMs })
      .where('id', '=', batch)
      .execute();
    desk.store.nowMs += 3 * day;
    const [asked] = (await report()).rows.filter(({ recipient }) => recipient === 'psp');
    expect(asked).toMatchObject({ state: 'requested', waitingDays: 3, statement: { batch } });
    await say(issuer, 'requested');
    desk.store.nowMs += day;
    const [again] = (await report()).rows.filter(({ recipient }) => recipient === 'psp');
    expect(again).toMatchObject({ state: 'requested', waitingDays: 4 });
    await say(issuer, 'granted');
    const [answered] = (await report()).rows.filter(({ recipient }) => recipient === 'psp');
    expect(answered).toMatchObject({ state: 'granted', waitingDays: undefined });
  });
});

describe('recordExceptions()', () => {
  const records = async (): Promise<number[]> => {
    const handoffs = await desk.handoffs.list(incident);
    const [batch] = await desk.handoffs.batchesOf(handoffs[0]!.id);
    return [0, 1, 2].map((place) => batch!.firstReference + place);
  };
  const except = (
    exceptions: readonly (readonly [record: number, exception: ExceptionValue])[],
    changes: Partial<ExceptionsRequest> = {},
  ) =>
    recordExceptions(ports(), {
      ...{ incident, issuer: issuer.name, source: undefined, saidAt: undefined, channel: 'mail' },
      ...{ by: 'Sato', evidence: undefined, officer: 'officer-1', reason: undefined },
      lines: exceptions.map(([record, exception], place) => ({
        ...{ line: place + 1, card: { record }, exception },
      })),
      ...changes,
    });

  it('counts every card of the issuer once: as the state says, or by what holds for it', async () => {
    const [first, second] = (await records()) as [number, number];
    expect((await report()).rows[0]!.exceptions).toMatchObject({ 'not-waived': 0 });
    const both = [[first, 'not-waived'] as const, [second, 'refund-asked'] as const];
    expect(await except(both)).toMatchObject({ cards: 2, changed: 2 });
    const [row] = (await report()).rows;
    expect([row!.cards, row!.exceptions]).toEqual([
      3,
      { 'not-waived': 1, 'fee-charged': 0, 'refund-asked': 1 },
    ]);
  });

  it('changes nothing and leaves no leaf when the same is handed in again', async () => {
    const [first] = (await records()) as [number];
    const same = [[first, 'not-waived'] as const, [first, 'not-waived'] as const];
    await except(same);
    const acts = await desk.acts();
    expect(await except(same)).toMatchObject({ cards: 1, changed: 0 });
    expect(await desk.acts()).toEqual(acts);
    expect(acts.at(-1)).toBe('waiver-exceptions');
  });

  it('leaves no bare digest of a table in the log, from which a card of one line would follow', async () => {
    const [first] = (await records()) as [number];
    const source = 'ab'.repeat(32);
    await except([[first, 'not-waived']], { source });
    const leaf = (await desk.store.leaves()).at(-1)!;
    expect(leaf.act).toBe('waiver-exceptions');
    expect(JSON.stringify(leaf)).not.toContain(source);
    expect(await desk.log.texts()).toContainEqual(
      expect.objectContaining({
        field: 'source',
        text: expect.stringMatching(`^${source} [0-9a-f]{32}$`) as string,
      }),
    );
  });

  it('takes a reason for contradicting what was noted', async () => {
    const [first] = (await records()) as [number];
    await except([[first, 'not-waived']]);
    await expect(except([[first, 'none']])).rejects.toEqual(refused('reason-required'));
    await except([[first, 'none']], { reason: 'they rang again' });
    expect((await report()).rows[0]!.exceptions).toMatchObject({ 'not-waived': 0 });
  });

  it('refuses all where one line is about no card, and says which', async () => {
    const [first, , last] = (await records()) as [number, number, number];
    const lines = [
      [first, 'not-waived'] as const,
      [last + 1, 'not-waived'] as const,
      [first, 'fee-charged'] as const,
    ];
    await expect(except(lines)).rejects.toMatchObject({
      ...{ code: 'exceptions-unplaced' },
      facts: { unknown: 1, twice: 1, lines: ['2', '3'] },
    });
    expect(await desk.store.exceptions.ofIncident(incident)).toEqual([]);
  });

  it('refuses an order of a shop that the incident does not have', async () => {
    const lines = (merchant: string): ExceptionsRequest['lines'] => [
      { line: 3, card: { order: 'A-1', merchant }, exception: 'not-waived' },
    ];
    await expect(except([], { lines: lines('z') })).rejects.toMatchObject({
      ...{ code: 'merchants-absent', facts: { incident } },
    });
    const entry = await desk.incidents.get(incident);
    const merchants = ['a', 'b'].map((id) => ({ id, name: id }));
    desk.incidents.get = () =>
      Promise.resolve({ ...entry, incident: { ...entry.incident, merchants } });
    const facts = { incident, merchant: 'z', known: ['a', 'b'] };
    for (const [source, place] of [
      [undefined, {}],
      ['ab'.repeat(32), { line: 3 }],
    ] as const) {
      const refusal = await except([], { lines: lines('z'), source }).catch(
        (error: unknown) => error,
      );
      expect(refusal).toMatchObject({ code: 'merchant-unknown' });
      expect((refusal as { facts: unknown }).facts).toEqual({ ...facts, ...place });
    }
    await expect(except([], { lines: lines('a') })).rejects.toEqual(refused('exceptions-unplaced'));
  });

  it('refuses an unknown issuer, a time to come, a mail with a card number and an officer without the role', async () => {
    const [first] = (await records()) as [number];
    const one = [[first, 'not-waived'] as const];
    const number = cardDigits(seededRandom(9), {}).join('');
    const evidence = { name: 'mail', bytes: new TextEncoder().encode(number) };
    const tomorrow = new Date(desk.clock.now().getTime() + 86_400_000);
    for (const [code, changes] of [
      ['party-unknown', { issuer: 'No Such Bank' }],
      ['word-in-future', { saidAt: tomorrow }],
      ['evidence-holds-card', { evidence }],
      ['role-missing', { officer: 'approver-1' }],
      ['incident-unknown', { incident: 'none' }],
    ] as const) {
      await expect(except(one, changes), code).rejects.toEqual(refused(code));
    }
    expect(await desk.store.exceptions.ofIncident(incident)).toEqual([]);
  });
});

describe('a waiver of a purged incident', () => {
  it('takes no exception and no letter any more, and its counts are not known', async () => {
    const [batch] = await desk.handoffs.batchesOf((await desk.handoffs.list(incident))[0]!.id);
    await desk.store.db.updateTable('batch').set({ state: 'stored' }).execute();
    const about = (act: string, data: Record<string, unknown>) =>
      actOf(act, `incident:${incident}`, { incident, ...data });
    await desk.incidents.close(incident, about('incident-close', {}));
    const begun = about('incident-purge-start', { early: true });
    await desk.purges.begin(incident, desk.clock.now(), {}, begun);
    const purged = refused('incident-purged');
    await expect(
      recordExceptions(ports(), {
        ...{ incident, issuer: '', source: undefined, saidAt: undefined, channel: 'mail', by: 'x' },
        ...{ evidence: undefined, officer: 'officer-1', reason: undefined },
        lines: [{ line: 1, card: { record: batch!.firstReference }, exception: 'not-waived' }],
      }),
    ).rejects.toEqual(purged);
    await expect(letter()).rejects.toEqual(purged);
    expect((await report()).rows[0]!.exceptions).toBeUndefined();
  });
});

describe('writeLetter()', () => {
  it('lists nothing of a list that was approved and has not left', async () => {
    await expect(letter()).rejects.toEqual(refused('letter-without-cards'));
  });

  it('takes a list in our own folder as left only on the word of somebody', async () => {
    await desk.store.db.updateTable('batch').set({ state: 'written' }).execute();
    await expect(letter()).rejects.toEqual(refused('letter-without-cards'));
    await recordWord(desk, {
      ...{ batch: 'b-1', rung: 'stored', channel: 'phone', by: 'Sato', at: desk.clock.now() },
      ...{ evidence: undefined, officer: 'officer-1', note: undefined },
    });
    expect(await letter()).toMatchObject({ cards: 3, notLeft: 0 });
    const text = readFileSync(
      join(desk.store.directory, 'letters/TEST-waiver-letter.ja.txt'),
      'utf8',
    );
    expect(text).toMatch(/\d{4}年\d+月\d+日から.*まで/);
    const annex = readFileSync(join(desk.store.directory, 'letters/TEST-waiver-cards.csv'), 'utf8');
    const titles = annex.replace('\uFEFF', '').split('\r\n')[0]!.split(',');
    expect([...parseExceptionLines(annex, 'none')]).toHaveLength(3);
    expect(text).toContain(`「${titles.at(-1)}」`);
    expect(readFileSync(join(shippedLetters, 'waiver-request.en.txt'), 'utf8')).toContain(
      `"${titles.at(-1)}"`,
    );
    expect(text).not.toMatch(/経由|\d{4}-\d\d-\d\d/);
  });

  it.each([
    ['ja', /2020年1月2日から.*web、app.*一覧にあるカードのみ/],
    ['en', /2020-01-02 to .*web, app.*only cards on the lists/],
  ] as const)('says of a window how it was paid and which cards count, %s', (language, text) => {
    const said = letterWordsIn(language, 'Asia/Tokyo');
    const span = { from: '2020-01-02', to: '2020-02-03T10:00', merchants: '' };
    const channels = ['web', 'app'].join(said.separator);
    expect(said.window({ ...span, channels, isListedOnly: true })).toMatch(text);
    expect(said.window({ ...span, channels: '', isListedOnly: false })).not.toMatch(
      /web|一覧|lists/,
    );
  });

  it('leaves no bare digest in the log, from which digits of a single card would follow', async () => {
    await desk.store.db.updateTable('batch').set({ state: 'stored' }).execute();
    const digests = (await letter()).files.map(({ sha256 }) => sha256);
    const leaf = await desk.store.db
      .selectFrom('leaf')
      .select('bytes')
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const text = new TextDecoder().decode(leaf.bytes);
    expect(text).toContain('waiver-letter');
    for (const digest of digests) expect(text).not.toContain(digest);
    expect(await desk.log.texts()).toContainEqual(
      expect.objectContaining({
        field: 'files',
        text: expect.stringMatching(`^${digests.join(' ')} [0-9a-f]{32}$`) as string,
      }),
    );
  });
});

describe('writeLetter() for a recipient', () => {
  const sealed = (recipient = 'psp', passed?: RecipientTestRow): Promise<unknown> =>
    letter({ recipient, ...(passed === undefined ? {} : { passed }) }).catch(
      (error: unknown) => error,
    );
  beforeEach(() => desk.store.db.updateTable('batch').set({ state: 'stored' }).execute());

  it('refuses one that nobody knows, that is disabled, or whose certificate is not good', async () => {
    expect(await sealed('nobody')).toMatchObject({ code: 'config-id-unknown' });
    const [psp] = desk.configuration.recipients;
    desk.configuration.recipients = [{ ...psp!, state: 'disabled' }];
    expect(await sealed()).toMatchObject({ code: 'usage' });
    desk.configuration.recipients = [psp!];
    const expired = new OpenpgpFault('certificate-expired');
    desk.certificates.faults.set(psp!.fingerprint, expired);
    expect(await sealed()).toBe(expired);
    expect(existsSync(join(desk.store.directory, 'letters'))).toBe(false);
  });

  it('lists cards of unknown companies only from lists of its own, and is addressed to it', async () => {
    desk.cardProcess.cards = { amex: [9] };
    const { handoff } = await desk.prepare();
    await desk.request(handoff);
    await desk.decide(handoff);
    await desk.store.db.updateTable('batch').set({ state: 'stored' }).execute();
    const [psp] = desk.configuration.recipients;
    desk.configuration.recipients = [
      { ...psp!, name: 'PSP Ltd' },
      { ...psp!, id: 'desk', name: 'Desk' },
    ];
    const { rows } = await report();
    const of = (recipient: string) =>
      rows.find((row) => row.issuer === '' && row.recipient === recipient)?.cards;
    expect([issuer.name, of('psp'), of('amex')]).toEqual(['', 3, 1]);
    expect(await sealed()).toMatchObject({ cards: 3, notLeft: 0 });
    expect(sealedTexts.get('TEST-waiver-letter.en.txt')).toContain('To: PSP Ltd\n');
    expect(await sealed('desk')).toMatchObject({
      ...{ code: 'letter-without-cards', facts: { issuer: 'unknown', recipient: 'desk' } },
    });
    rmSync(join(desk.store.directory, 'letters'), { recursive: true });
    expect(await letter()).toMatchObject({ cards: 4 });
  });

  it('refuses one in a live workspace that is not approved, or did not read back a test', async () => {
    desk.facts.mode = 'live';
    desk.configuration.isApproved = false;
    expect(await sealed()).toMatchObject({ code: 'configuration-unapproved' });
    desk.configuration.isApproved = true;
    const before = await desk.store.log.size();
    expect(await sealed()).toMatchObject({ code: 'recipient-untested' });
    expect(await desk.acts(before)).toEqual(['permission-refused']);
    expect(await sealed('psp', {} as RecipientTestRow)).toMatchObject({ sealed: {} });
  });
});

interface LetterFor {
  readonly recipient?: string;
  readonly passed?: RecipientTestRow;
}

const sealedTexts = new Map<string, string>();

/** Reads what is written and seals nothing of it. */
const cardProcess: LetterSealer = {
  sealLetters: async (_job, _passphrase, fill) => {
    const write = async (name: string, chunks: Parameters<NewFolder['write']>[1]) => {
      sealedTexts.set(name, Buffer.concat(await Array.fromAsync(chunks)).toString('utf8'));
    };
    return { filled: await fill({ write }), sealed: [] };
  },
};

function letter({ recipient, passed }: LetterFor = {}) {
  const words = { ja: letterWordsIn('ja', 'Asia/Tokyo'), en: letterWordsIn('en', 'Asia/Tokyo') };
  const letterTemplates = new LetterFolder(shippedLetters, shippedLetters);
  const { store, log, facts, certificates, profiles, ownKeys, signatures } = desk;
  const keys = { certificates, profiles, ownKeys, signatures, cardProcess };
  const { configurationVersions, passphrases } = desk;
  const recipientTests = { passed: () => Promise.resolve(passed) };
  const live = { configurationVersions, passphrases, recipientTests, folder: desk.folder };
  return writeLetter(
    { ...ports(), ...keys, ...live, letterTemplates, newFolders, log, facts },
    {
      ...{ incident, issuer: issuer.name, output: join(store.directory, 'letters') },
      ...{ charset: 'utf-8', annexWords, words, officer: 'officer-1' },
      ...(recipient === undefined ? {} : { recipient }),
    },
  );
}
