import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { digestOf } from '../../src/domain/handoff/plan.ts';
import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { nonceIn, openSealed } from '../support/sealed-text.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { incidentToml, recipientOfBrand } from '../support/shop-incident.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const numbers = someCards(seededRandom(4711), 60);

let kit: Kit;
let ours: string;
let handoff: string;
let psp: Document;
let amex: Document;
/** Of the file of psp. */
let nonce: string;

beforeAll(async () => {
  kit = await Kit.create({ mode: 'drill', opens: 'credential' });
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint).replaceAll(' ', '');
  await kit.openIncident(incident);
  const terms = ['--answer-format', 'line-codes', '--answer-within', '72'];
  await kit.done(['--as', 'officer-1', 'recipient', 'update', 'amex', ...terms]);
  const list = kit.put('list.csv', plainList(numbers));
  handoff = (await kit.done(kit.prepare(incident, [list]))).handoff;
  await kit.approve(handoff);
  const { batches } = await kit.done(kit.deliver(handoff));
  [psp, amex] = ['psp', 'amex'].map((id) =>
    batches.find(({ recipient }: Document) => recipient === id),
  ) as [Document, Document];
  const sealed = readFileSync(join(kit.sshd.directory, psp.file));
  nonce = nonceIn(await openSealed(kit.psp, sealed, ours));
});

afterAll(() => kit.dispose());

/** The record reference of the nth card of a batch, as the recipient reads it in the file. */
const firstOf = (batch: Document): number => {
  const plan = readFileSync(join(kit.workspace, 'data/handoffs', handoff, 'plan.json'), 'utf8');
  const { batches } = JSON.parse(plan) as { batches: Document[] };
  return Number(batches.find((one) => one.batch === batch.batch)!.firstReference);
};
const record = (batch: Document, place: number): string =>
  String(firstOf(batch) + place).padStart(10, '0');

interface Sayings {
  readonly rest?: string;
  readonly rows?: readonly (readonly [place: number, code: string])[];
  readonly batch?: string;
}

/** An answer of psp in our own format. */
function ownAnswer({ rest = 'none', rows = [], batch }: Sayings): string {
  const lines = rows.map(([place, code]) => `D,${record(psp, place)},${code}`);
  const head = `H,mimamori-card-answer,1,${handoff},${batch ?? psp.batch},${rest},${nonce}`;
  return `${[head, ...lines, `T,${rows.length}`].join('\r\n')}\r\n`;
}

const seal = (text: string, signer: Keyholder = kit.psp): Promise<Uint8Array> =>
  signer.gpg.encrypt(new TextEncoder().encode(text), [ours], signer.fingerprint);

let files = 0;
const importing = (
  content: Uint8Array | string,
  more: readonly string[] = [],
  batch: Document = psp,
): string[] => [
  ...[...kit.secret, '--as', 'officer-1', ...more, 'response', 'import'],
  ...[kit.put(`answer-${files++}.pgp`, content), '--batch', batch.batch],
];
const reason = ['--reason', 'said by phone as well'];
const standing = async (batch: Document = psp): Promise<Document> =>
  (await kit.done(['response', 'show', batch.batch])).cards;

/** Signed before every answer that is taken in. */
let older: Uint8Array;

