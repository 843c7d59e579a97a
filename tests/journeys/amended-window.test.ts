import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { lackingInBoth } from '../support/both-languages.ts';
import type { Document } from '../support/cli.ts';
import { plainList, plainRow, someCards } from '../support/plain-list.ts';
import { openSealed } from '../support/sealed-text.ts';
import { between, seededRandom } from '../support/seeded-cards.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';

// One live incident from its interim list through an amended window to its final list, and what one recipient still lacks
// then: each count against the orders themselves.

const rng = seededRandom(21);
const id = 'shop-a-2020';
const header = plainList([]).split('\n')[0]!;

/** Days of web orders by card, from October 2019 to April 2020. */
interface Customer {
  readonly card: string;
  readonly days: readonly string[];
}

const customers: Customer[] = someCards(rng, 240).map((card) => ({
  card,
  days: Array.from({ length: between(rng, 1, 3) }, () => {
    const month = between(rng, 10, 16);
    const [year, in12] = month > 12 ? [2020, month - 12] : [2019, month];
    return `${year}-${String(in12).padStart(2, '0')}-${String(between(rng, 1, 28)).padStart(2, '0')}`;
  }),
}));
type Test = (customer: Customer) => boolean;
const isIn =
  (...spans: readonly (readonly [string, string])[]): Test =>
  ({ days }) =>
    days.some((day) => spans.some(([from, to]) => day >= from && day <= to));
const old = ['2019-12-16', '2020-04-08'] as const;
const web = ['2020-01-15', '2020-02-29'] as const;
const inOld = isIn(old);
const inNew = isIn(web, ['2019-11-05', '2019-12-01']);
/** After the second amendment. */
const inWider = isIn(web, ['2019-11-01', '2019-12-01']);
const of =
  (recipient: 'psp' | 'amex'): Test =>
  ({ card }) =>
    card.startsWith('37') === (recipient === 'amex');
const isNot = (test: Test) => (customer: Customer) => !test(customer);
const those = (...tests: Test[]): string[] =>
  customers
    .filter((customer) => tests.every((test) => test(customer)))
    .map(({ card }) => card)
    .sort();
const countOf = (...tests: Test[]): number => those(...tests).length;

/** By its first and last order in the old window, which is all that is stored of its orders. */
const isOpen: Test = ({ days }) => {
  const matched = days.filter((day) => day >= old[0] && day <= old[1]).sort();
  const ends = [matched[0]!, matched.at(-1)!];
  return matched.length > 0 && ends.every((day) => day < web[0] || day > web[1]);
};

/** Which list it is, each prepare says. */
const unstaged = (toml: string): string => toml.replace('stage = "final"\n', '');

let kit: Kit;
let ours: string;
let folders: Record<'psp' | 'amex', string>;
let interim: string;
let final: Document;
let source: string;

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint);
  folders = { psp: kit.sshd.directory, amex: join(kit.sshd.directory, 'amex') };
  mkdirSync(folders.amex, { mode: 0o700 });
  const where = kit.endpointOf(kit.sshd, folders.amex);
  await kit.done(['--as', kit.officer.id, 'recipient', 'update', 'amex', ...where]);
  await kit.putInForce();
  await kit.testRecipients('psp', 'amex');
  const file = kit.put('incident.toml', unstaged(incidentToml(id)));
  await kit.done(['--as', kit.officer.id, 'incident', 'open', file]);
  const rows = customers.flatMap(({ card, days }, place) =>
    days.map((day) => plainRow(card, place, { orderedAt: `${day} 10:00` })),
  );
  source = kit.put('orders.csv', `${[header, ...rows].join('\n')}\n`);
  const prepared = await kit.done(kit.prepare(id, [source]));
  interim = prepared.handoff;
  expect([prepared.stage, prepared.cards]).toEqual(['interim', countOf(inOld)]);
  await kit.approve(interim);
  await kit.done([...kit.deliver(interim), '--recipient', 'psp']);
});

afterAll(() => kit.dispose());

/** Card numbers in the file of a batch, as its recipient opens it with their own GnuPG. */
async function cardsIn(recipient: 'psp' | 'amex', { batches }: Document): Promise<string[]> {
  const { file } = batches.find((batch: Document) => batch.recipient === recipient);
  const sealed = readFileSync(join(folders[recipient], file));
  const clear = await openSealed(kit[recipient], sealed, ours);
  return (clear.match(/\b\d{15,16}\b/gu) ?? []).sort();
}

function amending(file: string, ...more: string[]): string[] {
  return ['--as', kit.officer.id, 'incident', 'amend', id, file, ...more];
}

