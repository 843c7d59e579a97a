import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { lackingInBoth } from '../support/both-languages.ts';
import type { Document } from '../support/cli.ts';
import { plainList, plainRow, someCards } from '../support/plain-list.ts';
import { nonceIn, openSealed } from '../support/sealed-text.ts';
import { between, seededRandom } from '../support/seeded-cards.ts';
import { incidentToml } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

// An interim list, an extension, and a recall of what the final window leaves out: each count against the orders
// themselves, each file as its recipient opens it.

const rng = seededRandom(137);
/** Orders on both sides of the final window, of which the pages keep the first and the last: two are out, and one is in. */
const spanning = [
  ['2019-12-05', '2020-03-10'],
  ['2019-12-05', '2020-01-05', '2020-03-10'],
  ['2019-12-08', '2020-03-15'],
];
const id = 'shop-a-2020';
const header = plainList([]).split('\n')[0]!;

/** A card and the days of its web orders, from November 2019 to April 2020: one, but for the last three. */
interface Customer {
  readonly card: string;
  readonly days: readonly string[];
}

const customers: Customer[] = someCards(rng, 163).map((card, place) => {
  if (place >= 160) return { card, days: spanning[place - 160]! };
  const month = between(rng, 11, 16);
  const [year, in12] = month > 12 ? [2020, month - 12] : [2019, month];
  const day = String(between(rng, 1, 28)).padStart(2, '0');
  return { card, days: [`${year}-${String(in12).padStart(2, '0')}-${day}`] };
});
/** The interim window, the wider one of the extension, and the narrow one of the final report. */
const spans = {
  interim: ['2020-01-10', '2020-03-01'],
  wide: ['2019-12-01', '2020-03-20'],
  final: ['2019-12-15', '2020-02-10'],
} as const;
type Span = keyof typeof spans;
const isIn = ({ days }: Customer, span: Span): boolean =>
  days.some((day) => day >= spans[span][0] && day <= spans[span][1]);
const of = (recipient: Recipient): ((customer: Customer) => boolean) => {
  return ({ card }) => card.startsWith('37') === (recipient === 'amex');
};
type Recipient = 'psp' | 'amex';
const those = (test: (customer: Customer) => boolean): string[] =>
  customers
    .filter(test)
    .map(({ card }) => card)
    .sort();

let kit: Kit;
let ours: string;
let orders: string;
let lists: Document[];
let recall: Document;
/** Record reference of every card of every list, as its recipient reads it there. */
const records = new Map<string, string>();

function toml(span: Span): string {
  const text = incidentToml(id)
    .replace('stage = "final"\n', '')
    .replace(
      'from = 2019-12-16\nto = 2020-04-08',
      `from = ${spans[span][0]}\nto = ${spans[span][1]}`,
    );
  return kit.put(`${span}.toml`, text);
}

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint).replaceAll(' ', '');
  const profile = ['--profile', 'pan-expiry-reference'];
  await kit.done([...kit.officer.acting, 'recipient', 'update', 'amex', ...profile]);
  await kit.done([...kit.officer.acting, 'recipient', 'update', 'psp', ...profile]);
  const elsewhere = join(kit.workspace, 'config/sources/elsewhere.toml');
  writeFileSync(elsewhere, '[channel_map]\nweb = "rakuten"\n', { mode: 0o600 });
  await kit.putInForce();
  await kit.testRecipients('psp', 'amex');
  await kit.done(['--as', kit.officer.id, 'incident', 'open', toml('interim')]);
  const rows = customers.flatMap(({ card, days }, place) =>
    days.map((day) => plainRow(card, place, { orderedAt: `${day} 10:00` })),
  );
  orders = kit.put('orders.csv', `${[header, ...rows].join('\n')}\n`);
  lists = [await send(await kit.done(kit.prepare(id, [orders])))];
});

afterAll(() => kit.dispose());

async function send(prepared: Document): Promise<Document> {
  await kit.approve(prepared.handoff);
  await kit.done(kit.deliver(prepared.handoff));
  return prepared;
}

