import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { ANSWER_BYTES_MAX } from '../../../src/domain/responses/answer-lines.ts';
import { openAnySource } from '../../../src/cde/open-any-source.ts';
import { readAnswer } from '../../../src/cde/read-answer.ts';
import type { SourceOpener } from '../../../src/cde/scan-sources.ts';
import type { OurKey } from '../../../src/edge/openpgp/our-key.ts';
import { InboxDesk } from '../../../src/exchange/arrivals/inbox-desk.ts';
import { collectResponses } from '../../../src/exchange/arrivals/collect-responses.ts';
import type { BatchRow } from '../../../src/exchange/handoff/handoff-register.ts';
import type { AnswerJob } from '../../../src/exchange/responses/answer-reader.ts';
import { offerRound } from '../../../src/exchange/serve/offer-round.ts';
import { workspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import { bytesOf } from '../../support/chunks.ts';
import { GpgHome, gpgTime } from '../../support/gpg.ts';
import { encryptedPackets, literal, packet } from '../../support/hand-made-message.ts';
import { ourTestKey } from '../../support/our-test-key.ts';
import { PickupBox, visitorOf } from '../../support/pickup-box.ts';
import { someCards } from '../../support/plain-list.ts';
import { seededRandom } from '../../support/seeded-cards.ts';

// What may go wrong with answers, each with what is to come of it. Messages are made with gpg; inbox, database and the
// reading of an answer are the real ones, but that it is read in this process.

/** Rows that others try: where they stand, and the title there. */
const elsewhere = {
  'P-12: never arrives: overdue by the terms of its recipient, told once, and nothing is sent again':
    [
      'tests/unit/serve/notice-round.test.ts',
      'tells once that an answer is overdue by the terms of its recipient',
    ],
} as const;

/** What a bomb, layers and a passphrase may cost together, of the processor: the clock of a busy machine tells nothing. */
const COST_SECONDS = 4;
const COST_MIB = 256;
const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;
const psp = visitorOf('psp');

let home: GpgHome;
let ourKey: OurKey;
let signers: Readonly<Record<'psp' | 'amex' | 'stranger' | 'expired', string>>;
let certificates: ReadonlyMap<string, Uint8Array>;
let box: PickupBox;
let inbox: InboxDesk;
let batch: BatchRow;
let brought: number;
/** Bytes that came out of answers. */
let inflated: number;

beforeAll(async () => {
  home = await GpgHome.create();
  const made = new Date(Date.now() - 10 * DAY_MS);
  ({ ourKey } = await ourTestKey('ed25519', made));
  await home.importKey(ourKey.certificate);
  const past = ['--faked-system-time', gpgTime(made)];
  const make = (name: string, expires = '0'): Promise<string> =>
    home.createKey({ name, kind: 'ed25519', expires, options: past });
  const [pspKey, amex, stranger] = [await make('psp'), await make('amex'), await make('stranger')];
  const expired = await make('expired', '1d');
  signers = { psp: pspKey, amex, stranger, expired };
  const exported = Object.entries(signers).map(
    async ([name, key]) => [name, await home.exportKey(key, ['--armor'])] as const,
  );
  certificates = new Map(await Promise.all(exported));
});
afterAll(() => home.dispose());

beforeEach(async () => {
  box = new PickupBox();
  // Whatever is signed here answers what was offered before.
  box.store.nowMs = Date.now() - 9.9 * DAY_MS;
  await box.offer();
  pin('psp');
  batch = await box.batch();
  await box.pickups.opened(batch.id, psp);
  batch = await box.batch();
  [brought, inflated] = [0, 0];
  inbox = new InboxDesk(ports(), () => Promise.resolve());
});
afterEach(() => box.dispose());

/** The certificate that is pinned of the recipient. */
function pin(name: keyof typeof signers): void {
  box.configuration.changeRecipient('psp', { fingerprint: signers[name] });
  box.configuration.readCertificate = () => Promise.resolve(certificates.get(name)!);
}

function ports() {
  return Object.assign(Object.create(box) as PickupBox, {
    publicKeys: { openpgp: () => Promise.resolve(ourKey.certificate) },
    cardProcess: {
      readAnswer: (job: AnswerJob) =>
        readAnswer(
          job,
          counting(
            openAnySource(
              Promise.resolve(ourKey),
              [job.recipient],
              false,
              new Date(Math.min(...job.batches.map(({ signedFrom }) => signedFrom))),
            ),
          ),
        ),
    },
  });
}

/** Counts what comes out of an answer that is opened. */
function counting(open: SourceOpener): SourceOpener {
  return async (path, at) => {
    const opened = await open(path, at);
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of opened.clear) {
        inflated += chunk.length;
        yield chunk;
      }
    }
    return { ...opened, clear: counted() };
  };
}

