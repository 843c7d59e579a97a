import { appendFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CliOptions, CliRun, Document, RunningCli } from '../support/cli.ts';
import {
  addPickup,
  freePort,
  makeLoginKey,
  rclone,
  sftp,
  startServe,
  stopServe,
} from '../support/pickup.ts';
import type { PickupLogin } from '../support/pickup.ts';
import { plainList, plainRow } from '../support/plain-list.ts';
import { runPython } from '../support/python.ts';
import { confirming, readOutOf } from '../support/recipient-test.ts';
import { nonceIn, openSealed } from '../support/sealed-text.ts';
import { between, cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { incidentToml, recipientOfBrand } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

// One incident, three recipients, from the first list to the recall: psp is sent its files, amex fetches them with OpenSSH,
// jcb with rclone, each answers in its own way, and serve is killed ten times on the way. Every count against the orders.

const rng = seededRandom(1906);
const id = 'shop-a-2020';
const granted = 'みどりの銀行';
const recipients = ['psp', 'amex', 'jcb'] as const;
type Recipient = (typeof recipients)[number];

/** A card, whose it is, and the days of its web orders. */
interface Customer {
  readonly card: string;
  readonly of: Recipient;
  readonly order: string;
  readonly day: string;
}

const prefixes: Record<Recipient, readonly string[]> = {
  psp: ['400010', '490077', '510512'],
  amex: ['370015', '378799'],
  jcb: ['352812', '352901'],
};

const customers: Customer[] = Array.from({ length: 150 }, (_, place) => {
  const of = recipients[place % 3]!;
  const prefix = prefixes[of][between(rng, 0, prefixes[of].length - 1)]!;
  const card = cardDigits(rng, { prefix, length: of === 'amex' ? 15 : 16 }).join('');
  const day = `2020-${['01', '02', '03'][between(rng, 0, 2)]}-${String(between(rng, 10, 28))}`;
  return { card, of, order: `A-${place}`, day };
});

type Test = (customer: Customer) => boolean;
const isIn =
  (from: string, to: string): Test =>
  ({ day }) =>
    day >= from && day <= to;
const isOf =
  (recipient: Recipient): Test =>
  ({ of }) =>
    of === recipient;
const those = (...tests: Test[]): Customer[] =>
  customers.filter((customer) => tests.every((test) => test(customer)));
const cardsOf = (some: readonly Customer[]): string[] => some.map(({ card }) => card).sort();

/** The window of the first report, and of the second one, which reaches further at its end and less far at its start. */
const [first, second] = [
  ['2020-01-01', '2020-02-29'],
  ['2020-01-20', '2020-04-08'],
] as const;
const inFirst = isIn(...first);
const isNew = isIn('2020-03-01', second[1]);
const isOut = isIn(first[0], '2020-01-19');

function incidentFile(name: string, [from, to]: readonly [string, string]): string {
  const brands = { ...recipientOfBrand, jcb: 'jcb' };
  const toml = incidentToml(id, brands)
    .replace('from = 2019-12-16\nto = 2020-04-08', `from = ${from}\nto = ${to}`)
    .replace('stage = "final"\n', '');
  return kit.put(name, toml);
}

let kit: Kit;
let ours: string;
let serving: RunningCli;
let killed = 0;
let areWaiversTold = false;
let logins: Record<'amex' | 'jcb', PickupLogin>;
let holders: Record<Recipient, Keyholder>;
let answers: string;
let handoff: string;
let pspNonce: string;
let source: string;

const asOfficer = (): string[] => ['--as', kit.officer.id];
const desk = (name: string): string => join(kit.desk.folder, name);

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  const jcb = await kit.keyholder('jcb', 'gpg', { kind: 'ed25519' });
  await jcb.gpg.importKey(readFileSync(join(kit.workspace, 'keys/openpgp.asc')));
  holders = { psp: kit.psp, amex: kit.amex, jcb };
  const port = await freePort();
  addPickup(kit, port);
  appendFileSync(join(kit.workspace, 'config/mimamori.toml'), '\n[serve]\ndeliver = true\n');
  const login = { host: '127.0.0.1', port, knownHosts: join(kit.desk.home, 'known_hosts') };
  logins = {
    amex: { ...login, user: 'amex', key: makeLoginKey(kit, 'amex') },
    jcb: { ...login, user: 'jcb', key: makeLoginKey(kit, 'jcb', 'ecdsa') },
  };
  const terms = ['--profile', 'header-detail-trailer', '--answer-within', '72'];
  const pinned = (name: 'amex' | 'jcb'): string[] => [
    ...['--pickup-key', `${logins[name].key}.pub`, '--confirmed-by', 'by phone', ...terms],
  ];
  const update = [...asOfficer(), 'recipient', 'update'];
  await kit.done([...update, 'amex', ...pinned('amex'), '--answer-format', 'line-codes']);
  answers = join(kit.sshd.directory, '..', 'answers');
  mkdirSync(answers);
  await kit.done([...update, 'psp', '--answers-from', answers, ...terms]);
  await kit.addRecipient('jcb', jcb, [...pinned('jcb'), '--answer-format', 'result-codes-120']);
  await kit.testRecipients('psp');
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint).replaceAll(' ', '');
  serving = await startServe(kit);
  writeFileSync(login.knownHosts, (await kit.run(['key', 'export', '--pickup'])).stdout);
  for (const name of ['amex', 'jcb'] as const) await testBox(name);
  const file = incidentFile('first.toml', first);
  await kit.done([...asOfficer(), 'incident', 'open', file]);
  const header = plainList([]).split('\n')[0]!;
  const rows = customers.map(({ card, day }, place) =>
    plainRow(card, place, { orderedAt: `${day} 10:00` }),
  );
  source = kit.put('orders.csv', `${[header, ...rows].join('\n')}\n`);
});

