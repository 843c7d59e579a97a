import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { canaryForms } from '../support/canary-forms.ts';
import { CanaryIndex } from '../support/canary-index.ts';
import type { CanarySighting } from '../support/canary-index.ts';
import type { Document } from '../support/cli.ts';
import { encodeCp932 } from '../support/cp932.ts';
import { heldAtEnd } from '../support/held-at-end.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { shopExport, shopIncident, shopRows, shopSpec } from '../support/reference-shop.ts';
import { nonceIn, openSealed } from '../support/sealed-text.ts';
import { cardDigits, seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

const COUNT = 10_000;
const canaries = someCards(seededRandom(10_000), 2 * COUNT)
  .filter((digits) => !isPlain(digits))
  .slice(0, COUNT);
const index = new CanaryIndex(canaries);
const incident = 'shop-a-2020';

/** The whole number as a careless program would have written it, by the names of `canaryForms`. */
const written: Readonly<Record<string, (digits: string) => Uint8Array | string>> = {
  ascii: (digits) => `{"pan":"${digits}"}`,
  'utf-16le': (digits) => Buffer.from(digits, 'utf16le'),
  'utf-16be': (digits) => Buffer.from(digits, 'utf16le').swap16(),
  spaced: (digits) => digits.match(/.{1,4}/g)!.join(' '),
  dashed: (digits) => digits.match(/.{1,4}/g)!.join('-'),
  'no-break spaces': (digits) => digits.match(/.{1,4}/g)!.join('\u00a0'),
  'full-width UTF-8': wide,
  'full-width UTF-16': (digits) => Buffer.from(wide(digits), 'utf16le'),
  'full-width Shift_JIS': (digits) => encodeCp932(wide(digits)),
  hexadecimal: (digits) => Buffer.from(digits).toString('hex'),
  'spaced hexadecimal': (digits) => Buffer.from(digits).toString('hex').match(/../g)!.join(' '),
  'packed BCD': (digits) => Buffer.from(digits.padEnd(16, 'f'), 'hex'),
  'digit values': (digits) => Uint8Array.from(digits, Number),
  'list of digits': (digits) => JSON.stringify(Array.from(digits, Number)),
  'list of codes': (digits) => JSON.stringify([...Buffer.from(digits)]),
  integer: (digits) => new Uint8Array(new BigUint64Array([BigInt(digits)]).buffer),
  double: (digits) => new Uint8Array(new Float64Array([Number(digits)]).buffer),
  base64: (digits) => Buffer.from(`xy${digits};`).toString('base64url'),
  'percent-encoded': (digits) => Array.from(digits, (digit) => `%3${digit}`).join(''),
  reversed: (digits) => Array.from(digits).reverse().join(''),
  scientific: (digits) => Number(digits).toExponential(),
  'two halves': (digits) => JSON.stringify([digits.slice(0, -8), digits.slice(-8)]),
};

describe('CanaryIndex', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mm-index-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const noise = Uint8Array.from({ length: 500 }, (_, at) => (at * 193) % 251);
  const among = (content: Uint8Array | string): Buffer =>
    Buffer.concat([noise, Buffer.from(content), noise]);
  const formsOf = (seen: readonly CanarySighting[], canary: number): string[] =>
    seen.filter((each) => each.canary === canary).map(({ form }) => form);

  it('plants a number in every form it looks for', () => {
    expect(Object.keys(written).sort()).toEqual(Object.keys(canaryForms).sort());
    expect(canaries).toHaveLength(COUNT);
  });

  it.each(Object.keys(written))('finds any of ten thousand numbers in a file: %s', (form) => {
    for (const canary of [0, 3, 4_711, COUNT - 1]) {
      const path = join(folder, 'planted');
      writeFileSync(path, among(written[form]!(canaries[canary]!)));
      expect(formsOf(index.inFolder(folder), canary)).toContain(form);
      rmSync(path);
    }
  });

  it('finds base64 at any offset, what was rounded, cut or compressed, and names of files', () => {
    const [digits, canary] = [canaries[77]!, 77];
    const base64 = ['', 'y', 'yz'].map((before) =>
      Buffer.from(`${before}${digits};`).toString('base64'),
    );
    for (const text of [
      ...base64,
      `${digits.slice(0, -1)}0`,
      digits.slice(2),
      digits.slice(0, -2),
    ]) {
      expect(formsOf(index.inText(text, ''), canary)).not.toEqual([]);
    }
    writeFileSync(join(folder, 'a.gz'), gzipSync(digits));
    writeFileSync(join(folder, digits), '');
    const places = (): string[] => [...new Set(index.inFolder(folder).map(({ place }) => place))];
    expect(places().toSorted()).toEqual([
      `inside ${join(folder, 'a.gz')}`,
      `name of ${join(folder, digits)}`,
    ]);
    execFileSync('python3', [
      ...[
        '-c',
        'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1],"w",8); z.writestr("x",sys.argv[2])',
      ],
      ...[join(folder, 'a.zip'), digits],
    ]);
    expect(places()).toContain(`inside ${join(folder, 'a.zip')}`);
  });

  it('finds one in the memory of a process in every form, and as a text of the program', async () => {
    // Handed over inverted, so that nothing but what it makes of them is found; a search makes a text whole in memory.
    const script = `
      const lines = require('node:fs').readFileSync(0, 'latin1').split('\\n');
      const held = lines.map((line) => Buffer.from(line, 'hex').map((byte) => ~byte));
      const texts = [held[0].toString() + ':', held[0].toString() + '\\u3042'];
      for (const text of texts) /no/.test(text);
      held.shift();
      process.stdout.write('ready');
      setInterval(() => held.length + texts.length, 1000);`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const inverted = (content: Uint8Array | string): string =>
      Buffer.from(Buffer.from(content).map((byte) => ~byte)).toString('hex');
    const forms = Object.values(written).map((write) => among(write(canaries[5]!)));
    try {
      child.stdin.end([canaries[6]!, ...forms].map(inverted).join('\n'));
      await once(child.stdout, 'data');
      const { sightings } = index.inMemory(child.pid!);
      const found = [...new Set(formsOf(sightings, 5))].toSorted();
      expect(found).toEqual(Object.keys(canaryForms).toSorted());
      expect(formsOf(sightings, 6)).toEqual(expect.arrayContaining(['ascii', 'utf-16le']));
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  });

  it('finds nothing in noise, in other numbers and in truncated ones', () => {
    const rng = seededRandom(10_001);
    const others = Array.from({ length: 2_000 }, () => cardDigits(rng, { prefix: '51' }).join(''));
    const truncated = canaries.map((each) => `${each.slice(0, 6)}******${each.slice(-4)}`);
    expect(index.inBytes(among([...others, ...truncated].join('\n')), '')).toEqual([]);
  });

  it('takes ten digits of a number in hexadecimal or in addresses for chance, and twelve for none', () => {
    const part = canaries[9_206]!.slice(3, 13);
    const formsIn = (text: string): string[] => formsOf(index.inText(text, ''), 9_206);
    for (const text of [`"4${part}0f2"`, `c0${part}"`, `7ff0-${part}00 rw-p`, ` ${part}0-91`]) {
      expect(formsIn(text), text).toEqual([]);
    }
    for (const text of [`token "${part}" is not`, `id=${part}`, `7${part}3`]) {
      expect(formsIn(text), text).toEqual(['ascii']);
    }
    expect(formsIn(`ab${canaries[9_206]!.slice(2, 14)}cd`)).toEqual(['ascii']);
    const turned = Array.from(canaries[9_206]!).reverse().join('');
    expect(formsIn(`ab${turned}cd`)).toEqual(['reversed']);
  });
});

describe('ten thousand card numbers', () => {
  let kit: Kit;
  let processor: Keyholder;
  let media: string;
  let ours: string;
  let handoff: string;
  let psp: Document;

  beforeAll(async () => {
    kit = await Kit.create({ mode: 'drill' });
    await kit.openIncident(incident);
    processor = await kit.keyholder('processor', 'gpg', { kind: 'ed25519' });
    await processor.gpg.importKey(readFileSync(join(kit.workspace, 'keys/openpgp.asc')));
    ours = String((await kit.done(['key', 'sheet'])).openpgp.fingerprint).replaceAll(' ', '');
    // What holds card numbers lies on a stick of its own, and nowhere else.
    media = join(kit.desk.root, 'stick');
    mkdirSync(media);
  });
  afterAll(() => kit.dispose());

  const asOfficer = ['--as', 'officer-1'];
  const onStick = (name: string, content: Uint8Array | string): string => {
    const path = join(media, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };

  const importing = (path: string, batch: string): string[] => [
    ...[...kit.secret, ...asOfficer, 'response', 'import', path, '--batch', batch],
  ];

  const callersCard = [
    '--as',
    'officer-1',
    '--reason',
    'a caller asks',
    'lookup',
    'card',
    '--stdin',
  ];

  /** Everything the program could have written to, and everything it printed. */
  function everywhere(): CanarySighting[] {
    const { workspace, anchor, amexFolder, sshd, desk } = kit;
    const folders = [workspace, anchor, amexFolder, sshd.directory];
    return [
      ...[...folders, desk.temporary, desk.folder, desk.home].flatMap((folder) =>
        index.inFolder(folder),
      ),
      ...index.inText(desk.printed.join('\n'), 'what was printed'),
    ];
  }

  /** Runs it to where it answers, and looks into the memory of the process that the person started. */
  async function lookedInto(args: readonly string[], input?: string): Promise<Document> {
    let read = 0;
    const seen: CanarySighting[] = [];
    const whole = ['--json', '--workspace', kit.workspace, ...kit.withKey(args)];
    const look = (pid: number): void => {
      const { bytes, sightings } = index.inMemory(pid);
      read = bytes;
      seen.push(...sightings);
    };
    const { stdout } = await heldAtEnd(kit.desk, whole, look, input);
    expect([...new Set(seen.map(({ form, canary }) => `${form} ${canary}`))]).toEqual([]);
    expect(read).toBeGreaterThan(30_000_000);
    kit.desk.printed.push(stdout);
    return JSON.parse(stdout);
  }

  it('leave nothing behind a prepare, neither on disk nor in the memory of the main process', async () => {
    const file = onStick('orders.csv', plainList(canaries));
    const prepared = await lookedInto(kit.prepare(incident, [file]));
    expect(prepared.cards).toBe(COUNT);
    ({ handoff } = prepared);
    await kit.approve(handoff);
    const { batches } = await kit.done(kit.deliver(handoff));
    psp = batches.find(({ recipient }: Document) => recipient === 'psp');
  });

  it('leave nothing behind an answer about each card, and one that is not taken', async () => {
    const plan = readFileSync(join(kit.workspace, 'data/handoffs', handoff, 'plan.json'), 'utf8');
    const { firstReference } = JSON.parse(plan).batches.find(
      ({ batch }: Document) => batch === psp.batch,
    );
    const list = readFileSync(join(kit.workspace, 'data/outbox', psp.file));
    const nonce = nonceIn(await openSealed(kit.psp, new Uint8Array(list), ours));
    const answer = async (name: string, place: (at: number) => number | string) => {
      const rows = Array.from({ length: psp.cards }, (_, at) => {
        const code = at % 2 === 0 ? 'monitoring' : 'accepted';
        return `D,${String(place(at)).padStart(10, '0')},${code}`;
      });
      const head = `H,mimamori-card-answer,1,${handoff},${psp.batch},none,${nonce}`;
      const text = [head, ...rows, `T,${rows.length}`, ''].join('\r\n');
      const sealed = await kit.psp.gpg.encrypt(Buffer.from(text), [ours], kit.psp.fingerprint);
      return lookedInto(importing(onStick(name, sealed), psp.batch));
    };
    const careless = await answer('careless.pgp', (at) => canaries[at]!);
    expect(careless.error.code).toBe('response-holds-card');
    const taken = await answer('cards.pgp', (at) => Number(firstReference) + at);
    expect(taken).toMatchObject({ signed: true, named: psp.cards, changed: psp.cards });
    await kit.done(['response', 'show', psp.batch]);
  });

  it('leave nothing behind a caller who gives one of them', async () => {
    for (const digits of [canaries[0]!, canaries[4_711]!]) {
      const spaced = digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
      const found = await lookedInto([...kit.secret, ...callersCard], `${spaced}\n`);
      expect(found.hits).toMatchObject([{ incident, lastFour: digits.slice(-4) }]);
    }
  });

  it('leave nothing behind what is looked up of them', async () => {
    await lookedInto(['handoff', 'review', handoff]);
    for (const act of ['show', 'findings', 'held', 'summary']) {
      await kit.run(['handoff', act, handoff]);
    }
  });

  it('leave nothing behind an answer about references that holds them, and one that is taken', async () => {
    const inbox = join(kit.sshd.directory, 'shop-b');
    mkdirSync(inbox, { mode: 0o700 });
    await kit.addRecipient('processor', processor, [
      ...[...kit.endpointOf(kit.sshd, inbox), '--profile', 'references'],
    ]);
    await kit.done([...asOfficer, 'incident', 'open', kit.put('shop-b.toml', shopIncident)]);
    writeFileSync(join(kit.workspace, 'config/sources/shop-b.toml'), shopSpec, { mode: 0o600 });
    const source = `${kit.put('orders-b.csv', shopExport(shopRows(15)))}=shop-b`;
    const prepared = await kit.done(kit.prepare('shop-b-2015', [source]));
    await kit.approve(prepared.handoff);
    const [batch] = (await kit.done(kit.deliver(prepared.handoff))).batches;
    const file = readFileSync(join(inbox, `test-${batch.batch}.pgp`));
    const clear = await openSealed(processor, new Uint8Array(file), ours);
    const records = clear.split('\r\n').flatMap((line) => {
      const [kind, record] = line.split(',');
      return kind === 'D' ? [record] : [];
    });
    const answer = (reason: (at: number) => string): Promise<Uint8Array> => {
      const lines = records.map((record, at) => `D,${record},not-found,,,,${reason(at)}`);
      const head = `H,mimamori-resolved-answer,1,${prepared.handoff},${batch.batch},${nonceIn(clear)}`;
      const text = [head, ...lines, `T,${lines.length}`, ''].join('\r\n');
      return processor.gpg.encrypt(Buffer.from(text), [ours], processor.fingerprint);
    };
    const full = onStick(
      'full.pgp',
      await answer((at) => canaries.slice(at * 8, at * 8 + 8).join(' ')),
    );
    expect((await lookedInto(importing(full, batch.batch))).error.code).toBe('response-holds-card');
    const good = onStick('good.pgp', await answer(() => 'cancelled'));
    expect(await lookedInto(importing(good, batch.batch))).toMatchObject({
      notFound: records.length,
    });
    await kit.run(['response', 'show', batch.batch]);
  });

  it('leave nothing in what is exported, and nothing behind a purge', async () => {
    const out = (name: string): string => join(kit.desk.home, name);
    const exporting = [...kit.secret, ...asOfficer];
    await kit.done([...exporting, 'incident', 'export', incident, out('kit')]);
    await kit.done([...exporting, 'audit', 'export', out('log')]);
    expect(everywhere()).toEqual([]);
    await kit.done([...asOfficer, 'purge', 'source', join(media, 'orders.csv')]);
    const closing = [...asOfficer, '--reason', 'over', 'incident', 'close', incident];
    await kit.done(closing);
    await kit.done([
      ...asOfficer,
      '--reason',
      'they sent it again',
      'response',
      'settle',
      psp.batch,
    ]);
    const purging = [...asOfficer, '--reason', 'over', 'purge', 'incident', incident, '--early'];
    expect((await lookedInto(purging)).error).toBeUndefined();
    expect((await lookedInto([...kit.secret, ...callersCard], `${canaries[0]!}\n`)).found).toBe(
      false,
    );
    await kit.done([...exporting, 'audit', 'export', out('log-after')]);
    expect(everywhere()).toEqual([]);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });
});

function wide(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

/** Memory is full of small numbers side by side, most of them zeros: a card that looks like them says nothing. */
function isPlain(digits: string): boolean {
  const middle = digits.slice(2, 15);
  return new Set(middle).size < 6 || /(.)\1\1/.test(middle);
}