describe('response import about cards', () => {
  it('refuses what is not the recipient’s answer to this batch, and keeps why', async () => {
    const good = ownAnswer({ rest: 'accepted' });
    const number = numbers[0]!;
    older = await seal(ownAnswer({ rows: [[4, 'monitoring']] }));
    const attempts: readonly (readonly [string, string[]])[] = [
      ['response-malformed', importing(good.replace('H,', 'X,'))],
      ['source-signer-unknown', importing(await seal(good, kit.amex))],
      ['response-of-other', importing(await seal(ownAnswer({ batch: amex.batch })))],
      ['response-holds-card', importing(await seal(good.replace('accepted', number)))],
    ];
    const codes: string[] = [];
    for (const [, command] of attempts) codes.push((await kit.refused(command)).code);
    expect(codes).toEqual(attempts.map(([code]) => code));
    const shown = await kit.done(['response', 'show', psp.batch]);
    expect(shown.refused.map(({ code }: Document) => code)).toEqual(codes);
    expect(shown.cards).toMatchObject({ answers: 0, unanswered: psp.cards });
    expect(JSON.stringify(shown)).not.toContain(number);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '4']);
    expect(entries.map(({ leaf }: Document) => leaf.act)).toContain('response-refused');
    expect(JSON.stringify(entries)).not.toContain(number);
  });

  it('takes a partial answer made with gpg, once, and shows it on the ladder', async () => {
    const sealed = await seal(
      ownAnswer({
        rest: 'accepted',
        rows: [
          [1, 'not-our-card'],
          [2, 'closed-account'],
        ],
      }),
    );
    const taken = await kit.done([...importing(sealed), '--answered-by', 'Sato, desk 2']);
    const accepted = psp.cards - 2;
    expect(taken).toMatchObject({ signed: true, rest: 'accepted', named: 2, changed: psp.cards });
    expect(taken.cards).toMatchObject({ accepted, returned: 2, monitoring: 0, unanswered: 0 });
    expect((await kit.refused(importing(sealed))).code).toBe('response-known');
    const { answeredCards } = await kit.done(['handoff', 'show', handoff]);
    const reasons = { 'not-our-card': 1, 'closed-account': 1 };
    expect(answeredCards[0]).toMatchObject({ batch: psp.batch, accepted, reasons });
    const { stdout } = await kit.run(['--lang', 'en', 'handoff', 'show', handoff]);
    const row = stdout.split('\n').find((line) => line.startsWith(psp.batch))!;
    expect(row).toMatch(new RegExp(`● +● +● +● +◐ ${accepted} +○`));
  });

  it('proposes another route for what is not their card', async () => {
    const { routes, named } = await kit.done(['response', 'show', psp.batch]);
    expect(routes).toMatchObject([{ cards: 1, recipients: ['amex'] }]);
    expect(named[0]).toMatchObject({ state: 'returned', reason: 'not-our-card' });
  });

  it('refuses an older answer, and one that takes back, until an officer accepts it', async () => {
    const watched = await seal(
      ownAnswer({
        rows: [
          [0, 'monitoring'],
          [3, 'monitoring'],
        ],
      }),
    );
    await kit.done(importing(watched));
    expect(await standing()).toMatchObject({ monitoring: 2, accepted: psp.cards - 4 });
    expect((await kit.refused(importing(older))).code).toBe('response-stale');
    const text = ownAnswer({
      rows: [
        [1, 'accepted'],
        [0, 'wrong-number'],
      ],
    });
    const corrected = await seal(text);
    expect(await kit.refused(importing(corrected))).toEqual({
      ...{ status: 65, code: 'response-takes-back' },
    });
    // Whoever accepts that the nonce is missing has not seen what else the answer says.
    const blind = await seal(text.replace(`,${nonce}`, ''));
    const bare = [...importing(blind), '--accept-nonce'];
    expect((await kit.refused(bare)).code).toBe('reason-required');
    const codes: unknown[] = [];
    for (const option of ['--accept-differing', '--accept-nonce']) {
      codes.push((await kit.refused([...importing(blind, reason), option])).code);
    }
    expect(codes).toEqual(['response-nonce-differs', 'response-takes-back']);
    const accept = [...importing(blind, reason), '--accept-nonce', '--accept-differing'];
    expect((await kit.done(accept)).contradicted).toBe(2);
    expect(await standing()).toMatchObject({ accepted: psp.cards - 3, monitoring: 1, returned: 2 });
    // What was taken in after all is settled, and so is what was known; not the same words in another file.
    const { refused } = await kit.done(['response', 'show', psp.batch]);
    const open = refused.filter(({ settled }: Document) => !settled);
    expect(open.map(({ code }: Document) => code)).toEqual([
      ...['response-malformed', 'source-signer-unknown', 'response-of-other'],
      ...['response-holds-card', 'response-stale', 'response-takes-back'],
    ]);
    const unsigned = [...importing(ownAnswer({ rows: [[0, 'accepted']] }), reason)];
    const options = ['--accept-unsigned', '--accept-differing'];
    expect((await kit.refused([...unsigned, ...options])).code).toBe('response-over-signed');
  });

  it('reads another format, and says by when the answer of its recipient is due', async () => {
    const { stdout } = await kit.run(['--lang', 'en', 'handoff', 'show', handoff]);
    expect(stdout).toMatch(new RegExp(`${amex.batch} +Answer: nothing was answered yet · due 20`));
    expect(await standing(amex)).toMatchObject({ overdue: false, unanswered: amex.cards });
    const lines = [`R,${record(amex, 0)},20,`, `R,${record(amex, 1)},10,`];
    const of = (mode: string): string =>
      `${[`H,${mode},${handoff},${amex.batch},20261122`, ...lines, 'N,2'].join('\n')}\n`;
    const test = importing(await seal(of('LIVE'), kit.amex), [], amex);
    expect((await kit.refused(test)).code).toBe('response-of-other');
    const taken = await kit.done(importing(await seal(of('TEST'), kit.amex), [], amex));
    expect(taken.format).toBe('line-codes');
    expect(taken.cards).toMatchObject({ accepted: amex.cards - 2, monitoring: 1, returned: 1 });
  });

  it('reads fixed records, a receipt of one line, and a layout of the workspace', async () => {
    const writes = async (format: string): Promise<void> => {
      const update = ['recipient', 'update', 'amex', '--answer-format', format];
      await kit.done(['--as', 'officer-1', ...update]);
    };
    const sealed = async (text: string): Promise<string[]> =>
      importing(await seal(text, kit.amex), [], amex);
    const line = (text: string): string => `${text.padEnd(120)}\r\n`;
    await writes('result-codes-120');
    const head = `1TEST20261122${String(amex.batch).padEnd(40)}${handoff}`;
    const fixed = [head, `2${record(amex, 2)} 10`, '80000000001', '9'].map(line).join('');
    const taken = await kit.done(await sealed(fixed));
    expect(taken).toMatchObject({ format: 'result-codes-120', cards: { monitoring: 2 } });
    const echoed = fixed.replace(`2${record(amex, 2)}`, `2${numbers[0]!}`);
    expect((await kit.refused(await sealed(echoed))).code).toBe('response-holds-card');
    await writes('one-line-receipt');
    const receipt = ['RECEIVED', 'TEST', amex.file, amex.sha256, amex.cards].join(',');
    expect(await kit.done(await sealed(`${receipt}\n`))).toMatchObject({ changed: 0, named: 0 });
    const short = receipt.replace(/\d+$/, '1');
    expect((await kit.refused(await sealed(`${short}\n`))).code).toBe('response-count-differs');
    const own = readFileSync('config/answers/line-codes.toml', 'utf8')
      .replace('"line-codes"', '"of-amex"')
      .replace('10 =', 'WATCHED =');
    writeFileSync(join(kit.workspace, 'config/answers/of-amex.toml'), own);
    await writes('of-amex');
    const watched = `H,TEST,${handoff},${amex.batch},x\nR,${record(amex, 3)},WATCHED,\nN,1\n`;
    const took = [...(await sealed(watched)), '--accept-differing', ...reason];
    expect((await kit.done(took)).format).toBe('of-amex');
    const nobody = ['recipient', 'update', 'amex', '--answer-format', 'nobodys'];
    expect((await kit.refused(['--as', 'officer-1', ...nobody])).code).toBe('profile-unknown');
    await writes('numbered-line-codes');
    const numbered = async (number: number): Promise<string[]> => {
      const text = `H,TEST,${handoff},${amex.batch},${number},x\nN,0,1\n`;
      return [...(await sealed(text)), '--accept-differing', ...reason];
    };
    await kit.done(await numbered(5));
    await kit.done(await numbered(8));
    const gap = { recipient: 'amex', missing: [{ from: 6, to: 7 }] };
    expect((await kit.done(['response', 'list'])).numberGaps).toEqual([gap]);
    expect((await kit.run(['--lang', 'en', 'status'])).stdout).toContain(
      'numbers 6–7 did not come',
    );
    const from = (number: string): string[] => [
      ...['--as', 'officer-1', 'recipient', 'update', 'amex', '--answers-counted-from', number],
    ];
    expect((await kit.refused(from('1000000'))).code).toBe('usage');
    const counted = await kit.run([...from('7'), '--lang', 'en']);
    expect(counted.stdout).toContain('counted from 7');
    const { numberGaps } = await kit.done(['response', 'list']);
    expect(numberGaps).toEqual([{ recipient: 'amex', missing: [{ from: 7, to: 7 }] }]);
    await kit.done(from('none'));
    expect((await kit.done(['response', 'list'])).numberGaps).toEqual([gap]);
    await writes('all-and-rejected');
    const part = (name: string, rows: string): string =>
      `H,${name},TEST,${handoff},${amex.batch}\n${rows}N,${rows === '' ? 0 : 1}\n`;
    const back = `R,${record(amex, 4)},22\n`;
    const all = [...(await sealed(part('ALL', back))), '--accept-differing', ...reason];
    expect((await kit.done(all)).cards).toMatchObject({ returned: 1, unpaired: 'all' });
    const differs = await kit.refused(await sealed(part('REJECTED', '')));
    expect(differs.code).toBe('response-pair-differs');
    const both = await kit.done(await sealed(part('REJECTED', back)));
    expect(both.cards).not.toHaveProperty('unpaired');
    await writes('line-codes');
  });

  it('settles what is open with a reason, and counts what comes later', async () => {
    const settle = ['--as', 'officer-1', 'response', 'settle', psp.batch];
    expect((await kit.refused(settle)).code).toBe('reason-required');
    const why = ['--reason', 'both cards go to another recipient'];
    const { cards } = await kit.done([...why, ...settle]);
    expect(cards.open).toEqual({ unanswered: 0, returned: 0, refused: 0 });
    expect(cards.settled).toMatchObject({ returned: 2, officer: 'officer-1' });
    expect((await kit.refused([...why, ...settle])).code).toBe('response-complete');
    const again = await seal(ownAnswer({ rows: [[5, 'other']] }));
    await kit.done([...importing(again, reason), '--accept-differing']);
    expect((await standing()).open).toMatchObject({ returned: 1, refused: 0 });
    const { entries } = await kit.done(['audit', 'tail', '--entries', '10']);
    expect(JSON.stringify(entries.map(({ leaf }: Document) => leaf))).not.toContain('another');
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });

  it.each(['en', 'ja'])('shows all of it on its screens: %s', async (language) => {
    const commands = [
      ['response', 'list'],
      ['response', 'show', psp.batch],
      ['handoff', 'show', handoff],
      ['recipient', 'show', 'amex'],
    ];
    const printed: string[] = [];
    for (const command of commands) {
      printed.push((await kit.run(['--lang', language, ...command])).stdout);
    }
    const told = printed.join('\n');
    if (process.env['SHOW']) console.log(told);
    expect(told).toContain(language === 'en' ? 'within 72 h' : '72時間以内');
    expect(told).toContain(language === 'en' ? 'account closed' : '解約済み');
    expect(told.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
  });
});