/** What the final report says: less of the old window, and days before it. */
function finalReport(early: string): string {
  const toml = unstaged(incidentToml(id))
    .replace(`from = ${old[0]}`, `from = ${web[0]}`)
    .replace(`to = ${old[1]}`, `to = ${web[1]}`)
    .replace(
      '[[windows]]\nname = "app"',
      `[[windows]]\nname = "early"\nchannels = ["web"]\nfrom = ${early}\nto = 2019-12-01\n\n$&`,
    );
  return kit.put('amended.toml', toml);
}

function sumOf(recalls: readonly Document[], of: 'cards' | 'untold'): number {
  return recalls.reduce((sum, recall) => sum + recall[of], 0);
}

const because = ['--reason', 'the final report moved the window'];

describe('incident amend', () => {
  it('--dry-run tells what moves and changes nothing', async () => {
    const { amendment, documentSha256 } = await kit.done(
      amending(finalReport('2019-11-05'), '--dry-run'),
    );
    expect(amendment).toMatchObject({ dryRun: true, changed: [], handedOff: countOf(inOld) });
    expect(amendment.windows.map(({ name }: Document) => name)).toEqual(['web', 'early']);
    const shown = await kit.done(['incident', 'show', id]);
    expect([shown.documentSha256, shown.recalls]).toEqual([documentSha256, []]);
    expect((await kit.done(['status'])).recalls).toEqual([]);
  });

  it('needs a reason, an officer, and a file about this incident', async () => {
    const amended = finalReport('2019-11-05');
    expect(await kit.refused(amending(amended))).toEqual({ status: 64, code: 'reason-required' });
    const nobody = [...because, 'incident', 'amend', id, amended];
    expect(await kit.refused(nobody)).toEqual({ status: 64, code: 'officer-required' });
    const other = kit.put('other.toml', incidentToml('shop-b-2020'));
    expect(await kit.refused([...because, ...amending(other)])).toEqual({
      ...{ status: 64, code: 'incident-unknown' },
    });
  });

  it('says of how many cards only a new prepare can tell, where the scope takes in more', async () => {
    const { amendment } = await kit.done([...because, ...amending(finalReport('2019-11-05'))]);
    expect([amendment.proposedForRecall, amendment.untold]).toEqual([0, countOf(isOpen)]);
    const outside = customers
      .flatMap(({ days }) => days)
      .filter((day) => day < old[0] || day > old[1]);
    expect(amendment.recordsToRead).toBe(outside.length);
  });

  it.each([
    ['en', 'Not told yet'],
    ['ja', '未判定'],
  ])('says so on every screen, in %s', async (language, words) => {
    for (const command of [['incident', 'show', id], ['handoff', 'show', interim], ['status']]) {
      const { stdout } = await kit.run(['--lang', language, ...command]);
      expect(stdout).toContain(words);
    }
  });

  it('leaves a leaf with counts only', async () => {
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    const { act, data } = entries[0].leaf;
    expect(act).toBe('incident-amend');
    expect(data).toMatchObject({ changed: ['windows'], handedOff: countOf(inOld) });
    expect([data.proposedForRecall, data.untold]).toEqual([0, countOf(isOpen)]);
  });
});

describe('the final list after an amendment', () => {
  it('brings what is now in and was not handed off; then nothing is uncovered', async () => {
    expect((await kit.done(['status'])).toRead).toHaveLength(1);
    const prepared = await kit.done(kit.prepare(id, [source], ['--stage', 'final']));
    expect([prepared.stage, prepared.cards]).toEqual(['final', countOf(inNew, isNot(inOld))]);
    expect(prepared.excluded['already-handed-off']).toBe(countOf(inNew, inOld));
    expect((await kit.done(['status'])).toRead).toEqual([]);
  });

  it('tells exactly which cards are out: proposed for recall, as an independent count has it', async () => {
    const { recalls } = await kit.done(['status']);
    const out = countOf(inOld, isNot(inNew));
    expect(out).toBeGreaterThan(20);
    expect([sumOf(recalls, 'cards'), sumOf(recalls, 'untold')]).toEqual([out, 0]);
  });

  it.each([
    ['en', 'Proposed for recall'],
    ['ja', '取り下げの提案'],
  ])('says so until it is settled, in %s', async (language, words) => {
    for (const command of [['incident', 'show', id], ['handoff', 'show', interim], ['status']]) {
      const { stdout } = await kit.run(['--lang', language, ...command]);
      expect(stdout).toContain(words);
    }
    const { stdout } = await kit.run(['--lang', language, 'incident', 'show', id]);
    const { recalls } = await kit.done(['status']);
    for (const { cards } of recalls) expect(stdout).toContain(` ${cards}`);
  });

  it('is voided by a further amendment while it waits, and can be prepared again', async () => {
    const { amendment } = await kit.done([...because, ...amending(finalReport('2019-11-01'))]);
    expect(amendment.voided).toHaveLength(1);
    const shown = await kit.done(['handoff', 'show', amendment.voided[0]]);
    expect([shown.state, shown.outcome]).toEqual(['decided', 'cancel']);
    final = await kit.done(kit.prepare(id, [source], ['--stage', 'final']));
    expect(final.cards).toBe(countOf(inWider, isNot(inOld)));
  });

  it('says what is new and what was handed off to its approver, in both languages', async () => {
    const known = countOf(inWider, inOld);
    const review = await lackingInBoth(kit, ['handoff', 'review', final.handoff], {
      ja: ['最終報告分', `${final.cards}  カード`, `${known}  already-handed-off`],
      en: ['final list', `${final.cards}  cards`, `${known}  already-handed-off`],
    });
    expect(review).toEqual([]);
  });

  it('reaches both recipients with exactly the new cards', async () => {
    await kit.approve(final.handoff);
    const sent = await lackingInBoth(kit, kit.deliver(final.handoff), {
      ja: [`提供先に格納済み カード ${final.cards}枚`],
      en: [`${final.cards} cards stored with their recipients`],
    });
    expect(sent).toEqual([]);
    for (const recipient of ['psp', 'amex'] as const) {
      expect(await cardsIn(recipient, final)).toEqual(those(inWider, isNot(inOld), of(recipient)));
    }
  });
});