const answer = (rest = 'accepted', rows: readonly string[] = [], of: Partial<BatchRow> = {}) => {
  const { handoff, id } = { ...batch, ...of };
  const records = rows.map((row) => `D,${row}\n`).join('');
  return bytesOf(`H,mimamori-card-answer,1,${handoff},${id},${rest}\n${records}T,${rows.length}\n`);
};
const signed = (clear: Uint8Array, signer: string | undefined = signers.psp, more: string[] = []) =>
  home.encrypt(clear, [ourKey.fingerprint], signer, more);

/** Brings a file into the inbox and has what waits taken in: what became of it, and why. */
async function became(bytes: Uint8Array, visitor = psp): Promise<readonly (string | undefined)[]> {
  const name = `${(brought += 1)}.pgp`;
  const upload = (await inbox.bring(visitor, 'inbox', name))!;
  for (let at = 0; at < bytes.length; at += 32_768) {
    if (!(await inbox.piece(visitor, upload, bytes.subarray(at, at + 32_768)))) break;
  }
  if (!(await inbox.brought(visitor, upload))) {
    return ['not taken', (await box.arrivals.refusals()).at(-1)?.code];
  }
  const passphrases = { read: () => Promise.resolve(new Uint8Array(12)) };
  const { taken } = await collectResponses(ports(), { actor: 'system', passphrases });
  const [one] = taken;
  return one === undefined ? ['known'] : [one.became, ...(one.code ? [one.code] : [])];
}

const aside = (code: string): readonly string[] => ['quarantined', code];
const notTaken = (code: string): readonly string[] => ['not taken', code];
const reference = (offset = 0): string => String(batch.firstReference + offset).padStart(10, '0');
const standing = async (): Promise<string | undefined> => {
  const { cards } = await box.cardAnswers.standing(batch.id, batch.cards);
  return cards.rest;
};
const compressed = (packets: Uint8Array): Uint8Array =>
  packet(8, Buffer.concat([Uint8Array.of(1), deflateRawSync(packets)]));

/** What this process took so far. */
function costNow(): { cpuSeconds: number; peakMib: number } {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMib: maxRSS / 1024 };
}