afterAll(() => kit.dispose());

async function testBox(name: 'amex' | 'jcb'): Promise<void> {
  const { file } = await kit.done([...kit.secret, ...asOfficer(), 'recipient', 'test', name]);
  await fetchAs[name](file);
  const { output } = await holders[name].gpg.decrypt(new Uint8Array(readFileSync(desk(file))));
  await kit.done(confirming(kit, name, readOutOf(new TextDecoder().decode(output))));
}

/** Each with their own program: fetches a file out of the box and puts it away. */
const fetchAs: Record<'amex' | 'jcb', (file: string) => Promise<CliRun>> = {
  amex: (file) =>
    sftp(logins.amex, [`get outbox/${file} ${desk(file)}`, `rename outbox/${file} done/${file}`]),
  jcb: async (file) => {
    await rclone(logins.jcb, ['copyto', `box:outbox/${file}`, desk(file)]);
    return rclone(logins.jcb, ['moveto', `box:outbox/${file}`, `box:done/${file}`]);
  },
};

/** `serve` goes down at any moment, also in the middle of what somebody does, and comes back. */
async function killServe(): Promise<void> {
  await pause(between(rng, 50, 900));
  serving.child.kill('SIGKILL');
  await serving.ended;
  killed += 1;
  serving = await startServe(kit);
}

async function batchOf(recipient: Recipient, of = handoff): Promise<Document> {
  const { batches } = await kit.done(['handoff', 'show', of]);
  return batches.find((batch: Document) => batch.recipient === recipient);
}

/** Waits for what `serve` will do: deliver within 15 seconds, take in within 5, whatever became of it before. */
async function until<T>(look: () => Promise<T>, isFine: (seen: T) => boolean): Promise<T> {
  const until = performance.now() + 90_000;
  while (performance.now() < until) {
    const seen = await look();
    if (isFine(seen)) return seen;
    await pause(500);
  }
  throw new Error(`waited in vain: ${JSON.stringify(await look())}`);
}