describe('waiver', () => {
  const by = ['--by', '=Sato, desk 2', '--channel', 'mail'];
  const waiver = (act: string, ...more: readonly string[]): string[] => [
    ...['--as', 'officer-1', 'waiver', act, incident, ...more],
  ];
  const rowsOf = async (): Promise<Document[]> =>
    (await kit.done(['waiver', 'show', incident])).waivers;

  it('takes what a card company answered, step by step, and blank what it did not name', async () => {
    const [first] = await rowsOf();
    expect(first!.state).toBe('not-requested');
    await kit.done(waiver('request', '--recipient', 'psp', ...by));
    const asked = (await rowsOf()).filter(({ recipient }) => recipient === 'psp');
    expect(asked.map(({ state, waitingDays }) => [state, waitingDays])).toEqual(
      asked.map(() => ['requested', 0]),
    );
    const [{ issuer }] = asked as [Document];
    const terms = ['--fee-by', 'merchant', '--unit-price', '1100', '--currency', 'JPY'];
    const answer = ['--issuer', issuer, '--state', 'granted-with-terms', ...terms, ...by];
    await kit.done(waiver('record', ...answer, '--until', '2027-03-31', '--reissued', 'asked'));
    const own = (await rowsOf()).find((row) => row.issuer === issuer)!;
    expect(own).toMatchObject({
      ...{ state: 'granted-with-terms', feeBy: 'merchant', unitPrice: 1100, currency: 'JPY' },
      ...{ reissued: 'asked', validUntil: '2027-03-31', from: 'issuer' },
      source: { kind: 'persons-word', channel: 'mail', officer: 'officer-1' },
    });
    expect(own).not.toHaveProperty('cap');
    expect(own).not.toHaveProperty('waitingDays');
  });

  it('refuses steps that there are not, and amounts without a currency', async () => {
    const amex = ['--recipient', 'amex', ...by];
    const codes: string[] = [];
    for (const more of [
      ['--state', 'disputed', ...amex],
      ['--state', 'closed', ...amex],
      ['--state', 'granted', '--cap', '500', ...amex],
      ['--state', 'requested', '--terms', 'none', ...amex],
    ]) {
      codes.push((await kit.refused(waiver('record', ...more))).code);
    }
    expect(codes).toEqual(['waiver-step', 'waiver-step', 'usage', 'usage']);
  });

  it('writes a table that no spreadsheet computes, and leaves no name in the log', async () => {
    const output = join(kit.desk.home, 'waivers.csv');
    const report = ['waiver', 'report', incident, '--output', output];
    const { file, waivers } = await kit.done(report);
    const text = readFileSync(output, 'utf8');
    expect(text.split('\r\n')).toHaveLength(waivers.length + 2);
    expect(text).toContain(`"'=Sato, desk 2"`);
    expect(file.bytes).toBe(Buffer.byteLength(text));
    expect((await kit.refused(report)).code).toBe('file-exists');
    expect(existsSync(output)).toBe(true);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '4']);
    const leaves = JSON.stringify(entries.map(({ leaf }: Document) => leaf));
    expect(leaves).toContain('granted-with-terms');
    expect(leaves).not.toContain('Sato');
    for (const language of ['en', 'ja']) {
      const { stdout } = await kit.run(['--lang', language, 'waiver', 'show', incident]);
      expect(stdout.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
      expect(stdout).toContain(language === 'en' ? 'granted with terms' : '条件付き免除');
      expect(stdout).toContain('1,100');
    }
  });
});