/** What a recipient reads in a file of theirs. */
function clearOf(recipient: Recipient, file: string): Promise<string> {
  const folder = recipient === 'psp' ? kit.sshd.directory : kit.amexFolder;
  return openSealed(kit[recipient], readFileSync(join(folder, file)), ours);
}

async function linesOf(recipient: Recipient, file: string): Promise<string[]> {
  return (await clearOf(recipient, file)).trimEnd().split('\r\n');
}

/** Cards of a list for one recipient, whose record references are noted on the way. */
async function cardsIn(recipient: Recipient, list: Document): Promise<string[]> {
  const { file } = list.batches.find((batch: Document) => batch.recipient === recipient);
  const lines = (await linesOf(recipient, file)).slice(1).map((line) => line.split(','));
  for (const cells of lines) {
    records.set(
      cells.find((cell) => /^\d{10}$/u.test(cell))!,
      cells[0]!,
    );
  }
  return lines.map(([card]) => card!).sort();
}

const recalling = (...more: string[]): string[] => [
  ...[...kit.secret, ...kit.officer.acting, '--reason', 'the final report moved the window'],
  ...['handoff', 'recall', '--incident', id, ...more],
];

async function amend(span: Span): Promise<Document> {
  const command = ['--as', kit.officer.id, 'incident', 'amend', id, toml(span)];
  return (await kit.done(['--reason', 'as the report says', ...command])).amendment;
}

const batchOf = (list: Document, recipient: Recipient): string =>
  list.batches.find((batch: Document) => batch.recipient === recipient).batch;

describe('an extension', () => {
  it('brings each recipient what is new in the wider window, and nothing else', async () => {
    for (const recipient of ['psp', 'amex'] as const) {
      expect(await cardsIn(recipient, lists[0])).toEqual(
        those((each) => of(recipient)(each) && isIn(each, 'interim')),
      );
    }
    await amend('wide');
    const extension = await kit.done(kit.prepare(id, [orders], ['--stage', 'extension']));
    lists.push(await send(extension));
    const fresh = those((each) => isIn(each, 'wide') && !isIn(each, 'interim'));
    expect([extension.stage, extension.cards]).toEqual(['extension', fresh.length]);
    expect(extension.excluded['already-handed-off']).toBe(
      those((each) => isIn(each, 'interim')).length,
    );
    for (const recipient of ['psp', 'amex'] as const) {
      const own = await cardsIn(recipient, extension);
      expect(own).toEqual(
        those((each) => of(recipient)(each) && isIn(each, 'wide') && !isIn(each, 'interim')),
      );
      expect(own.length).toBeGreaterThan(2);
    }
  });
});

/** The card company of which two cards are noted as excepted from its waiver: one that is recalled, one that stays. */
let excepted: string;
/** The record references of these two. */
let notedRecords: readonly [string, string];

/** Record references of the cards of `excepted`, as a letter to it lists them. */
async function lettered(name: string): Promise<string[]> {
  const output = join(kit.desk.home, name);
  const letter = ['waiver', 'letter', id, '--issuer', excepted, '--output', output];
  await kit.done([...kit.officer.acting, ...letter]);
  const text = readFileSync(join(output, 'waiver-cards.csv'), 'utf8');
  return text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.slice(0, 10));
}

const isOut = (record: string): boolean =>
  customers.some((each) => each.card === records.get(record) && !isIn(each, 'final'));

async function arrived(batch: string): Promise<void> {
  const word = ['--rung', 'received', '--channel', 'phone', '--by', 'Sato'];
  const at = ['--at', new Date().toISOString()];
  await kit.done([...kit.officer.acting, 'handoff', 'record', batch, ...word, ...at]);
}

async function waiverOf(): Promise<Document> {
  const { waivers } = await kit.done(['waiver', 'show', id]);
  return waivers.find(({ issuer }: Document) => (issuer || 'unknown') === excepted);
}