/** Brings a list to all three, serve being killed on the way, and returns what each finds in their file. */
async function bringTo(of: string): Promise<Record<Recipient, string>> {
  const { batches } = await kit.done(['handoff', 'show', of]);
  const clear: Partial<Record<Recipient, string>> = {};
  for (const { recipient, file } of batches as { recipient: Recipient; file: string }[]) {
    if (recipient === 'psp') {
      await killServe();
      await until(
        () => batchOf('psp', of),
        ({ state }) => state === 'stored',
      );
    } else {
      await until(
        () => batchOf(recipient, of),
        ({ state }) => state === 'offered',
      );
      await Promise.all([fetchAs[recipient](file), killServe()]);
      // Whatever was cut off: they fetch again until it is theirs.
      const isTaken = async (): Promise<boolean> =>
        (await batchOf(recipient, of)).state === 'taken';
      if (!(await isTaken())) await fetchAs[recipient](file);
      expect(await isTaken()).toBe(true);
    }
    const path = recipient === 'psp' ? join(kit.sshd.directory, file) : desk(file);
    clear[recipient] = await openSealed(holders[recipient], readFileSync(path), ours);
  }
  return clear as Record<Recipient, string>;
}

/** Card number → the record reference under which the recipient knows it. */
const references = new Map<string, string>();

function readReferences(clear: string): void {
  for (const line of clear.split('\r\n').filter((each) => each.startsWith('D,'))) {
    const [, record, number] = line.split(',');
    references.set(number!, record!);
  }
}

const numbersIn = (clear: string): string[] => (clear.match(/\b\d{15,16}\b/gu) ?? []).sort();

describe('the first list', () => {
  it('reaches all three with exactly their cards', async () => {
    const prepared = await kit.done(kit.prepare(id, [source], ['--request-waiver']));
    handoff = prepared.handoff;
    expect([prepared.stage, prepared.cards]).toEqual(['interim', those(inFirst).length]);
    await kit.approve(handoff);
    const clear = await bringTo(handoff);
    pspNonce = nonceIn(clear.psp);
    for (const recipient of recipients) {
      expect(clear[recipient]).toContain(',WAIVER-REQUESTED,');
      expect(numbersIn(clear[recipient])).toEqual(cardsOf(those(inFirst, isOf(recipient))));
      readReferences(clear[recipient]);
    }
  });
});

/** How each card of the first list stands in the end; what nobody is named for was accepted. */
const returned: Record<string, Customer[]> = {
  'not-our-card': those(inFirst, isOf('psp')).slice(0, 3),
  'closed-account': those(inFirst, isOf('psp')).slice(3, 5),
};
const doubted = those(inFirst, isOf('amex')).slice(0, 4);

const sealFrom = (recipient: Recipient, lines: readonly string[]): Promise<Uint8Array> => {
  const { gpg, fingerprint } = holders[recipient];
  return gpg.encrypt(new TextEncoder().encode(`${lines.join('\n')}\n`), [ours], fingerprint);
};

/** An answer in our own format: accepted, but for these. */
function ownAnswer(batch: Document, but: Readonly<Record<string, readonly Customer[]>>): string[] {
  const rows = Object.entries(but).flatMap(([code, some]) =>
    some.map(({ card }) => `D,${references.get(card)},${code}`),
  );
  const head = `H,mimamori-card-answer,1,${handoff},${batch.batch},accepted,${pspNonce}`;
  return [head, ...rows, `T,${rows.length}`];
}

/** An answer in the layout of codes: accepted, but for these. */
function codes(batch: Document, code: string, some: readonly Customer[]): string[] {
  const rows = some.map(({ card }) => `R,${references.get(card)},${code},`);
  return [`H,LIVE,${handoff},${batch.batch},20261122`, ...rows, `N,${rows.length}`];
}

/** An answer of 120 bytes a record, in which every card is named. */
function fixedCodes(batch: Document, code: string, some: readonly Customer[]): string[] {
  const named = `${String(batch.batch).padEnd(40)}${handoff.padEnd(20)}`;
  const rows = some.map(({ card }) => `2${references.get(card)} ${code}`);
  const count = String(rows.length).padStart(10, '0');
  const records = [`1LIVE20261123${named}`, ...rows, `8${count}`, '9'];
  return records.map((record) => `${record.padEnd(120)}\r`);
}

