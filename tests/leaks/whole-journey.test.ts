import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CanaryIndex } from '../support/canary-index.ts';
import type { CanarySighting } from '../support/canary-index.ts';
import { encodeCp932 } from '../support/cp932.ts';
import { heldAtEnd } from '../support/held-at-end.ts';
import { inLanes } from '../support/lanes.ts';
import { plainList, plainRow, someCards } from '../support/plain-list.ts';
import { childrenOf, until } from '../support/processes.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { joinedByTarget, readTrace, underStrace } from '../support/strace.ts';
import { Kit } from '../support/workspace-kit.ts';

const rng = seededRandom(1_848);
// A stored row of another card has its first six digits, its last four and its length as a byte, 16 being 0x10: a canary
// whose eleventh and twelfth digits are 10 would be seen in rows of cards of its issuer.
const canaries = someCards(rng, 60)
  .filter((digits) => digits.slice(10, 12) !== '10')
  .slice(0, 40);
/** Numbers in columns where none belongs. */
const strays = Array.from({ length: 6 }, () => cardDigits(rng, { prefix: '490030' }).join(''));
const scan = new CanaryIndex([...canaries, ...strays]);
const [asReference, asName, asChannel, asDate, inMemo, inFileName] = strays;

let kit: Kit;
let media: string;

beforeAll(async () => {
  kit = await Kit.create();
  await kit.openIncident('shop-a-2020');
  await kit.testRecipients('psp', 'amex');
  // The sources lie on a stick of their own: that is where card numbers are, and nowhere else.
  media = join(kit.desk.root, 'stick');
  mkdirSync(media);
});

afterAll(() => kit.dispose());