const except = (exception: string, ...cards: readonly string[]): string[] => [
  ...[...kit.officer.acting, '--reason', 'they rang', 'waiver', 'except', id, '--issuer', excepted],
  ...['--exception', exception, '--by', 'Sato', '--channel', 'mail'],
  ...cards.flatMap((record) => ['--record', record]),
];

describe('exceptions from a waiver', () => {
  it('are noted of cards of the lists', async () => {
    const { waivers } = await kit.done(['waiver', 'show', id]);
    excepted = waivers[0].issuer || 'unknown';
    const output = ['--output', join(kit.desk.home, 'x')];
    const letter = ['waiver', 'letter', id, '--issuer', excepted, ...output];
    // Their lists were put into a folder, and nobody has said yet that they were taken from there.
    expect((await kit.refused([...kit.officer.acting, ...letter])).code).toBe(
      'letter-without-cards',
    );
    for (const list of lists) await arrived(batchOf(list, 'amex'));
    const listed = await lettered('letter-1');
    notedRecords = [listed.find(isOut)!, listed.find((record) => !isOut(record))!];
    await kit.done(except('not-waived', ...notedRecords));
    expect((await waiverOf()).exceptions['not-waived']).toBe(2);
  });
});

describe('handoff recall', () => {
  it('has nothing to recall while no card is proposed, and refuses what nobody can recall', async () => {
    const other = 'shop-b-2020';
    await kit.openIncident(other);
    const elsewhere = await kit.done(kit.prepare(other, [orders]));
    await kit.approve(elsewhere.handoff);
    const records = (name: string, text: string): string[] => ['--records', kit.put(name, text)];
    const refusals: readonly (readonly [string, number, readonly string[]])[] = [
      ['recall-nothing', 64, []],
      ['recall-other-incident', 64, ['--batch', elsewhere.batches[0].batch, '--whole']],
      ['batch-unknown', 64, ['--batch', 'none', '--whole']],
      ['usage', 64, ['--whole']],
      ['recall-records-malformed', 65, records('cards.csv', `${customers[0]!.card}\n`)],
      ['recall-record-unknown', 65, records('far.txt', '0009999999\n')],
    ];
    for (const [code, status, more] of refusals) {
      expect(await kit.refused(recalling(...more))).toEqual({ status, code });
    }
    const there = kit.officer.acting;
    const wrong = ['handoff', 'recall', '--incident', other, '--batch', elsewhere.batches[0].batch];
    expect(
      await kit.refused([...kit.secret, ...there, '--reason', 'x', ...wrong, '--whole']),
    ).toEqual({ status: 77, code: 'recall-not-delivered' });
    expect((await kit.done(['handoff', 'list'])).handoffs).toHaveLength(3);
  });

  it('waits for a prepare where only that can tell which cards are out', async () => {
    const amendment = await amend('final');
    const out = those((each) => isIn(each, 'wide') && !isIn(each, 'final'));
    const ofPages = [amendment.proposedForRecall, amendment.untold];
    expect(ofPages).toEqual([out.length - 2, spanning.length]);
    const open = async (): Promise<number[]> => {
      const { recalls } = await kit.done(['incident', 'show', id]);
      const sum = (of: string): number =>
        recalls.reduce((all: number, recall: Document) => all + recall[of], 0);
      return [sum('cards'), sum('untold')];
    };
    const untold = { status: 77, code: 'recall-untold' };
    expect(await kit.refused(recalling())).toEqual(untold);
    const wrong = await kit.done(kit.prepare(id, [`${orders}=elsewhere`]));
    expect([wrong.cards, wrong.batches]).toEqual([0, []]);
    expect(await open()).toEqual(ofPages);
    expect(await kit.refused(recalling())).toEqual(untold);
    const right = await kit.done(kit.prepare(id, [orders]));
    expect(right.cards).toBe(0);
    expect(await open()).toEqual([out.length, 0]);
    const counted = await kit.done(recalling('--dry-run'));
    expect([counted.dryRun, counted.cards]).toEqual([true, out.length]);
    expect((await kit.done(['status'])).recalls).toHaveLength(4);
  });

  it('seals one file for each list, without a card number, to be approved by another officer', async () => {
    recall = await kit.done(recalling());
    const out = (recipient: Recipient, first: boolean): number =>
      those(
        (each) =>
          of(recipient)(each) &&
          isIn(each, 'wide') &&
          isIn(each, 'interim') === first &&
          !isIn(each, 'final'),
      ).length;
    const expected = [lists[0]!, lists[1]!].flatMap((list, at) =>
      (['psp', 'amex'] as const).map((recipient) => [
        batchOf(list, recipient),
        recipient,
        out(recipient, at === 0),
      ]),
    );
    const files = recall.files.map(({ recalled, recipient, cards }: Document) => [
      ...[recalled, recipient, cards],
    ]);
    expect(files.sort()).toEqual(expected.sort());
    const review = await lackingInBoth(kit, ['handoff', 'review', recall.handoff], {
      ja: ['提供の取り下げ', '理由: ', '以後は監視されません', 'カード番号は含みません'],
      en: ['recall', 'Reason: ', 'watched no more', 'No card number'],
    });
    expect(review).toEqual([]);
    const own = [...kit.officer.acting, 'handoff', 'approve', recall.handoff];
    expect(await kit.refused(own)).toEqual({ status: 77, code: 'approver-is-requester' });
    expect(await kit.refused(kit.deliver(recall.handoff))).toEqual({
      ...{ status: 77, code: 'handoff-not-approved' },
    });
    expect(await kit.refused(recalling())).toEqual({ status: 75, code: 'handoff-undecided' });
  });

  it('reaches each recipient with exactly the record references of the cards that are out', async () => {
    await send(recall);
    for (const recipient of ['psp', 'amex'] as const) {
      const own: string[] = [];
      for (const file of recall.files.filter((each: Document) => each.recipient === recipient)) {
        const lines = await linesOf(recipient, file.file);
        const sent = lists
          .flatMap(({ batches }) => batches)
          .find(({ batch }: Document) => batch === file.recalled);
        expect(lines[0]!.split(',').slice(1, -1)).toEqual([
          ...['mimamori-recall', '1', 'LIVE', recall.handoff, file.batch],
          ...[lists.find(({ batches }) => batches.includes(sent))!.handoff, sent.batch],
          ...[sent.file, sent.sha256, 'some'],
        ]);
        expect(lines.at(-1)).toBe(`T,${lines.length - 2},${file.cards}`);
        own.push(...lines.slice(1, -1).map((line) => records.get(line.slice(2))!));
      }
      expect(own.sort()).toEqual(
        those((each) => of(recipient)(each) && isIn(each, 'wide') && !isIn(each, 'final')),
      );
    }
    expect((await kit.done(['status'])).recalls).toEqual([]);
  });

  it('shows a ladder of its own, on the recall and on what it recalls, in both languages', async () => {
    for (const handoff of [recall.handoff, lists[0]!.handoff]) {
      const words = { ja: ['取り下げ', '格納済み'], en: ['Recalled', 'stored'] };
      expect(await lackingInBoth(kit, ['handoff', 'show', handoff], words)).toEqual([]);
    }
    const shown = await kit.done(['handoff', 'show', recall.handoff]);
    expect([shown.recall, shown.stage, shown.recalled.length]).toEqual([true, undefined, 4]);
    const { recalled } = await kit.done(['incident', 'show', id]);
    expect(recalled.map(({ state }: Document) => state).sort()).toEqual([
      ...['stored', 'stored', 'written', 'written'],
    ]);
  });
});