const asking = (): string[] => [
  ...[...kit.secret, ...asOfficer(), '--reason', 'a caller', 'lookup'],
];

/** An order tells which card it is only where no other one looks like it. */
const isAlone: Test = ({ card }) =>
  customers.filter((other) => other.card.slice(-4) === card.slice(-4)).length === 1;

/** Whether a card is watched and by what, or why not: the same by its number and by its order, as is all of its company. */
async function watchOf({ card, order }: Customer): Promise<string> {
  const input = Buffer.from(`${card}\n`);
  const [{ hits: byNumber }, { hits: byOrder }] = await Promise.all([
    kit.done([...asking(), 'card', '--stdin'], { input }),
    kit.done([...asking(), 'order', order]),
  ]);
  const [{ card: found }] = byNumber;
  expect(byOrder).toMatchObject([{ lastFour: card.slice(-4), card: found }]);
  const { state, by, reason } = found.watch;
  const expected = [found.issuer === granted && areWaiversTold, state === 'recalled'];
  expect([found.waiver === 'granted', found.notApplicable === state], order).toEqual(expected);
  return reason ?? [state, by].filter(Boolean).join(' ');
}

async function standing(recipient: Recipient, options: CliOptions = {}): Promise<Document> {
  const { batch } = await batchOf(recipient);
  return (await kit.done(['response', 'show', batch], options)).cards;
}

describe('answers', () => {
  it('of psp, out of their directory: a part comes back, each with its reason', async () => {
    const [head = '', ...records] = ownAnswer(await batchOf('psp'), returned);
    const put = async (name: string, first: string): Promise<void> =>
      writeFileSync(join(answers, name), await sealFrom('psp', [first, ...records]));
    await put('answer.pgp', head);
    await put('blind.pgp', head.replace(`,${pspNonce}`, ''));
    await killServe();
    const count = those(inFirst, isOf('psp')).length;
    // serve looks there every five minutes; whoever does not want to wait asks.
    await kit.done([...kit.secret, ...asOfficer(), 'response', 'collect']);
    expect(await standing('psp')).toMatchObject({ accepted: count - 5, returned: 5 });
    expect(readdirSync(answers)).toEqual([]);
    const [blind, ...more] = (await kit.done(['response', 'list'])).quarantined;
    expect([blind.name, blind.code, more]).toEqual(['blind.pgp', 'response-nonce-differs', []]);
    await kit.done([...asOfficer(), '--reason', 'sent anew', 'response', 'settle', blind.id]);
  });

  it('of amex, through the box: what came back is corrected, which takes an officer', async () => {
    const batch = await batchOf('amex');
    const put = async (name: string, lines: readonly string[]): Promise<void> => {
      const path = kit.put(name, await sealFrom('amex', lines));
      expect((await sftp(logins.amex, [`put ${path} inbox/${name}`])).status).toBe(0);
    };
    await put('first.pgp', codes(batch, '23', doubted));
    await killServe();
    const count = those(inFirst, isOf('amex')).length;
    const isTaken = ({ returned: back }: Document): boolean => back === doubted.length;
    const taken = await until(() => standing('amex'), isTaken);
    expect(taken).toMatchObject({ accepted: count - doubted.length });
    await put('second.pgp', codes(batch, '10', doubted));
    const listed = await until(
      () => kit.done(['response', 'list']),
      ({ quarantined }) => quarantined.length === 1,
    );
    const [{ id: arrival, code }] = listed.quarantined;
    expect(code).toBe('response-takes-back');
    expect(await watchOf(doubted.find(isAlone)!)).toBe('contradicted');
    const file = join(kit.workspace, 'data/arrivals', `${arrival}.pgp`);
    const accepting = ['--accept-differing', '--reason', 'corrected, said Sato by phone'];
    const importing = ['response', 'import', file, '--batch', batch.batch, ...accepting];
    await kit.done([...kit.secret, ...asOfficer(), ...importing]);
    expect(await standing('amex')).toMatchObject({
      ...{ accepted: count - doubted.length, monitoring: doubted.length, returned: 0 },
    });
  });
});

