import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document } from '../support/cli.ts';
import { plainList, plainRow, someCards } from '../support/plain-list.ts';
import { openSealed } from '../support/sealed-text.ts';
import { between, seededRandom } from '../support/seeded-cards.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(84);
const id = 'shop-a-2020';
const header = plainList([]).split('\n')[0]!;

/** A card and the days of its web orders, from November 2019 to April 2020. */
interface Customer {
  readonly card: string;
  readonly days: readonly string[];
}

const customers: Customer[] = someCards(rng, 200).map((card) => ({
  card,
  days: Array.from({ length: between(rng, 1, 2) }, () => {
    const month = between(rng, 11, 16);
    const [year, in12] = month > 12 ? [2020, month - 12] : [2019, month];
    return `${year}-${String(in12).padStart(2, '0')}-${String(between(rng, 1, 28)).padStart(2, '0')}`;
  }),
}));

type Test = (customer: Customer) => boolean;
const within =
  (from: string, to: string): Test =>
  ({ days }) =>
    days.some((day) => day >= from && day <= to);
const inInterim = within('2019-12-16', '2020-04-08');
const inFinal = within('2019-11-20', '2020-02-29');
const not =
  (test: Test): Test =>
  (customer) =>
    !test(customer);
const of =
  (recipient: string): Test =>
  ({ card }) =>
    card.startsWith('37') === (recipient === 'amex');
const those = (...tests: Test[]): Customer[] =>
  customers.filter((customer) => tests.every((test) => test(customer)));
const countOf = (...tests: Test[]): number => those(...tests).length;

let kit: Kit;
let orders: string;
let prepared: Document;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill', opens: 'credential' });
  const change = ['--lists', 'cumulative', '--profile', 'pan-expiry-reference'];
  const update = ['--as', kit.officer.id, 'recipient', 'update', 'amex', ...change];
  expect((await kit.done(update)).recipient.lists).toBe('cumulative');
  const toml = incidentToml(id).replace('stage = "final"\n', '');
  await kit.done(['--as', kit.officer.id, 'incident', 'open', kit.put('incident.toml', toml)]);
  const rows = customers.flatMap(({ card, days }, place) =>
    days.map((day) => plainRow(card, place, { orderedAt: `${day} 10:00` })),
  );
  orders = kit.put('orders.csv', `${[header, ...rows].join('\n')}\n`);
});

afterAll(() => kit.dispose());

const knowingly = ['--accept-absent', '--reason', 'the window moved, they know'];

async function deliver(more: readonly string[], source = orders): Promise<Document> {
  const made = await kit.done(kit.prepare(id, [source], more));
  await kit.approve(made.handoff);
  await kit.done(kit.deliver(made.handoff));
  return made;
}

/** The lines of the newest file a recipient got, opened with their own key. */
async function newestFile(recipient: 'psp' | 'amex', handoff: Document): Promise<string[]> {
  const { file } = handoff.batches.find((batch: Document) => batch.recipient === recipient);
  const folder = recipient === 'psp' ? kit.sshd.directory : kit.amexFolder;
  expect(readdirSync(folder)).toContain(file);
  const { openpgp } = await kit.done(['key', 'sheet']);
  const sealed = readFileSync(join(folder, file));
  const text = await openSealed(kit[recipient], sealed, String(openpgp.fingerprint));
  return text.trimEnd().split('\r\n');
}

const cardsIn = (lines: readonly string[]): string[] =>
  lines.slice(1).map((line) => line.split(',')[0]!);
const headerOf = (lines: readonly string[]): string[] => lines[0]!.split(',').slice(3, 6);

describe('an interim list', () => {
  it('is the first that an incident without a stage of its own has', async () => {
    const early = kit.prepare(id, [orders], ['--stage', 'extension']);
    expect(await kit.refused(early)).toEqual({ status: 77, code: 'stage-without-list' });
    prepared = await deliver([]);
    expect([prepared.stage, prepared.cards]).toEqual(['interim', countOf(inInterim)]);
    expect(prepared.repeats).toBeUndefined();
    const lines = await newestFile('amex', prepared);
    expect(headerOf(lines)).toEqual([
      'interim',
      String(countOf(inInterim, of('amex'))),
      'cumulative',
    ]);
  });
});