describe('the answer to a recall', () => {
  const seal = (text: string, signer: Keyholder): Promise<Uint8Array> =>
    signer.gpg.encrypt(new TextEncoder().encode(text), [ours], signer.fingerprint);
  let answers = 0;
  const importing = async (text: string, batch: string): Promise<string[]> => {
    const path = kit.put(`answer-${answers++}.pgp`, await seal(text, kit.psp));
    return [...kit.secret, ...kit.officer.acting, 'response', 'import', path, '--batch', batch];
  };

  it('is taken by record reference, and by none that was not recalled', async () => {
    const file = recall.files.find(({ recipient }: Document) => recipient === 'psp');
    const named = (await linesOf('psp', file.file)).slice(1, -1).map((line) => line.slice(2));
    const nonce = nonceIn(await clearOf('psp', file.file));
    const head = (rest: string): string =>
      `H,mimamori-card-answer,1,${recall.handoff},${file.batch},${rest},${nonce}`;
    const watched = await importing(`${head('monitoring')}\r\nT,0\r\n`, file.batch);
    expect((await kit.refused(watched)).code).toBe('response-of-recall');
    const stays = [...records.keys()].find(
      (record) => !named.includes(record) && Number(record) > Number(named[0]),
    );
    const strange = `${head('none')}\r\nD,${stays},accepted\r\nT,1\r\n`;
    expect((await kit.refused(await importing(strange, file.batch))).code).toBe(
      'response-contradicts',
    );
    const good = `${head('accepted')}\r\nD,${named[0]},other\r\nT,1\r\n`;
    const list = lists[0]!.batches.find(({ recipient }: Document) => recipient === 'psp');
    const ofList = nonceIn(await clearOf('psp', list.file));
    expect(ofList).not.toBe(nonce);
    for (const text of [good.replace(`,${nonce}`, ''), good.replace(nonce, ofList)]) {
      const { code } = await kit.refused(await importing(text, file.batch));
      expect(code).toBe('response-nonce-differs');
    }
    const taken = await kit.done(await importing(good, file.batch));
    expect(taken.cards).toMatchObject({ accepted: file.cards - 1, returned: 1 });
    const { recalled } = await kit.done(['handoff', 'show', recall.handoff]);
    expect(recalled.find(({ batch }: Document) => batch === file.batch)).toMatchObject({
      ...{ accepted: file.cards - 1, returned: 1 },
    });
  });
});