describe('waiver letter for a recipient', () => {
  const letter = (folder: string, ...more: readonly string[]): string[] => [
    ...[...kit.secret, '--as', 'officer-1', 'waiver', 'letter', incident, ...more],
    ...['--output', join(kit.desk.home, folder)],
  ];
  const own = async (): Promise<string> => {
    const { waivers } = await kit.done(['waiver', 'show', incident]);
    return waivers.find(({ recipient }: Document) => recipient === 'psp').issuer || 'unknown';
  };

  it('is signed by us and opens at theirs alone, file by file, with gpg', async () => {
    const issuer = await own();
    const made = await kit.done(letter('sealed', '--issuer', issuer, '--recipient', 'psp'));
    const certificate = kit.psp.fingerprint;
    expect(made.sealed).toMatchObject({ recipient: 'psp', certificate });
    expect(made.blanks).toEqual(['requested_terms']);
    const folder = join(kit.desk.home, 'sealed');
    const names = made.sealed.contents.map(({ name }: Document) => `${name}.pgp`);
    expect(readdirSync(folder).sort()).toEqual(names.toSorted());
    for (const [place, { name, bytes, sha256 }] of made.files.entries()) {
      const file = new Uint8Array(readFileSync(join(folder, name)));
      expect([name, file.length, digestOf(file)]).toEqual([names[place], bytes, sha256]);
      const { output, status } = await kit.psp.gpg.decrypt(file);
      expect(status.join(' ')).toMatch(new RegExp(`VALIDSIG .*${ours}`));
      const inside = made.sealed.contents[place];
      expect([output.length, digestOf(output)]).toEqual([inside.bytes, inside.sha256]);
      expect((await kit.amex.gpg.decrypt(file)).exitStatus).not.toBe(0);
    }
    const [{ leaf, texts }] = (await kit.done(['audit', 'tail', '--entries', '1'])).entries;
    expect(leaf.data).toMatchObject({ recipient: 'psp', certificate, cards: made.cards });
    const bound = [...made.files, ...made.sealed.contents].map(({ sha256 }: Document) => sha256);
    expect(texts.files).toMatch(new RegExp(`^${bound.join(' ')} [0-9a-f]{32}$`));
  });

  it.each([
    ['en', 'onlypspcanopenit'],
    ['ja', 'pspだけが開けるように'],
  ])('says for whom it was sealed, in %s', async (language, words) => {
    const to = ['--issuer', await own(), '--recipient', 'psp'];
    const { stdout } = await kit.run(['--lang', language, ...letter(`to-${language}`, ...to)]);
    expect(stdout.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS)).toEqual([]);
    const text = stdout.replaceAll(/\s/g, '');
    expect([text.includes(words), text.includes(kit.psp.fingerprint)]).toEqual([true, true]);
  });

  it('leaves nothing where it is for nobody known, or the key does not open', async () => {
    const of = ['--issuer', await own(), '--recipient'];
    expect(await kit.refused(letter('none', ...of, 'nobody'))).toEqual({
      ...{ status: 64, code: 'config-id-unknown' },
    });
    const wrong = ['--passphrase-file', kit.put('wrong', 'another passphrase\n')];
    const closed = letter('none', ...of, 'psp').slice(kit.secret.length);
    expect((await kit.refused([...wrong, ...closed])).code).toBe('passphrase-wrong');
    expect(readdirSync(kit.desk.home).filter((name) => name.includes('none'))).toEqual([]);
  });
});