describe('what people are told meanwhile', () => {
  const by = ['--by', 'cards desk', '--channel', 'mail'];

  it('waivers: asked of everyone by their lists, granted by one card company, in the numbers of the orders', async () => {
    const waiver = [...asOfficer(), 'waiver'];
    const { waivers: asked } = await kit.done(['waiver', 'show', id]);
    for (const { recipient, state, source, ...row } of asked as Document[]) {
      expect([source.kind, source.batch]).toEqual(['list', (await batchOf(recipient)).batch]);
      expect([state, row.waitingSince, row.waitingDays]).toEqual(['requested', source.at, 0]);
    }
    await kit.done([...waiver, 'request', id, '--recipient', 'jcb', ...by]);
    const { waivers } = await kit.done(['waiver', 'show', id]);
    expect(waivers.at(-1).waitingSince).toBe(asked.at(-1).waitingSince);
    for (const recipient of recipients) {
      const rows = (waivers as Document[]).filter((row) => row.recipient === recipient);
      const cards = rows.reduce((sum, row) => sum + Number(row.cards), 0);
      expect([recipient, cards]).toEqual([recipient, those(inFirst, isOf(recipient)).length]);
    }
    const of = ['--issuer', granted, '--state', 'granted', ...by];
    await kit.done([...waiver, 'record', id, ...of]);
    areWaiversTold = true;
  });

  it('look-ups by number and by order: every state there is, as the lists of this test have it', async () => {
    const told = ['incident', 'told', id, 'monitoring', '--recipient', 'psp', ...by];
    await kit.done([...asOfficer(), ...told, '--since', '2020-04-10 09:00']);
    const back = Object.values(returned).flat();
    const isKept: Test = (customer) => !back.includes(customer) && !doubted.includes(customer);
    const expected = [
      [returned['not-our-card'], 'not-our-card'],
      [returned['closed-account'], 'closed-account'],
      [those(inFirst, isOf('psp'), isKept), 'watched word'],
      [doubted, 'watched answer'],
      [those(inFirst, isOf('amex'), isKept), 'promised answer'],
      [those(inFirst, isOf('jcb')), 'unknown'],
    ] as const;
    for (const [some, watch] of expected) expect(await watchOf(some!.find(isAlone)!)).toBe(watch);
    // Not on a list yet: never said to be not affected.
    const asked = await kit.json([...asking(), 'order', those(isNew)[0]!.order]);
    expect([asked.status, asked.document.hits]).toEqual([1, []]);
  });

  it('readiness: open are the cards of which nobody has said that they are watched', async () => {
    const { open } = (await kit.json(['incident', 'readiness', id])).document;
    const counts = (item: string): unknown[] =>
      (open as Document[])
        .filter((each) => each.item === item)
        .map(({ recipient, cards, of }) => [recipient, cards, of]);
    const ofAmex = those(inFirst, isOf('amex')).length;
    expect(counts('monitoring-untold').sort()).toEqual([
      ['amex', ofAmex - doubted.length, ofAmex],
      ['jcb', undefined, undefined],
    ]);
    expect(counts('cards-returned')).toEqual([['psp', 5, undefined]]);
    expect(counts('list-unconfirmed')).toEqual([['jcb', undefined, undefined]]);
  });
});

describe('an extension', () => {
  it('brings only what is new to all three', async () => {
    const amend = ['incident', 'amend', id, incidentFile('second.toml', [first[0], second[1]])];
    await kit.done([...asOfficer(), '--reason', 'the second report', ...amend]);
    const prepared = await kit.done(kit.prepare(id, [source], ['--stage', 'extension']));
    expect([prepared.cards, prepared.excluded['already-handed-off']]).toEqual([
      those(isNew).length,
      those(inFirst).length,
    ]);
    await kit.approve(prepared.handoff);
    const clear = await bringTo(prepared.handoff);
    for (const recipient of recipients) {
      expect(numbersIn(clear[recipient])).toEqual(cardsOf(those(isNew, isOf(recipient))));
    }
    // What psp said of all of its cards says nothing of those of others.
    expect(await watchOf(those(isNew, isOf('amex')).find(isAlone)!)).toBe('unknown');
  });
});

