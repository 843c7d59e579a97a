import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { ARRIVAL_BYTES_MAX, ARRIVALS_MAX } from '../../../src/domain/arrivals/arrival-limits.ts';
import { sweepArrivals } from '../../../src/exchange/arrivals/arrival-desk.ts';
import { InboxDesk } from '../../../src/exchange/arrivals/inbox-desk.ts';
import type { BroughtFolder } from '../../../src/domain/pickup/box-path.ts';
import { fingerprintOfLine } from '../../../src/domain/recipients/pickup-key.ts';
import type { Sender } from '../../../src/domain/workspace/sender.ts';
import type { PickupVisitor } from '../../../src/exchange/pickup/pickup-book.ts';
import { digestOf } from '../../../src/domain/handoff/plan.ts';
import { openSource } from '../../../src/edge/openpgp/open-source.ts';
import type { OurKey } from '../../../src/edge/openpgp/our-key.ts';
import { ANSWER_BYTES_MAX } from '../../../src/domain/responses/answer-lines.ts';
import { bytesOf, chunked, collected, noise } from '../../support/chunks.ts';
import { encryptedPackets, literal } from '../../support/hand-made-message.ts';
import { ourTestKey } from '../../support/our-test-key.ts';
import { otherKeyLine, PickupBox, visitorOf } from '../../support/pickup-box.ts';

const [psp, amex] = [visitorOf('psp'), visitorOf('amex')];

let ourKey: OurKey;
let certificate: string;
let message: Uint8Array;
let box: PickupBox;
let inbox: InboxDesk;
let arrived: number;

beforeAll(async () => {
  ({ ourKey } = await ourTestKey());
  ({ certificate } = ourKey);
  message = await sealed(noise(10_000));
});
beforeEach(async () => {
  box = new PickupBox();
  await box.offer();
  arrived = 0;
  const publicKeys = { openpgp: () => Promise.resolve(certificate) };
  inbox = new InboxDesk(Object.assign(Object.create(box) as PickupBox, { publicKeys }), () => {
    arrived += 1;
    return Promise.resolve();
  });
});
afterEach(() => box.dispose());

const sealed = (content: Uint8Array): Promise<Uint8Array> =>
  encryptedPackets(literal(content), certificate);