describe('response collect', () => {
  it('fetches out of a directory of the recipient, and puts aside what another signed', async () => {
    const directory = join(kit.sshd.directory, '..', 'answers');
    mkdirSync(directory);
    // Hours that it is not now, also if midnight comes: an officer collects at any time.
    const elsewhen = new Date().getUTCHours() < 12 ? '20:00-21:00' : '05:00-06:00';
    const hours = ['--answers-hours', elsewhen, '--answers-time-zone', 'UTC'];
    const from = ['recipient', 'update', 'psp', '--answers-from', directory, ...hours];
    await kit.done(['--as', 'officer-1', ...from]);
    writeFileSync(join(directory, 'theirs.pgp'), await seal(ownAnswer({}), kit.amex));
    writeFileSync(join(directory, 'clear.csv'), ownAnswer({}));
    const collect = [...kit.secret, '--as', 'officer-1', 'response', 'collect'];
    const { taken } = await kit.done(collect);
    expect(taken).toMatchObject([{ recipient: 'psp', code: 'source-signer-unknown' }]);
    expect(readdirSync(directory)).toEqual(['clear.csv']);
    const listed = await kit.done(['response', 'list']);
    expect(listed.quarantined).toMatchObject([{ id: taken[0].id, way: 'directory' }]);
    expect(listed.notTaken).toMatchObject([{ name: 'clear.csv', code: 'source-not-openpgp' }]);
    const settle = ['--as', 'officer-1', '--reason', 'not theirs', 'response', 'settle'];
    expect(await kit.done([...settle, taken[0].id])).toMatchObject({ removed: true });
    expect(await kit.done([...settle, listed.notTaken[0].id])).toMatchObject({ removed: false });
    const outsideHours = [{ recipient: 'psp', nextAt: expect.stringContaining('T') as string }];
    const nothing = { taken: [], waiting: [], outsideHours };
    expect(await kit.done(collect)).toEqual(nothing);
    const { arrivals, serve } = await kit.done(['status']);
    expect(arrivals).toEqual({ waiting: 0, sources: [], aside: [] });
    expect(serve.fetches).toEqual(outsideHours);
    expect(serve.fetches[0].nextAt.slice(11, 16)).toBe(elsewhen.slice(0, 5));
    const { stdout } = await kit.run(['--lang', 'en', ...collect]);
    expect(stdout).toContain('looked into outside their hours, because you asked');
    const always = ['recipient', 'update', 'psp', '--answers-hours', 'none'];
    await kit.done(['--as', 'officer-1', ...always]);
    expect(await kit.done(collect)).toEqual({ ...nothing, outsideHours: [] });
    // One document says what was taken in and why the rest could not be.
    rmSync(directory, { recursive: true });
    const { status, document } = await kit.json(collect);
    expect([status, document]).toEqual([
      69,
      {
        ...nothing,
        outsideHours: [],
        error: expect.objectContaining({ code: 'remote-directory-missing' }) as object,
      },
    ]);
  });
});