describe('what follows a recall', () => {
  it('is a second recall of what was returned alone, and a list that brings no card of it while they are out', async () => {
    const again = await kit.done(recalling('--dry-run'));
    expect(again.files.map(({ recipient, cards }: Document) => [recipient, cards])).toEqual([
      ['psp', 1],
    ]);
    const nothing = recalling('--batch', batchOf(lists[0], 'amex'));
    expect(await kit.refused(nothing)).toEqual({ status: 64, code: 'recall-nothing' });
    const one = recall.files[0];
    const line = (await linesOf(one.recipient, one.file)).at(-2);
    const twice = recalling('--records', kit.put('twice.txt', `${line!.slice(2)}\n`));
    expect(await kit.refused(twice)).toEqual({ status: 77, code: 'recall-twice' });
    const list = await kit.done([...kit.prepare(id, [orders], ['--stage', 'final']), '--dry-run']);
    expect(list.cards).toBe(0);
    expect((await kit.done(['status'])).uncovered).toEqual([]);
  });

  it('is told to the desk, which neither says affected nor not affected', async () => {
    const asked = async (number: string): Promise<Document> =>
      kit.done(
        [
          ...[...kit.secret, '--as', kit.officer.id, '--reason', 'a call'],
          ...['lookup', 'card', '--stdin', '--incident', id],
        ],
        { input: Buffer.from(`${number}\n`) },
      );
    const isOut = (each: Customer): boolean => isIn(each, 'wide') && !isIn(each, 'final');
    const out = customers.find((each) => of('amex')(each) && isOut(each))!;
    const stays = customers.find((each) => isIn(each, 'interim') && isIn(each, 'final'))!;
    const listsOf = ({ hits }: Document): unknown[] =>
      hits.flatMap(({ card }: Document) => card.lists.map(({ recall }: Document) => recall));
    // Their recall files were put into a folder, and nobody has said yet that they were taken from there.
    expect(listsOf(await asked(out.card))).toEqual(['perhaps']);
    for (const { recipient, batch } of recall.files) if (recipient === 'amex') await arrived(batch);
    expect(listsOf(await asked(out.card))).toEqual(['asked']);
    expect(listsOf(await asked(stays.card))).toEqual([undefined]);
    // What was noted of single cards is told of a recalled one as well, and that it does not hold for it.
    const noted: unknown[] = [];
    for (const record of notedRecords) {
      const [{ card }] = (await asked(records.get(record)!)).hits;
      noted.push([card.exception.kind, card.notApplicable]);
    }
    expect(noted).toEqual([
      ['not-waived', 'recalled'],
      ['not-waived', undefined],
    ]);
  });

  it('counts for the card companies only what is still with them', async () => {
    const { document } = await kit.json(['incident', 'readiness', id]);
    const total = document.issuers.reduce((sum: number, { cards }: Document) => sum + cards, 0);
    // One of them was returned: they watch it as before.
    expect(total).toBe(those((each) => isIn(each, 'wide') && isIn(each, 'final')).length + 1);
    const { cards, withoutException, exceptions } = await waiverOf();
    expect([exceptions['not-waived'], withoutException]).toEqual([1, cards - 1]);
    const listed = await lettered('letter-2');
    expect(listed.filter(isOut)).toEqual([]);
    const [noted] = notedRecords;
    const out = [...records.keys()].find((record) => isOut(record) && record !== noted)!;
    const unplaced = { status: 65, code: 'exceptions-unplaced' };
    expect(await kit.refused(except('none', out))).toEqual(unplaced);
    expect(await kit.refused(except('fee-charged', noted))).toEqual(unplaced);
    const { recorded } = await kit.done(except('none', noted));
    expect(recorded).toEqual({ cards: 1, changed: 1 });
  });

  it('sends recalled cards anew once a list needs them again', async () => {
    await amend('wide');
    const back = await kit.done(kit.prepare(id, [orders], ['--stage', 'final']));
    const out = those((each) => isIn(each, 'wide') && !isIn(each, 'final'));
    expect(back.cards).toBe(out.length);
    await send(back);
    expect([...(await cardsIn('psp', back)), ...(await cardsIn('amex', back))].sort()).toEqual(out);
    lists.push(back);
    expect((await waiverOf()).exceptions['not-waived']).toBe(1);
    // Their card company still goes by the references of the annex that it had before.
    const { recorded } = await kit.done(except('not-waived', notedRecords[0]));
    expect([recorded, (await waiverOf()).exceptions['not-waived']]).toEqual([
      ...[{ cards: 1, changed: 1 }, 2],
    ]);
  });

  it('tells officer and approver of cards that come back though an officer named them', async () => {
    const { file } = lists[2]!.batches.find(({ recipient }: Document) => recipient === 'psp');
    const reference = /\b\d{10}\b/u.exec((await linesOf('psp', file))[1]!)![0];
    await send(await kit.done(recalling('--records', kit.put('one.txt', `${reference}\n`))));
    const correction = ['--stage', 'correction', '--reason', 'it goes on'];
    const again = await kit.done(kit.prepare(id, [orders], correction));
    expect(again.recalledBefore).toBe(1);
    const { review } = await kit.done(['handoff', 'review', again.handoff]);
    expect(review.recalledBefore).toBe(1);
    await kit.done([
      ...kit.officer.acting,
      ...['--reason', 'not to be watched', 'handoff', 'cancel', again.handoff],
    ]);
  });

  it('is withdrawn, and delivered no more, where the incident takes its cards in before it has left', async () => {
    await amend('final');
    const early = await kit.done(recalling('--batch', batchOf(lists[2], 'amex')));
    await kit.approve(early.handoff);
    const amendment = await amend('wide');
    expect([amendment.voided, amendment.proposedForRecall]).toEqual([[early.handoff], 0]);
    const shown = await kit.done(['handoff', 'show', early.handoff]);
    expect(shown.batches.map(({ state }: Document) => state)).toEqual(['cancelled']);
    expect(await kit.refused(kit.deliver(early.handoff))).toEqual({
      ...{ status: 77, code: 'plan-changed' },
    });
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