const onDisk = (): string[] => {
  const folder = join(box.store.directory, 'data/arrivals');
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** In pieces, as clients send them; whether it was taken. */
async function bring(
  name: string,
  bytes = message,
  visitor = psp,
  folder: BroughtFolder = 'inbox',
): Promise<boolean> {
  const upload = await inbox.bring(visitor, folder, name);
  if (upload === undefined) return false;
  for (let at = 0; at < bytes.length; at += 4_096) {
    if (!(await inbox.piece(visitor, upload, bytes.subarray(at, at + 4_096)))) break;
  }
  return inbox.brought(visitor, upload);
}

const refusals = async (): Promise<unknown[]> =>
  (await box.arrivals.refusals()).map(({ recipient, code }) => [recipient, code]);

describe('InboxDesk', () => {
  it('keeps a message for us under a name of ours, with its leaf, and once', async () => {
    expect(await bring('answer.pgp')).toBe(true);
    const [arrival] = await box.arrivals.inState('arrived');
    const { id, bytes, sha256 } = arrival!;
    expect([bytes, sha256]).toEqual([message.length, digestOf(message)]);
    expect(onDisk()).toEqual([`${id}.pgp`]);
    const leaf = (await box.store.leaves()).at(-1)!;
    expect(leaf).toMatchObject({ act: 'answer-arrived', origin: `pickup:${psp.from}` });
    const told = { arrival: id, recipient: 'psp', sha256, bytes, by: 'inbox', key: psp.key };
    expect(leaf.data).toEqual(told);
    const size = await box.log.size();
    expect(await bring('again.pgp')).toBe(true);
    expect([onDisk().length, arrived, await box.log.size()]).toEqual([1, 1, size]);
    expect((await inbox.list(psp, 'inbox')).map(({ name }) => name)).toEqual(['again.pgp']);
    expect(await inbox.list(amex, 'inbox')).toEqual([]);
    // The same bytes of another recipient are another file.
    expect(await bring('answer.pgp', message, amex)).toBe(true);
    expect(onDisk()).toHaveLength(2);
  });

  it('takes in anew what was settled, since its bytes are gone', async () => {
    await bring('answer.pgp');
    const [arrival] = await box.arrivals.inState('arrived');
    await box.arrivals.move(arrival!.id, { event: 'quarantine', code: 'source-altered' });
    await box.arrivals.move(arrival!.id, { event: 'settle' });
    expect(await bring('answer.pgp')).toBe(true);
    const [again, ...more] = await box.arrivals.inState('arrived');
    expect([again!.sha256, again!.id === arrival!.id, more]).toEqual([arrival!.sha256, false, []]);
    expect(onDisk()).toContain(`${again!.id}.pgp`);
    expect(arrived).toBe(2);
  });

  it('stores not a byte of what is not encrypted to us, and says so once', async () => {
    const clear = bytesOf('H,mimamori-card-answer,1,h,b,accepted\nT,0\n');
    const stranger = (await ourTestKey()).ourKey.certificate;
    const forOther = await encryptedPackets(literal(clear), stranger);
    const cut = message.subarray(0, message.length - 1);
    for (const bytes of [clear, clear, literal(clear), forOther, cut, new Uint8Array(0)]) {
      expect(await bring('x.pgp', bytes)).toBe(false);
      expect(onDisk()).toEqual([]);
    }
    expect(await refusals()).toEqual([
      ['psp', 'source-not-openpgp'],
      ['psp', 'source-encryption-unsupported'],
      ['psp', 'source-not-for-us'],
      ['psp', 'source-truncated'],
      ['psp', 'arrival-size'],
    ]);
    const leaves = (await box.store.leaves()).filter(({ act }) => act === 'answer-refused');
    expect(leaves).toHaveLength(5);
    expect(arrived).toBe(0);
  });

  it('writes over nothing that waits, and takes no name that could be a path', async () => {
    expect(await bring('answer.pgp')).toBe(true);
    expect(await inbox.bring(psp, 'inbox', 'answer.pgp')).toBeUndefined();
    const upload = (await inbox.bring(psp, 'inbox', 'b.pgp'))!;
    expect(await inbox.bring(psp, 'inbox', 'b.pgp')).toBeUndefined();
    expect(await inbox.rename(psp, 'inbox', 'answer.pgp', 'b.pgp')).toBe(false);
    await inbox.dropped(psp, upload);
    expect(await inbox.rename(psp, 'inbox', 'answer.pgp', 'b.pgp')).toBe(true);
    expect(await inbox.rename(amex, 'inbox', 'b.pgp', 'c.pgp')).toBe(false);
    expect(await inbox.bring(psp, 'inbox', '../x')).toBeUndefined();
    expect(await refusals()).toContainEqual(['psp', 'arrival-name']);
    const [arrival] = await box.arrivals.inState('arrived');
    await box.arrivals.move(arrival!.id, { event: 'quarantine', code: 'response-malformed' });
    expect(await inbox.bring(psp, 'inbox', 'b.pgp')).toBeDefined();
  });

  it('has on record who was to bring a file by a name that none can have, in plain characters', async () => {
    await inbox.misnamed(psp, 'inbox', '回答.pgp');
    await inbox.misnamed(psp, 'inbox', '回答.pgp');
    await inbox.misnamed({ ...psp, key: amex.key }, 'inbox', 'x y');
    const refused = await box.arrivals.refusals();
    expect(refused.map(({ name, code }) => [name, code])).toEqual([
      ['\\u{56de}\\u{7b54}.pgp', 'arrival-name'],
    ]);
  });

  it('renames what was taken in or refused since it was brought, as clients do behind their last write', async () => {
    const names = async (): Promise<string[]> =>
      (await inbox.list(psp, 'inbox')).map(({ name }) => name);
    expect(await bring('answer.pgp.part')).toBe(true);
    const [first] = await box.arrivals.inState('arrived');
    await box.arrivals.move(first!.id, { event: 'collect', batch: (await box.batch()).id });
    expect(await inbox.rename(psp, 'inbox', 'answer.pgp.part', 'answer.pgp')).toBe(true);
    expect(await names()).toEqual(['answer.pgp']);
    // The same bytes are known, and nothing waits.
    expect(await bring('answer.pgp.part')).toBe(true);
    expect(await inbox.rename(psp, 'inbox', 'answer.pgp.part', 'answer.pgp')).toBe(true);
    expect(await names()).toEqual(['answer.pgp']);
    // Of two the one is meant that waits, and it is never renamed onto another that does.
    expect(await bring('answer.pgp', await sealed(noise(100)))).toBe(true);
    expect(await inbox.rename(psp, 'inbox', 'answer.pgp', 'second.pgp')).toBe(true);
    const [second] = await box.arrivals.inState('arrived');
    expect([second!.name, await names()]).toEqual(['second.pgp', ['second.pgp', 'answer.pgp']]);
    expect(await inbox.rename(psp, 'inbox', 'answer.pgp', 'second.pgp')).toBe(false);
    // Of several that do not wait, the newest, as the listing shows it.
    await box.arrivals.move(second!.id, { event: 'quarantine', code: 'response-malformed' });
    const made = box.store.db.updateTable('arrival');
    await made.set({ name: 'same.pgp', changed_at: 1 }).execute();
    await made.set({ changed_at: 2 }).where('id', '=', second!.id).execute();
    expect(await inbox.rename(psp, 'inbox', 'same.pgp', 'newest.pgp')).toBe(true);
    expect((await box.arrivals.get(second!.id))?.name).toBe('newest.pgp');
    expect(await inbox.rename(amex, 'inbox', 'same.pgp', 'b.pgp')).toBe(false);
    expect(await inbox.rename(psp, 'sources', 'same.pgp', 'b.pgp')).toBe(false);
  });

  it('lets one of many that come at once have a name, and eight be under way into a folder', async () => {
    const all = (begin: (at: number) => Promise<number | undefined>): Promise<number[]> =>
      Promise.all(Array.from({ length: 40 }, (_, at) => begin(at))).then((begun) =>
        begun.filter((upload) => upload !== undefined),
      );
    const [only, ...more] = await all(() => inbox.bring(psp, 'inbox', 'answer.pgp'));
    expect([only, more]).toEqual([expect.any(Number), []]);
    expect(await all((at) => inbox.bring(psp, 'inbox', `f${at}.pgp`))).toHaveLength(7);
    expect(await all((at) => inbox.bring(psp, 'sources', `f${at}.pgp`))).toHaveLength(8);
    expect(await all((at) => inbox.bring(amex, 'inbox', `f${at}.pgp`))).toHaveLength(8);
    expect(await refusals()).toContainEqual(['psp', 'arrival-box-full']);
  });

  it('holds a name until the row of its file is there, and gives it to one file alone', async () => {
    const upload = (await inbox.bring(psp, 'inbox', 'answer.pgp'))!;
    await inbox.piece(psp, upload, message);
    const [taken, again, second] = await Promise.all([
      inbox.brought(psp, upload),
      inbox.brought(psp, upload),
      inbox.bring(psp, 'inbox', 'answer.pgp'),
      inbox.dropped(psp, upload),
      inbox.close(),
    ]);
    expect([taken, again, second]).toEqual([true, false, undefined]);
    expect(onDisk()).toHaveLength(1);
    expect(await bring('other.pgp', await sealed(noise(100)))).toBe(true);
    const both = await Promise.all(
      ['answer.pgp', 'other.pgp'].map((name) => inbox.rename(psp, 'inbox', name, 'new.pgp')),
    );
    expect(both).toEqual([true, false]);
    // As no desk lets them be.
    await box.store.db.updateTable('arrival').set({ name: 'same.pgp' }).execute();
    expect(await inbox.rename(psp, 'inbox', 'same.pgp', 'other.pgp')).toBe(false);
  });

  it('keeps nothing of what was not brought to its end, whoever ends it', async () => {
    const upload = (await inbox.bring(psp, 'inbox', 'a.pgp'))!;
    expect(await inbox.piece(psp, upload, message.subarray(0, 9_000))).toBe(true);
    expect(onDisk()).toHaveLength(1);
    expect(await inbox.piece(amex, upload, message.subarray(9_000))).toBe(false);
    expect(await inbox.brought(amex, upload)).toBe(false);
    await inbox.dropped(psp, upload);
    expect(onDisk()).toEqual([]);
    const other = (await inbox.bring(psp, 'inbox', 'a.pgp'))!;
    // Broken in the middle of a write.
    const writing = inbox.piece(psp, other, message);
    await inbox.dropped(psp, other);
    await writing;
    expect(onDisk()).toEqual([]);
    const last = (await inbox.bring(psp, 'inbox', 'a.pgp'))!;
    await inbox.piece(psp, last, message);
    await inbox.close();
    expect(onDisk()).toEqual([]);
  });

  it('has room for so many files and bytes of one recipient, and for those of another', async () => {
    const large = (await inbox.bring(psp, 'inbox', 'large.pgp'))!;
    await inbox.piece(psp, large, message.subarray(0, 9_000));
    expect(await inbox.piece(psp, large, new Uint8Array(ARRIVAL_BYTES_MAX))).toBe(false);
    expect(await inbox.brought(psp, large)).toBe(false);
    expect(onDisk()).toEqual([]);
    for (let at = 0; at < ARRIVALS_MAX; at += 1) {
      const content = await sealed(Uint8Array.of(at));
      expect(await bring(`f${at}.pgp`, content)).toBe(true);
    }
    expect(await bring('one-more.pgp')).toBe(false);
    expect(await refusals()).toEqual([
      ['psp', 'arrival-size'],
      ['psp', 'arrival-box-full'],
    ]);
    expect(await bring('mine.pgp', message, amex)).toBe(true);
  });

  it('is closed to a key that opens no box any more', async () => {
    const upload = (await inbox.bring(psp, 'inbox', 'a.pgp'))!;
    await inbox.piece(psp, upload, message);
    box.configuration.changeRecipient('psp', { state: 'disabled' });
    expect(await inbox.brought(psp, upload)).toBe(false);
    expect(await bring('b.pgp')).toBe(false);
    expect([await inbox.list(psp, 'inbox'), onDisk()]).toEqual([[], []]);
  });
});

describe('InboxDesk, for answers in clear', () => {
  const clear = bytesOf(
    `H,mimamori-card-answer,1,h,b,accepted\n${'D,0000000003,other\n'.repeat(9_000)}`,
  );
  const stored = (): Buffer[] =>
    onDisk().map((name) => readFileSync(join(box.store.directory, 'data/arrivals', name)));
  const answersOf = (in_clear?: boolean): void => {
    const answers = { format: 'card-answer', ...(in_clear === undefined ? {} : { in_clear }) };
    box.configuration.changeRecipient('psp', { answers });
  };

  it('encrypts to us what comes so, and writes nothing else', async () => {
    answersOf(true);
    const upload = (await inbox.bring(psp, 'inbox', 'answer.csv'))!;
    for (let at = 0; at < clear.length; at += 30_000) {
      expect(await inbox.piece(psp, upload, clear.subarray(at, at + 30_000))).toBe(true);
      for (const bytes of stored()) expect(bytes.includes('0000000003')).toBe(false);
    }
    expect(onDisk()).toHaveLength(1);
    expect(await inbox.brought(psp, upload)).toBe(true);
    const [arrival] = await box.arrivals.inState('arrived');
    const [bytes] = stored();
    expect(arrival).toMatchObject({ bytes: bytes!.length, clearBytes: clear.length, key: psp.key });
    const opened = openSource(chunked(bytes!, 5_000), ourKey, [], { acceptUnsigned: true });
    expect(Buffer.compare(await collected(opened.clear), clear)).toBe(0);
    const strict = openSource(chunked(bytes!, 5_000), ourKey, []);
    await expect(collected(strict.clear)).rejects.toMatchObject({ code: 'source-unsigned' });
    const leaf = (await box.store.leaves()).at(-1)!;
    expect(leaf.data).toMatchObject({ clearBytes: clear.length, key: psp.key });
    // Clients compare the size with that of their file.
    expect(await inbox.list(psp, 'inbox')).toMatchObject([{ sizeBytes: clear.length }]);
  });

  it('takes no other file than before, and nothing where nobody approved it', async () => {
    for (const in_clear of [undefined, false]) {
      answersOf(in_clear);
      expect(await bring('a.csv', clear)).toBe(false);
    }
    answersOf(true);
    expect(await bring('a.csv', clear, amex)).toBe(false);
    expect(await bring('a.csv', clear, psp, 'sources')).toBe(false);
    expect(await bring('marked.csv', bytesOf('\ufeffH,mimamori-card-answer\n'))).toBe(true);
    const [marked] = await box.arrivals.inState('arrived');
    await box.arrivals.move(marked!.id, { event: 'quarantine', code: 'response-malformed' });
    await box.arrivalFiles.remove(marked!.id);
    const armored = bytesOf('-----BEGIN PGP MESSAGE-----\n');
    for (const bytes of [armored, literal(clear), message.subarray(0, 9_000), new Uint8Array(0)]) {
      expect(await bring('b.pgp', bytes)).toBe(false);
    }
    expect(await refusals()).toEqual([
      ['psp', 'source-not-openpgp'],
      ['amex', 'source-not-openpgp'],
      ['psp', 'source-not-openpgp'],
      ['psp', 'source-not-openpgp'],
      ['psp', 'source-encryption-unsupported'],
      ['psp', 'source-truncated'],
      ['psp', 'arrival-size'],
    ]);
    expect(onDisk()).toEqual([]);
    expect(await bring('c.pgp')).toBe(true);
    expect((await box.arrivals.inState('arrived'))[0]!.clearBytes).toBeUndefined();
  });

  it('leaves nothing of what is half or too long', async () => {
    answersOf(true);
    const upload = (await inbox.bring(psp, 'inbox', 'a.csv'))!;
    const writing = inbox.piece(psp, upload, clear);
    await inbox.dropped(psp, upload);
    await writing;
    expect([onDisk(), await box.arrivals.inState('arrived')]).toEqual([[], []]);
    const long = (await inbox.bring(psp, 'inbox', 'long.csv'))!;
    const most = Buffer.alloc(ANSWER_BYTES_MAX, 'D');
    expect(await inbox.piece(psp, long, most)).toBe(true);
    expect(await inbox.piece(psp, long, most.subarray(0, 1))).toBe(false);
    expect(await inbox.brought(psp, long)).toBe(false);
    expect([onDisk(), await refusals()]).toEqual([[], [['psp', 'arrival-size']]]);
  });
});

describe('InboxDesk, for sources', () => {
  const pfi: PickupVisitor = { box: 'pfi-1', key: psp.key.replace(/.$/, 'A'), from: '192.0.2.9' };
  const sources = async (): Promise<unknown[]> =>
    (await box.arrivals.sources()).map(({ recipient, name }) => [recipient, name]);

  it('keeps apart what was declared apart, though the bytes are the same', async () => {
    expect(await bring('list.pgp', message, psp, 'sources')).toBe(true);
    expect(await box.arrivals.inState('arrived')).toEqual([]);
    expect(await bring('list.pgp')).toBe(true);
    expect(await sources()).toEqual([['psp', 'list.pgp']]);
    expect((await box.arrivals.inState('arrived')).map(({ way }) => way)).toEqual(['inbox']);
    expect(onDisk()).toHaveLength(2);
    const leaf = (await box.store.leaves()).find(({ act }) => act === 'source-brought')!;
    expect(leaf.data).toMatchObject({ box: 'psp', key: psp.key, sha256: digestOf(message) });
    expect((await inbox.list(psp, 'sources')).map(({ name }) => name)).toEqual(['list.pgp']);
    expect(await inbox.rename(psp, 'sources', 'list.pgp', 'new.pgp')).toBe(true);
    expect(await inbox.rename(psp, 'inbox', 'new.pgp', 'newer.pgp')).toBe(false);
    expect(await sources()).toEqual([['psp', 'new.pgp']]);
  });

  it('gives each kind its own room', async () => {
    for (let at = 0; at < ARRIVALS_MAX; at += 1) {
      const content = await sealed(Uint8Array.of(at));
      expect(await bring(`f${at}.pgp`, content, psp, 'sources')).toBe(true);
    }
    expect(await bring('more.pgp', message, psp, 'sources')).toBe(false);
    expect(await bring('answer.pgp')).toBe(true);
    const leaves = (await box.store.leaves()).filter(({ act }) => act === 'source-not-taken');
    expect(leaves.map(({ data }) => data)).toEqual([{ box: 'psp', code: 'arrival-box-full' }]);
  });

  it('opens sources alone to a sender, as long as they are one', async () => {
    expect(await bring('list.pgp', message, pfi, 'sources')).toBe(false);
    const sender = { id: 'pfi-1', state: 'enabled', pickup_keys: [otherKeyLine] } as Sender;
    const known = { ...pfi, key: fingerprintOfLine(otherKeyLine) };
    box.configuration.senders = [sender];
    expect(await bring('list.pgp', message, known, 'sources')).toBe(true);
    expect(await bring('list.pgp', message, known, 'inbox')).toBe(false);
    expect(await inbox.list(known, 'inbox')).toEqual([]);
    expect(await bring('other.pgp', message, { ...known, box: 'psp' }, 'sources')).toBe(false);
    box.configuration.senders = [{ ...sender, state: 'disabled' }];
    expect(await bring('new.pgp', await sealed(noise(9)), known, 'sources')).toBe(false);
    expect(await sources()).toEqual([['pfi-1', 'list.pgp']]);
  });
});

describe('sweepArrivals()', () => {
  it('removes what no row tells of, and nothing that waits', async () => {
    await bring('answer.pgp');
    const [kept] = onDisk();
    const folder = join(box.store.directory, 'data/arrivals');
    for (const id of ['a9999999', 'a9999997']) {
      writeFileSync(join(folder, `${id}.pgp`), 'nobody knows');
    }
    utimesSync(join(folder, 'a9999999.pgp'), 1, 1);
    utimesSync(join(folder, kept!), 1, 1);
    writeFileSync(join(folder, '.arriving.a9999998.999999999.partial'), 'half');
    await sweepArrivals(box);
    // The young one may be about to get its row.
    expect(onDisk().sort()).toEqual([kept, 'a9999997.pgp'].sort());
  });

  it('does not take a folder that cannot be read for an empty one', async () => {
    mkdirSync(join(box.store.directory, 'data'), { recursive: true });
    writeFileSync(join(box.store.directory, 'data/arrivals'), 'no directory');
    await expect(sweepArrivals(box)).rejects.toMatchObject({ code: 'config-unreadable' });
  });
});