describe('a card that is not theirs', () => {
  it('comes to another recipient with the next list, once its route is added', async () => {
    const stray = await seal(ownAnswer({ rows: [[7, 'not-our-card']] }));
    await kit.done([...importing(stray, reason), '--accept-differing']);
    const [{ brand, cards, recipients }] = (await kit.done(['response', 'show', psp.batch])).routes;
    expect([cards, recipients]).toEqual([1, ['amex']]);
    const { stdout } = await kit.run(['--lang', 'en', 'response', 'show', psp.batch]);
    expect(stdout).toMatch(new RegExp(`brand = "${brand}"\\n +recipient = "amex"`));
    const amendedToml = incidentToml(incident, { ...recipientOfBrand, [brand]: 'amex' });
    const amended = kit.put('amended.toml', amendedToml);
    const why = ['--reason', 'psp does not serve this brand'];
    const amend = ['--as', 'officer-1', ...why, 'incident', 'amend', incident, amended];
    await kit.done(amend);
    const list = kit.put('list-again.csv', plainList(numbers));
    const next = await kit.done(kit.prepare(incident, [list]));
    const moved = next.batches.filter((batch: Document) => batch.recipient === 'amex');
    expect(moved).toHaveLength(1);
    expect(next.batches.some((batch: Document) => batch.recipient === 'psp')).toBe(false);
    // Every card of this list is of that brand, and psp has had each of them.
    expect(moved[0].cards).toBe(psp.cards);
  });
});