describe('table P', () => {
  it('has each of its rows once, here or where it says', () => {
    const here = readFileSync(import.meta.filename, 'utf8');
    const rows = [...here.matchAll(/'(P-\d\d): /g)].map(([, row]) => row);
    const all = Array.from({ length: 12 }, (_, at) => `P-${String(at + 1).padStart(2, '0')}`);
    expect(rows.sort()).toEqual(all);
  });

  it.each(Object.entries(elsewhere))('%s', (_row, [file, title]) => {
    expect(readFileSync(file, 'utf8')).toContain(`it('${title}'`);
  });

  it('P-01: good, signed, bound: taken in', async () => {
    expect(await became(await signed(answer()))).toEqual(['collected']);
    expect(await standing()).toBe('accepted');
  });

  it('P-02: an exact replay, and the same content encrypted anew: known, and counted once', async () => {
    // Signed in the same second: whoever says the same later says it again, and that is kept.
    const then = ['--faked-system-time', `${gpgTime(new Date(Date.now() - 60_000))}!`];
    const first = await signed(answer(), signers.psp, then);
    expect(await became(first)).toEqual(['collected']);
    expect(await became(first)).toEqual(['known']);
    expect(await became(await signed(answer(), signers.psp, then))).toEqual(['repeated']);
    expect((await box.cardAnswers.list()).length).toBe(1);
  });

  it('P-03: for another handoff, another recipient, an unknown batch: aside, with an alarm', async () => {
    const others: readonly Partial<BatchRow>[] = [{ handoff: 'h-other' }, { id: 'b-other' }];
    for (const of of others) {
      expect(await became(await signed(answer('accepted', [], of)))).toEqual(
        aside('response-of-other'),
      );
    }
    expect(await became(await signed(answer()), visitorOf('amex'))).toEqual(
      aside('response-of-other'),
    );
    const [, told] = (await workspaceStatus(box)).arrivals.aside;
    expect(told).toMatchObject({ recipient: 'psp', files: 2, codes: ['response-of-other'] });
  });

  it('P-04: signed by another known key, an unknown one, an expired one, by nobody: aside', async () => {
    expect(await became(await signed(answer(), signers.amex))).toEqual(
      aside('source-signer-unknown'),
    );
    expect(await became(await signed(answer(), signers.stranger))).toEqual(
      aside('source-signer-unknown'),
    );
    expect(await became(await home.encrypt(answer(), [ourKey.fingerprint]))).toEqual(
      aside('source-unsigned'),
    );
    pin('expired');
    const past = ['--faked-system-time', gpgTime(new Date(Date.now() - 9.5 * DAY_MS))];
    expect(await became(await signed(answer(), signers.expired, past))).toEqual(
      aside('source-signer-unknown'),
    );
    expect(await standing()).toBeUndefined();
    // It is for the certificate that is pinned, and for nothing else.
    pin('stranger');
    expect(await became(await signed(answer(), signers.stranger))).toEqual(['collected']);
  });

  it('P-05: encrypted to another key, or with a passphrase: not let in at all', async () => {
    const other = await home.encrypt(answer(), [signers.psp], signers.psp);
    expect(await became(other)).toEqual(notTaken('source-not-for-us'));
    const symmetric = ['--trust-model', 'always', '--symmetric'];
    const to = ['--recipient', ourKey.fingerprint, '--encrypt', '--sign', '-u', signers.psp];
    const { output } = await home.do([...symmetric, ...to], answer(), 'a secret of theirs');
    expect(await became(output)).toEqual(notTaken('source-encryption-unsupported'));
    // Otherwise than the table has it, one that its sender can read as well is taken: gpg does that by default for many,
    // and who else may read what they say is theirs to decide.
    const both = await home.encrypt(answer(), [ourKey.fingerprint, signers.psp], signers.psp);
    expect(await became(both)).toEqual(['collected']);
  });

  it('P-06: cut, flipped, extra packets, two literals, nested, clear-signed, armored: none is taken', async () => {
    const good = await signed(answer());
    const inner = literal(answer());
    const sealed = (packets: Uint8Array): Promise<Uint8Array> =>
      encryptedPackets(packets, ourKey.certificate);
    expect(await became(good.subarray(0, -1))).toEqual(notTaken('source-truncated'));
    expect(await became(good.with(good.length - 30, good.at(-30)! ^ 1))).toEqual(
      aside('source-altered'),
    );
    expect(await became(new Uint8Array(Buffer.concat([good, inner])))).toEqual(
      notTaken('source-malformed'),
    );
    const two = await sealed(new Uint8Array(Buffer.concat([inner, literal(bytesOf('more'))])));
    expect((await became(two))[0]).toBe('quarantined');
    expect((await became(await sealed(good)))[0]).toBe('quarantined');
    const clearSigned = await home.do(['-u', signers.psp, '--clear-sign'], answer());
    expect(await became(clearSigned.output)).toEqual(notTaken('source-not-openpgp'));
    expect(await became(await signed(answer(), signers.psp, ['--armor']))).toEqual(
      notTaken('source-not-openpgp'),
    );
    expect(await standing()).toBeUndefined();
  });

  it('P-07: a bomb, thousands of layers, a passphrase that costs a terabyte: refused before they cost anything', async () => {
    const zeros = ['--compress-algo', 'zlib', '-z', '9'];
    const bomb = await signed(new Uint8Array(100 * MIB), signers.psp, zeros);
    expect(bomb.length).toBeLessThan(MIB);
    const before = costNow();
    expect(await became(bomb)).toEqual(aside('response-too-large'));
    expect(inflated).toBeGreaterThan(ANSWER_BYTES_MAX);
    expect(inflated).toBeLessThan(ANSWER_BYTES_MAX + 2 * MIB);
    inflated = 0;
    let layers = literal(answer());
    for (let depth = 0; depth < 2_000; depth += 1) layers = compressed(layers);
    const nested = await encryptedPackets(layers, ourKey.certificate);
    expect((await became(nested))[0]).toBe('quarantined');
    // RFC 9580 §3.7.1.4: Argon2 with as much memory as the field can say. What stands in front is not even read.
    const argon2 = packet(3, Uint8Array.of(4, 9, 4, ...new Uint8Array(16), 1, 4, 31));
    const costly = new Uint8Array(Buffer.concat([argon2, await signed(answer())]));
    expect(await became(costly)).toEqual(notTaken('source-encryption-unsupported'));
    expect(inflated).toBe(0);
    const after = costNow();
    expect(after.cpuSeconds - before.cpuSeconds).toBeLessThan(COST_SECONDS);
    expect(after.peakMib - before.peakMib).toBeLessThan(COST_MIB);
  });

  it('P-08: more or fewer records than it says, cards that were not sent, one card twice: aside', async () => {
    const row = `${reference()},closed-account`;
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['response-count-differs', bytesOf(textOf(answer('none', [row])).replace('T,1', 'T,2'))],
      ['response-contradicts', answer('none', [`${reference(batch.cards)},closed-account`])],
      ['response-contradicts', answer('none', [row, `${reference()},monitoring`])],
    ];
    for (const [code, clear] of cases) {
      expect(await became(await signed(clear))).toEqual(aside(code));
    }
    expect(await standing()).toBeUndefined();
  });

  it('P-09: a whole card number: aside, sealed as it came, and nowhere else', async () => {
    const [number] = someCards(seededRandom(5), 1) as [string];
    const sealed = await signed(bytesOf(textOf(answer('none', [`${reference()},${number}`]))));
    expect(await became(sealed)).toEqual(aside('response-holds-card'));
    const [arrival] = await box.arrivals.inState('quarantined');
    expect(arrival).toMatchObject({ batch: batch.id, code: 'response-holds-card' });
    const kept = readFileSync(box.arrivalFiles.pathOf(arrival!.id));
    expect(new Uint8Array(kept)).toEqual(sealed);
    for (const file of [box.store.path, `${box.store.path}-wal`]) {
      expect(readFileSync(file, 'latin1').includes(number), file).toBe(false);
    }
    expect(JSON.stringify(await box.store.leaves())).not.toContain(number);
  });

  it('P-10: before we know that it is there: it closes it, as proof of delivery', async () => {
    await box.store.db
      .updateTable('batch')
      .set({ state: 'presumed' })
      .where('id', '=', batch.id)
      .execute();
    expect(await became(await signed(answer()))).toEqual(['collected']);
    expect(await standing()).toBe('accepted');
    expect(await box.batch()).toMatchObject({ state: 'stored', evidence: { by: 'answer' } });
    const proved = (await box.store.leaves()).find(({ act }) => act === 'delivery-proved');
    const [answered] = await box.cardAnswers.list();
    expect(proved?.data).toMatchObject({ batch: batch.id, answer: answered!.sha256 });
  });

  it('closes what was fetched in part as well, also after its offer ended', async () => {
    const inParts = (): Promise<unknown> => box.batch().then(({ state }) => state);
    expect(await inParts()).toBe('partly-read');
    box.store.nowMs += 9 * DAY_MS;
    await offerRound(box).run(new AbortController().signal);
    expect(await inParts()).toBe('expired');
    expect(await became(await signed(answer()))).toEqual(['collected']);
    expect(await box.batch()).toMatchObject({ state: 'read', evidence: { by: 'answer' } });
  });

  it('leaves alone what nobody had opened before its offer ended', async () => {
    const unopened = { state: 'expired', evidence: '{}' } as const;
    await box.store.db.updateTable('batch').set(unopened).execute();
    expect(await became(await signed(answer()))).toEqual(aside('response-of-other'));
    expect((await box.batch()).state).toBe('expired');
  });

  it('P-11: no, and then yes: the first stands, the second lies aside', async () => {
    const no = answer('none', [`${reference()},closed-account`]);
    expect(await became(await signed(no))).toEqual(['collected']);
    expect(await became(await signed(answer('accepted')))).toEqual(aside('response-takes-back'));
    expect((await box.cardAnswers.list()).length).toBe(1);
    expect(await box.arrivals.inState('quarantined')).toHaveLength(1);
  });
});

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