describe('cards of the interim list that never arrived', () => {
  const lost = countOf(inWider, inOld, of('amex'));

  it('are uncovered, as an independent count has it, in both languages', async () => {
    expect((await kit.done(['status'])).uncovered).toEqual([]);
    renameSync(folders.amex, `${folders.amex}.away`);
    const { status } = await kit.json(kit.deliver(interim));
    renameSync(`${folders.amex}.away`, folders.amex);
    expect(status).toBe(69);
    const { uncovered } = await kit.done(['status']);
    expect(lost).toBeGreaterThan(10);
    expect(uncovered).toMatchObject([{ handoff: final.handoff, recipient: 'amex', cards: lost }]);
    const words = {
      ja: ['未提供', `カード ${lost}枚`],
      en: ['Uncovered', `${lost} cards`],
    };
    for (const command of [['status'], ['handoff', 'show', final.handoff]]) {
      expect(await lackingInBoth(kit, command, words)).toEqual([]);
    }
  });

  it('come with the next list, and these alone; then nothing is uncovered', async () => {
    const next = await kit.done(kit.prepare(id, [source], ['--stage', 'final']));
    expect([next.cards, next.excluded['already-handed-off']]).toEqual([
      lost,
      countOf(inWider, (each) => !inOld(each) || of('psp')(each)),
    ]);
    await kit.approve(next.handoff);
    await kit.done(kit.deliver(next.handoff));
    expect(await cardsIn('amex', next)).toEqual(those(inWider, inOld, of('amex')));
    expect((await kit.done(['status'])).uncovered).toEqual([]);
  });
});

describe('incident amend, where the scope only shrinks', () => {
  it('proposes at once what no order can bring back, and tells nothing of the others', async () => {
    const other = 'shop-b-2020';
    await kit.openIncident(other);
    const { handoff } = await kit.done(kit.prepare(other, [source]));
    await kit.approve(handoff);
    const toml = incidentToml(other)
      .replace(`from = ${old[0]}`, `from = ${web[0]}`)
      .replace(`to = ${old[1]}`, `to = ${web[1]}`);
    const command = ['--as', kit.officer.id, 'incident', 'amend', other, kit.put('b.toml', toml)];
    const { amendment } = await kit.done([...because, ...command]);
    const straddles: Test = ({ days }) =>
      [
        (day: string) => day < web[0] && day >= old[0],
        (day: string) => day > web[1] && day <= old[1],
      ].every((isSide) => days.some(isSide));
    expect(amendment.untold).toBe(countOf(isOpen, straddles));
    expect(amendment.untold).toBeGreaterThan(0);
    expect(amendment.proposedForRecall).toBe(countOf(isOpen, isNot(straddles)));
    expect(amendment.recordsToRead).toBeUndefined();
  });
});

describe('incident recalled', () => {
  it('settles a batch with a reason, once', async () => {
    const [first, ...others] = (await kit.done(['status'])).recalls;
    const settling = ['--as', kit.officer.id, 'incident', 'recalled', first.batch];
    expect(await kit.refused(settling)).toEqual({ status: 64, code: 'reason-required' });
    await kit.done(['--reason', 'set aside by the recipient', ...settling]);
    expect((await kit.done(['status'])).recalls).toEqual(others);
    expect(await kit.refused(['--reason', 'again', ...settling])).toEqual({
      ...{ status: 64, code: 'recall-unknown' },
    });
    const { amendment } = await kit.done([...because, ...amending(finalReport('2019-11-01'))]);
    expect([amendment.changed, amendment.windows, amendment.voided]).toEqual([[], [], []]);
    expect((await kit.done(['status'])).recalls).toEqual(others);
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