describe('the final list after the window moved', () => {
  it('brings psp what is new, and amex the whole list again', async () => {
    const toml = incidentToml(id)
      .replace('stage = "final"\n', '')
      .replace('from = 2019-12-16\nto = 2020-04-08', 'from = 2019-11-20\nto = 2020-02-29');
    const amend = ['incident', 'amend', id, kit.put('final.toml', toml)];
    await kit.done(['--reason', 'final report', '--as', kit.officer.id, ...amend]);
    const whileLacking = kit.prepare(id, [orders], ['--stage', 'final']);
    expect(await kit.refused(whileLacking)).toEqual({ status: 65, code: 'list-not-whole' });
    const counted = await kit.done([...whileLacking, '--dry-run']);
    prepared = await deliver(['--stage', 'final', ...knowingly]);
    expect(counted.repeats).toEqual(prepared.repeats);
    const fresh = countOf(inFinal, not(inInterim), of('psp'));
    const whole = countOf(inFinal, of('amex'));
    expect([prepared.stage, prepared.cards]).toEqual(['final', fresh + whole]);
    expect(prepared.excluded['already-handed-off']).toBe(countOf(inFinal, inInterim, of('psp')));
    expect(prepared.repeats).toEqual([
      {
        ...{ recipient: 'amex', lists: 'cumulative', cards: whole },
        repeated: countOf(inFinal, inInterim, of('amex')),
        absent: countOf(inInterim, not(inFinal), of('amex')),
      },
    ]);
    expect(prepared.repeats[0].absent).toBeGreaterThan(3);
  });

  it('reaches each with exactly these cards, and says in the file which list it is', async () => {
    const psp = await newestFile('psp', prepared);
    const amex = await newestFile('amex', prepared);
    const expected = (...tests: Test[]): string[] =>
      those(...tests)
        .map(({ card }) => card)
        .sort();
    expect(cardsIn(psp).sort()).toEqual(expected(inFinal, not(inInterim), of('psp')));
    expect(cardsIn(amex).sort()).toEqual(expected(inFinal, of('amex')));
    expect(headerOf(psp)).toEqual(['final', String(psp.length - 1), 'delta']);
    expect(headerOf(amex)).toEqual(['final', String(amex.length - 1), 'cumulative']);
  });

  it('tells exactly which cards of the interim list are out, also where the list came again', async () => {
    const { recalls } = await kit.done(['status']);
    const out = (recipient: string): number => countOf(inInterim, not(inFinal), of(recipient));
    const told = recalls.map(({ recipient, cards, untold }: Document) => [
      recipient,
      cards,
      untold,
    ]);
    expect(told.sort()).toEqual([
      ['amex', out('amex'), 0],
      ['psp', out('psp'), 0],
    ]);
  });

  it.each([
    ['en', ['final list', 'whole list (cumulative)', 'of earlier lists are not in it']],
    ['ja', ['最終報告分', '一覧の全部(累積)', '含まれません']],
  ])('says so on every screen, in %s', async (language, words) => {
    for (const command of ['show', 'review', 'summary']) {
      const { stdout } = await kit.run(['--lang', language, 'handoff', command, prepared.handoff]);
      for (const word of words) expect(stdout.replaceAll(/\n */g, ' ')).toContain(word);
    }
    const { stdout } = await kit.run(['--lang', language, 'handoff', 'list']);
    expect(stdout).toContain(language === 'en' ? 'final' : '最終');
  });

  it('is followed by no interim list', async () => {
    const late = kit.prepare(id, [orders]);
    expect(await kit.refused(late)).toEqual({ status: 77, code: 'stage-after-final' });
  });
});

describe('what follows a final list', () => {
  it('an extension brings psp one card, and tells amex how many of its list are missing', async () => {
    const [card, other] = someCards(rng, 4).filter((_, place) => place !== 1 && place !== 2);
    const file = kit.put('late.csv', plainList([card!, other!]));
    const lacking = kit.prepare(id, [file], ['--stage', 'extension']);
    expect(await kit.refused(lacking)).toEqual({ status: 65, code: 'list-not-whole' });
    const unsaid = kit.prepare(id, [file], ['--stage', 'extension', '--accept-absent']);
    expect(await kit.refused(unsaid)).toEqual({ status: 64, code: 'reason-required' });
    prepared = await deliver(['--stage', 'extension', ...knowingly], file);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '20']);
    const acts = entries.filter(({ leaf }: Document) => leaf.act === 'handoff-prepare');
    expect(acts.at(-1).leaf.data.accepted).toEqual(['absent']);
    const before = countOf((customer) => inInterim(customer) || inFinal(customer), of('amex'));
    expect([prepared.stage, prepared.cards]).toEqual(['extension', 2]);
    expect(prepared.repeats).toEqual([
      { recipient: 'amex', lists: 'cumulative', cards: 1, repeated: 0, absent: before },
    ]);
  });

  it('a correction tells handed-off cards again, with a reason', async () => {
    const wrong = those(inFinal, of('psp')).slice(0, 3);
    const file = kit.put('wrong.csv', plainList(wrong.map(({ card }) => card)));
    const command = kit.prepare(id, [file], ['--stage', 'correction']);
    expect(await kit.refused(command)).toEqual({ status: 64, code: 'reason-required' });
    prepared = await kit.done(['--reason', 'wrong expiry dates', ...command]);
    expect([prepared.cards, prepared.excluded]).toEqual([3, {}]);
    expect(prepared.repeats).toEqual([{ recipient: 'psp', lists: 'delta', cards: 3, repeated: 3 }]);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '2']);
    expect(entries.map(({ leaf }: Document) => leaf.data.stage)).toContain('correction');
    expect((await kit.done(['status'])).uncovered ?? []).toEqual([]);
  });
});