function onStick(name: string, content: Uint8Array | string): string {
  const path = join(media, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** Everything the program could have written to, and everything it printed. */
function sightings(): CanarySighting[] {
  const { workspace, anchor, amexFolder, sshd, desk } = kit;
  const folders = [workspace, anchor, amexFolder, sshd.directory];
  return [
    ...[...folders, desk.temporary, desk.folder, desk.home].flatMap((folder) =>
      scan.inFolder(folder),
    ),
    ...scan.inText(desk.printed.join('\n'), 'what was printed'),
  ];
}

/** A list with numbers in its reference, name, channel, date and memo columns as well. */
function listWithStrays(): Uint8Array {
  const rows = canaries.map((card, place) => `${plainRow(card, place)},髙橋,`);
  rows.push(
    `${asReference},2020-01-06,web,${canaries[0]},12/30,髙橋,`,
    `A-901,2020-01-06,web,${canaries[1]},12/30,${asName},`,
    `A-902,2020-01-06,${asChannel},${canaries[2]},12/30,髙橋,`,
    `A-903,${asDate},web,${canaries[3]},12/30,髙橋,`,
    `A-904,2020-01-06,web,${canaries[4]},12/30,髙橋,"card ${inMemo}"`,
  );
  const header = 'order id,ordered at,channel,card number,expiry,name,memo';
  return encodeCp932(`${header}\r\n${rows.join('\r\n')}\r\n`);
}

describe('the search', () => {
  it('finds a number planted in the workspace', () => {
    const path = join(kit.workspace, 'data/planted');
    writeFileSync(path, canaries[3]!);
    const seen = sightings();
    rmSync(path);
    expect(seen).toContainEqual({ place: path, form: 'ascii', canary: 3 });
    expect(new Set(seen.map(({ place, canary }) => `${canary} ${place}`)).size).toBe(1);
    expect(sightings()).toEqual([]);
  });
});

describe('a whole journey', () => {
  it('leaves no card number in any file, name or line of output', async () => {
    const file = onStick(`list ${inFileName}.csv`, listWithStrays());
    const counted = await kit.done(kit.prepare('shop-a-2020', [file], ['--dry-run']));
    expect(counted.cards).toBe(40);
    const prepare = ['--json', '--workspace', kit.workspace];
    prepare.push(...kit.withKey(kit.prepare('shop-a-2020', [file])));
    let read = 0;
    const inMemory: CanarySighting[] = [];
    const { stdout } = await heldAtEnd(kit.desk, prepare, (pid) => {
      const { bytes, sightings: seen } = scan.inMemory(pid);
      read += bytes;
      inMemory.push(...seen);
    });
    // Who typed the name of the file had that number in their command.
    const typed = canaries.length + strays.indexOf(inFileName!);
    expect(inMemory.filter(({ canary }) => canary !== typed)).toEqual([]);
    expect(read).toBeGreaterThan(30_000_000);
    kit.desk.printed.push(stdout);
    const { handoff } = JSON.parse(stdout);
    for (const command of ['show', 'review', 'findings', 'held']) {
      await kit.run(['handoff', command, handoff]);
    }
    await kit.approve(handoff);
    expect((await kit.run(kit.deliver(handoff))).status).toBe(0);
    await kit.run(['audit', 'tail', '--entries', '50']);
    await kit.run(['status']);
    expect(sightings()).toEqual([]);
  });

  it('delivers the numbers all the same, to those who can decrypt them', async () => {
    const { batches } = (await kit.done(['handoff', 'list'])).handoffs[0];
    expect(batches.map(({ cards }: { cards: number }) => cards)).toEqual([30, 10]);
    const file = readFileSync(join(kit.sshd.directory, onlyName(kit.sshd.directory)));
    const { output } = await kit.psp.gpg.decrypt(new Uint8Array(file));
    expect(new Set(scan.inBytes(output, '').map(({ canary }) => canary)).size).toBe(30);
  });
});

describe('refusals', () => {
  const sources: Readonly<Record<string, () => Uint8Array | string>> = {
    'a quote that never closes': () => `${plainList(canaries)}1,2020-01-05,"web,${canaries[5]},`,
    'a header that is a record': () => plainList(canaries).split('\n').slice(1).join('\n'),
    'security codes': () =>
      plainList(canaries).replaceAll('12/30', '12/30,123').replace('expiry', 'expiry,cvv'),
    'stripe data': () =>
      `${plainList(canaries)}9,2020-01-05,web,;${canaries[6]}=30121010000000000?,`,
    'bytes that are no text': () =>
      Buffer.concat([Buffer.from(plainList(canaries)), Buffer.from([0xff, 0x00])]),
    'numbers as column names': () => `${canaries.join(',')}\n${canaries.join(',')}\n`,
    'one line': () => canaries.join('').repeat(500),
  };

  it('print and leave no card number, whatever is wrong with the source', async () => {
    for (const incident of ['shop-d', 'shop-e']) await kit.openIncident(incident);
    const cases = Object.entries(sources);
    const statuses = await inLanes(
      cases,
      ['shop-d', 'shop-e'],
      async ([, content], incident, place) => {
        const file = onStick(`refused-${place}.csv`, content());
        return (await kit.run(kit.prepare(incident, [file]))).status;
      },
    );
    expect(statuses).toEqual(cases.map(() => 65));
    expect(sightings()).toEqual([]);
  });

  it('an end by kill -9 while sealing leaves no card number', async () => {
    const many = Array.from({ length: 3_000 }, () => canaries).flat();
    const fresh = someCards(rng, 150_000);
    const file = onStick('large.csv', plainList([...many, ...fresh]));
    const args = kit.prepare('shop-a-2020', [file]);
    const running = kit.desk.start(['--workspace', kit.workspace, ...args]);
    await until('the card process', () => childrenOf(running.pid)[0]);
    await until('a file being sealed', () => kit.outbox().find((name) => name.endsWith('.part')));
    process.kill(-running.pid, 'SIGKILL');
    await running.ended;
    rmSync(file);
    expect(sightings()).toEqual([]);
  });
});

describe('strace of handoff prepare', () => {
  it('shows no card number on its way to any file, pipe or socket', async () => {
    await kit.openIncident('shop-b');
    const file = onStick('traced.csv', listWithStrays());
    const record = join(media, 'trace');
    const prepared = await kit.done(kit.prepare('shop-b', [file]), { under: underStrace(record) });
    expect(prepared.cards).toBe(40);
    const writes = readTrace(record);
    const seen = [...joinedByTarget(writes)].flatMap(([to, payload]) => scan.inBytes(payload, to));
    expect(seen).toEqual([]);
    // What is vouched for was seen: the sealed file, the database, the pipe between the two processes.
    const targets = new Set(writes.map(({ to }) => to.replace(/^\d+</, '')));
    const sealed = prepared.batches.map(({ file: name }: { file: string }) => name);
    for (const part of [...sealed, 'mimamori.db-wal']) {
      expect([...targets].some((target) => target.includes(part))).toBe(true);
    }
    expect([...targets].some((target) => /^(?:pipe|UNIX|socket)/.test(target))).toBe(true);
  });
});

describe('--reason', () => {
  it('with a card number in it is refused, 64, and kept nowhere', async () => {
    const file = onStick('more.csv', plainList(someCards(rng, 4)));
    await kit.openIncident('shop-c');
    const { handoff } = await kit.done(kit.prepare('shop-c', [file]));
    for (const digits of [canaries[7]!, canaries[7]!.replace(/(.{4})(?=.)/g, '$1 ')]) {
      const reason = ['--reason', `customer of ${digits} called`];
      const decline = [...kit.approver.acting, ...reason, 'handoff', 'decline', handoff];
      expect(await kit.refused(decline)).toEqual({ status: 64, code: 'usage' });
      expect(sightings()).toEqual([]);
    }
  });
});

function onlyName(folder: string): string {
  const names = readdirSync(folder);
  expect(names).toHaveLength(1);
  return names[0]!;
}