describe('a recall', () => {
  it('names to each exactly the cards that are out, by the references in their file', async () => {
    const why = ['--reason', 'the last report'];
    const amend = ['incident', 'amend', id, incidentFile('last.toml', second)];
    const { amendment } = await kit.done([...asOfficer(), ...why, ...amend]);
    expect([amendment.proposedForRecall, amendment.untold]).toEqual([those(isOut).length, 0]);
    const recalling = ['handoff', 'recall', '--incident', id];
    const recall = await kit.done([...kit.secret, ...kit.officer.acting, ...why, ...recalling]);
    await kit.approve(recall.handoff);
    const clear = await bringTo(recall.handoff);
    for (const recipient of recipients) {
      const named = (clear[recipient].match(/^D,\d{10}$/gmu) ?? []).map((line) => line.slice(2));
      const out = those(isOut, isOf(recipient)).map(({ card }) => references.get(card));
      expect(named).toEqual(out.sort());
      expect(numbersIn(clear[recipient])).toEqual([]);
    }
    expect(await watchOf(those(isOut, isOf('psp')).find(isAlone)!)).toBe('recalled');
    const stays: Test = (customer) => inFirst(customer) && !isOut(customer);
    expect(await watchOf(those(stays, isOf('psp')).findLast(isAlone)!)).toBe('watched word');
  });

  it('leaves everywhere the numbers of those who stay', async () => {
    const { waivers } = await kit.done(['waiver', 'show', id]);
    const cards = (waivers as Document[]).reduce((sum, row) => sum + Number(row.cards), 0);
    expect(cards).toBe(those(isIn(...second)).length);
    const { recalls, uncovered } = await kit.done(['status']);
    expect([recalls, uncovered]).toEqual([[], []]);
    const again = await kit.done([...kit.prepare(id, [source]), '--dry-run']);
    expect(again.cards).toBe(0);
  });
});

describe('the end', () => {
  it('names jcb as overdue once its time is over, and nobody else', async () => {
    const late = { under: ['faketime', '-f', '+100h'], env: { FAKETIME_DONT_FAKE_MONOTONIC: '1' } };
    const isOverdue = async (options?: CliOptions): Promise<unknown[]> =>
      Promise.all(recipients.map(async (each) => (await standing(each, options)).overdue));
    expect(await isOverdue()).toEqual([false, false, false]);
    expect(await isOverdue(late)).toEqual([false, false, true]);
    const answer = fixedCodes(await batchOf('jcb'), '00', those(inFirst, isOf('jcb')));
    const path = kit.put('late.pgp', await sealFrom('jcb', answer));
    expect((await rclone(logins.jcb, ['copyto', path, 'box:inbox/late.pgp'])).status).toBe(0);
    await killServe();
    const count = those(inFirst, isOf('jcb')).length;
    await until(
      () => standing('jcb'),
      ({ accepted }) => accepted === count,
    );
    expect(await isOverdue(late)).toEqual([false, false, false]);
  });

  it('leaves a log that holds for both verifiers, with every file sent once', async () => {
    expect((await stopServe(serving)).status).toBe(0);
    expect(killed).toBeGreaterThanOrEqual(10);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
    const target = join(kit.desk.root, 'log-export');
    await kit.done([...kit.secret, 'audit', 'export', target]);
    const other = await runPython('verify_log.py', 'verify', target, '--no-openssl');
    expect([other.status, other.stderr]).toEqual([0, '']);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1000']);
    const objects = (act: string): string[] =>
      (entries as Document[])
        .map(({ leaf }) => leaf)
        .filter((leaf) => leaf.act === act)
        .map(({ object }) => String(object));
    for (const act of ['delivery-stored', 'delivery-taken']) {
      expect(new Set(objects(act)).size).toBe(objects(act).length);
    }
  });
});
