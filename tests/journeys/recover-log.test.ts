import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import {
  alteredKit,
  checkedKit,
  codeBlocks,
  flipLastByte,
  followed,
  relistKit,
} from '../support/auditor-kit.ts';
import { judgedByBoth } from '../support/both-verifiers.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { agreeOn, recoveryIn } from '../support/recovered-kit.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit, signedBy } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
let kit: Kit;
let handoff: string;
let oldKey: string;
/** Of the log as it went on in the original: of entries that the copy does not have. */
let lost: string;
let asked: Document;
let made: Document;

const at = (...names: string[]): string => join(kit.desk.root, ...names);
/** A command in a copy of the workspace. */
const inCopy = (name: string, args: readonly string[]): ReturnType<Kit['desk']['json']> =>
  kit.desk.json([...kit.secret, '--workspace', at(name), ...kit.withKey(args)]);
const done = async (name: string, args: readonly string[]): Promise<Document> => {
  const { status, document } = await inCopy(name, args);
  expect({ args, status, document }).toMatchObject({ status: 0 });
  return document;
};
const codeOf = async (name: string, args: readonly string[]): Promise<unknown[]> => {
  const { status, document } = await inCopy(name, args);
  return [status, document.error?.code];
};
const backup = (file: string): string[] => ['--as', 'officer-1', 'backup', at(file)];
const restore = async (file: string, name: string): Promise<Document> =>
  (await kit.desk.json([...kit.secret, 'restore', at(file), at(name)])).document;
const request = (reason = 'machine burnt'): string[] => [
  ...kit.officer.acting,
  ...['--reason', reason, 'audit', 'recover'],
];
const approval = (digest: string): string[] => [
  ...[...kit.approver.acting, 'audit', 'recover', digest],
];
const anchored = (part = ''): string[] =>
  readdirSync(join(kit.anchor, part)).filter((name) => name.endsWith('.checkpoint'));
const judged = (name: string, vkey: string, against: readonly string[] = []): Promise<unknown[]> =>
  judgedByBoth(at(name), kit.put('pinned.vkey', `${vkey}\n`), against);

beforeAll(async () => {
  kit = await Kit.create();
  await kit.testRecipients('psp', 'amex');
  await kit.openIncident(incident);
  const list = kit.put('list.csv', plainList(someCards(seededRandom(91), 8)));
  ({ handoff } = await kit.done(kit.prepare(incident, [list])));
  await kit.approve(handoff);
  await kit.done([...kit.secret, 'audit', 'export', at('before')]);
  await kit.done([...kit.secret, ...backup('old.backup')]);
  oldKey = (await kit.done(['key', 'export', '--log'])).key;
  await restore('old.backup', 'copy');
  await kit.done(kit.deliver(handoff));
  await kit.done([...kit.secret, 'audit', 'export', at('lost')]);
  lost = at('lost/checkpoint');
});
afterAll(() => kit.dispose());

describe('audit recover, the request', () => {
  it('is refused where the anchor agrees, is away, or says too little', async () => {
    const notNeeded = { status: 77, code: 'recovery-not-needed' };
    expect(await kit.refused([...kit.secret, ...request()])).toEqual(notNeeded);
    expect(await codeOf('copy', [...kit.officer.acting, 'audit', 'recover'])).toEqual([
      ...[64, 'reason-required'],
    ]);
    const nobody = ['--reason', 'lost', 'audit', 'recover'];
    expect(await codeOf('copy', nobody)).toEqual([64, 'officer-required']);
    const onlyApprover = [...kit.approver.acting, '--reason', 'lost', 'audit', 'recover'];
    expect(await codeOf('copy', onlyApprover)).toEqual([77, 'role-missing']);
    renameSync(kit.anchor, `${kit.anchor}-away`);
    expect(await codeOf('copy', request())).toEqual([78, 'anchor-missing']);
    mkdirSync(kit.anchor);
    expect(await codeOf('copy', request())).toEqual([78, 'anchor-missing']);
    renameSync(kit.anchor, `${kit.anchor}-empty`);
    renameSync(`${kit.anchor}-away`, kit.anchor);
  });

  it('names what is lost and the key that follows, and changes nothing yet', async () => {
    const before = anchored();
    const size = (await done('copy', ['audit', 'tail', '--entries', '1'])).entries[0].number;
    asked = await done('copy', request());
    expect(asked).toMatchObject({ state: 'requested' });
    expect(Number(readFileSync(lost, 'utf8').split('\n')[1])).toBe(asked.anchored.size);
    expect(asked.common.size).toBeLessThan(asked.anchored.size);
    expect(asked.key.split('+')[0]).toMatch(
      new RegExp(`^${oldKey.split('+')[0]!}/recovered-[0-9a-f]{16}$`),
    );
    expect(anchored()).toEqual(before);
    const unsigned = ['--as', 'officer-1', '--reason', 'typed too early', 'audit', 'recover'];
    expect((await done('copy', unsigned)).state).toBe('statement');
    const after = (await done('copy', ['audit', 'tail', '--entries', '1'])).entries[0].number;
    expect(after).toBe(size);
    const deliver = ['--as', 'officer-1', 'handoff', 'deliver', handoff];
    expect(await codeOf('copy', deliver)).toEqual([77, 'restored-behind']);
  });
});

describe('audit recover, whoever asks', () => {
  it('believes no row that says who the officers are: 78', async () => {
    const db = new Database(at('copy/data/mimamori.db'));
    db.pragma('foreign_keys = OFF');
    const signature = db.prepare('select rowid, signature from configuration_approval').get() as {
      rowid: number;
      signature: Uint8Array;
    };
    const write = db.prepare('update configuration_approval set signature = ? where rowid = ?');
    write.run(Buffer.from([0]), signature.rowid);
    const unproven = [78, 'configuration-unproven'];
    expect(await codeOf('copy', request())).toEqual(unproven);
    expect(await codeOf('copy', approval(asked.recovery))).toEqual(unproven);
    write.run(signature.signature, signature.rowid);
    db.close();
  });
});

describe('audit recover, the approval', () => {
  it('ends no old key for a new one that does not open', async () => {
    // The first of two: the other one is of the request that nobody signed.
    const [name] = readdirSync(at('copy/keys'))
      .filter((file) => /^log-\d+\.key\.json$/.test(file))
      .sort();
    const file = at('copy/keys', name!);
    const text = readFileSync(file, 'utf8');
    const broken = text.replace(
      /("wrapped":")(..)/,
      (_, head: string, two: string) => head + (two === '00' ? '11' : '00'),
    );
    writeFileSync(file, broken);
    expect(await codeOf('copy', approval(asked.recovery))).toEqual([78, 'wrapped-key-altered']);
    expect(existsSync(at('copy/keys/log.key.json'))).toBe(true);
    writeFileSync(file, text);
  });

  it('is refused to its requester, for a changed statement, and for one that is none', async () => {
    const own = [...kit.officer.acting, 'audit', 'recover', asked.recovery];
    expect(await codeOf('copy', own)).toEqual([77, 'recovery-own-request']);
    const none = [77, 'recovery-statement'];
    expect(await codeOf('copy', approval('0'.repeat(64)))).toEqual(none);
    expect(await codeOf('copy', approval(asked.recovery.slice(0, 11)))).toEqual(none);
    const text = readFileSync(asked.statement, 'utf8');
    writeFileSync(asked.statement, text.replace('burnt', 'burn!'));
    expect(await codeOf('copy', approval(asked.recovery))).toEqual(none);
    writeFileSync(asked.statement, text);
    const signature = join(dirname(asked.statement), 'officer-1.sig');
    const theirs = readFileSync(signature);
    writeFileSync(signature, await signedBy(kit.approver, readFileSync(asked.statement)));
    const notTheirs = [77, 'signature-not-theirs'];
    expect(await codeOf('copy', approval(asked.recovery))).toEqual(notTheirs);
    writeFileSync(signature, theirs);
  });

  it('by a signature made elsewhere lets the log go on, and holds batches back', async () => {
    const waiting = await done('copy', ['--as', 'approver-1', 'audit', 'recover', asked.recovery]);
    expect([waiting.state, waiting.statement]).toEqual(['statement', asked.statement]);
    const signed = await signedBy(kit.approver, readFileSync(asked.statement));
    const by = ['--as', 'approver-1', '--signature', kit.put('recover.sig', signed)];
    const before = anchored();
    made = await done('copy', [...by, 'audit', 'recover', asked.recovery]);
    expect(made).toMatchObject({ state: 'recovered', requester: 'officer-1', key: asked.key });
    expect(made.doubted.map(({ recipient }: Document) => recipient).sort()).toEqual([
      'amex',
      'psp',
    ]);
    expect(anchored()).toEqual(before);
    const part = asked.key.split('+')[0].split('/').at(-1);
    expect(anchored(part)).toEqual([
      `${String(made.checkpoint.size).padStart(12, '0')}.checkpoint`,
    ]);
    // Neither the old key nor the one of the request that nobody signed.
    const kept = readdirSync(at('copy/keys')).filter((name) => /^log.*\.key\.json$/.test(name));
    expect(kept).toHaveLength(1);
    const { handoffs } = await done('copy', ['handoff', 'list']);
    expect(handoffs).toHaveLength(1);
    const shown = await done('copy', ['handoff', 'show', handoff]);
    expect(shown.batches.map(({ state }: Document) => state)).toEqual(['presumed', 'presumed']);
  });

  it('is a text that gpg alone finds signed by two officers, and that the log names', async () => {
    for (const officer of [kit.officer, kit.approver]) {
      const signature = join(dirname(asked.statement), `${officer.id}.sig`);
      await officer.gpg.do(['--verify', signature, asked.statement], '');
    }
    const { recoveries } = await done('copy', ['audit', 'verify']);
    expect(recoveries).toMatchObject([
      {
        ...{ statement: asked.recovery, requester: 'officer-1', officer: 'approver-1' },
        ...{ size: asked.common.size, anchored: asked.anchored.size, reason: 'machine burnt' },
        ...{ key: asked.key, replaced: oldKey },
      },
    ]);
  });
});

describe('a recovered log', () => {
  it('works: the machine looks for what it may have sent, a person says the rest', async () => {
    const deliver = ['--as', 'officer-1', 'handoff', 'deliver', handoff];
    const { document } = await inCopy('copy', deliver);
    const states = (): Record<string, string> =>
      Object.fromEntries(
        document.batches.map(({ recipient, state }: Document) => [recipient, state]),
      );
    expect(states()).toEqual({ psp: 'stored', amex: 'presumed' });
    const amex = document.batches.find(({ recipient }: Document) => recipient === 'amex');
    const resolve = ['handoff', 'resolve', amex.batch, '--outcome', 'stored'];
    await done('copy', ['--as', 'officer-1', '--reason', 'they have it', ...resolve]);
    await done('copy', backup('recovered.backup'));
    expect(await restore('recovered.backup', 'again')).toMatchObject({
      ...{ mayGoOn: true, comparedWith: 'anchor' },
    });
  });

  it('is found whole by both verifiers, which tell what is lost, and by whom', async () => {
    await done('copy', ['audit', 'export', at('recovered')]);
    const common = [at('before/checkpoint')];
    const said = await judged('recovered', asked.key, common);
    const { size } = asked.common;
    const { size: ahead } = asked.anchored;
    const [officer, approver] = [kit.officer.fingerprint, kit.approver.fingerprint];
    const who = `asked for by officer-1 (${officer}), approved by approver-1 (${approver})`;
    expect(said).toContainEqual(
      expect.stringContaining(`entries ${size} to ${ahead - 1} are lost`),
    );
    expect(said).toContainEqual(expect.stringContaining(who));
    expect(said.at(-1)).toBe('all holds');
    const { document } = await kit.desk.json(['audit', 'verify', at('recovered')]);
    expect(document.recoveries[0].reason).toBe(undefined);
  });

  it('is not followed from the old key, and does not hide what is lost', async () => {
    const { index } = (await done('copy', ['audit', 'verify'])).recoveries[0];
    const [kind, line] = await judged('recovered', oldKey);
    expect([kind, String(line).startsWith(`entry ${index}: `)]).toEqual([
      ...['recovery-unconfirmed', true],
    ]);
    expect(await judged('recovered', asked.key, [lost])).toEqual([
      'entries-lost',
      `checkpoint of size ${asked.anchored.size}: entries from ${asked.common.size} on were lost before the log was recovered in entry ${index}`,
    ]);
    const { status, document } = await inCopy('copy', ['audit', 'verify', '--against', lost]);
    expect([status, document.breach]).toEqual([
      1,
      { kind: 'entries-lost', index: asked.common.size, size: asked.anchored.size },
    ]);
  });

  it('shuts out the original and every older copy', async () => {
    const original = await kit.refused([...kit.secret, ...backup('never')]);
    expect(original).toEqual({ status: 78, code: 'anchor-recovered' });
    const older = await restore('old.backup', 'older');
    expect([older.mayGoOn, older.code]).toEqual([false, 'restored-forked']);
    expect(await codeOf('older', request())).toEqual([78, 'anchor-recovered']);
    const { document } = await kit.json(['status']);
    expect(document.log.anchor).toBe('forked');
  });
});

describe('a recovered log for a stranger', () => {
  let folder: string;
  let home: string;
  const text = (...names: string[]): string => readFileSync(join(...names), 'utf8');
  const papers = (): string[] => readdirSync(join(folder, 'recoveries', entry()));
  const entry = (): string => readdirSync(join(folder, 'recoveries'))[0]!;
  const exporting = (to: string): string[] => [
    ...['--as', 'officer-1', 'incident', 'export', incident, to],
  ];
  /** The last words of `check.sh` about a copy that somebody changed. */
  async function altered(change: (copy: string) => void | Promise<void>): Promise<string> {
    const { status, lines } = await alteredKit(folder, [], home, change);
    expect(status).toBe(1);
    return lines.slice(-2).join('\n');
  }
  const agreeing = (copy: string): Promise<void> => agreeOn(copy, [recoveryIn(folder)]);

  beforeAll(async () => {
    folder = at('kit');
    home = at('stranger');
    mkdirSync(home, { mode: 0o700 });
    await done('copy', exporting(folder));
  });

  it('gets no kit without the statement that the log names: 78', async () => {
    renameSync(asked.statement, `${asked.statement}.away`);
    expect(await codeOf('copy', exporting(at('none')))).toEqual([78, 'signed-document-lost']);
    renameSync(`${asked.statement}.away`, asked.statement);
    expect(existsSync(at('none'))).toBe(false);
  });

  it.each(['README.md', 'README.ja.md'])(
    'is led by %s of a kit from two signatures to the key, and to "all holds" of both logs',
    async (readme) => {
      const [signed, before] = codeBlocks(text(folder, readme), 'sh');
      const { status, lines } = await followed(signed!, folder, home);
      const good = lines.filter((line) => line.startsWith('gpg: Good signature'));
      const digests = lines.filter((line) => line.startsWith(`${asked.recovery}  recoveries/`));
      expect([status, good.length, digests.length]).toEqual([0, 2, 2]);
      expect(text(folder, readme)).toContain(asked.recovery);
      const vkey = lines.at(-1)!;
      expect(text(vkey)).toBe(`${asked.key}\n`);
      const kept = join(home, 'old.vkey');
      writeFileSync(kept, `${oldKey}\n`);
      const compare = before!.replace('KEPT-KEY-FILE', kept);
      expect(await followed(compare, folder, home)).toEqual({ status: 0, lines: [''] });
      writeFileSync(kept, `${asked.key}\n`);
      expect((await followed(compare, folder, home)).status).toBe(1);
      const checked = await checkedKit(folder, [vkey, at('before/checkpoint')], home);
      expect([checked.status, checked.lines.at(-1)]).toEqual([0, 'all holds']);
    },
  );

  it('is told by a kit what is lost, where the new log begins, and which old paper does not hold', async () => {
    const [from, to] = [asked.common.size, asked.anchored.size - 1];
    const name = asked.key.split('+')[0];
    const report = text(folder, 'report.txt');
    for (const said of [`entries ${from} to ${to}`, `from entry ${entry()} on, called`, name]) {
      expect(report).toContain(said);
    }
    expect(report).toContain('machine burnt');
    for (const readme of ['README.md', 'README.ja.md']) {
      expect(text(folder, readme)).toMatch(new RegExp(`${from}( to |〜)${to}`));
      expect(text(folder, readme)).toContain(name);
    }
    const acts = JSON.parse(text(folder, 'keys/entries.json')) as Document[];
    expect(acts.map(({ leaf }) => leaf.act)).toContain('log-recover');
    const key = kit.put('recovered.vkey', `${asked.key}\n`);
    const late = await checkedKit(folder, [key, lost], home);
    expect([late.status, late.lines.join()]).toEqual([
      ...[1, expect.stringContaining(`entries from ${from} on were lost`)],
    ]);
    const old = await checkedKit(folder, [kit.put('old.vkey', `${oldKey}\n`)], home);
    expect([old.status, old.lines.join()]).toEqual([
      ...[1, expect.stringContaining('the log was recovered, and no key that you trust')],
    ]);
    await done('copy', ['--lang', 'ja', ...exporting(at('kit-ja'))]);
    expect(text(at('kit-ja'), 'report.txt')).toContain(`${from}〜${to}`);
  });

  it('finds each paper of the recovery altered, alone and with the list', async () => {
    expect(papers().sort()).toEqual([
      ...['approve-approver-1.json', 'approve-approver-1.json.sig'],
      ...['request-officer-1.json', 'request-officer-1.json.sig'],
    ]);
    for (const paper of papers()) {
      const name = `recoveries/${entry()}/${paper}`;
      const flip = (copy: string): void => flipLastByte(join(copy, name));
      const alone = await altered(flip);
      expect(alone).toBe(
        `${name}: FAILED\ndoes not hold: a file is not what SHA256SUMS says (above)`,
      );
      const listed = await altered((copy) => (flip(copy), relistKit(copy)));
      expect(listed).toMatch(
        /does not hold: no entry holds "[^]*does not hold: the log, or what it has to name/,
      );
      const agreed = await altered((copy) => (flip(copy), agreeing(copy)));
      const isSignature = paper.endsWith('.sig');
      expect(agreed).toContain(
        isSignature
          ? `does not hold: ${name.slice(0, -4)}: the signature`
          : `does not hold: entry ${entry()}: the two officers of whom it tells have to have signed its statement`,
      );
    }
  });

  it.each(['README.md', 'README.ja.md'])(
    'is led by %s of an export through both logs to "all holds"',
    async (readme) => {
      const log = at('recovered');
      const [statement, before, signature] = codeBlocks(text(log, readme), 'sh');
      const said = await followed(statement!, dirname(asked.statement), home);
      expect(said.lines.filter((line) => line.startsWith('gpg: Good signature'))).toHaveLength(2);
      expect(said.lines).toContain(asked.key);
      expect(said.lines).toContain(`${asked.recovery}  recover.json`);
      for (const code of [before!, signature!]) {
        expect((await followed(code, log, home)).lines).toEqual([
          'Signature Verified Successfully',
        ]);
      }
      writeFileSync(join(home, 'check.py'), codeBlocks(text(log, readme), 'python')[0]!);
      const [named] = /key-changes\/\d+\.checkpoint/.exec(text(log, readme))!;
      const checking = async (older: string): Promise<string> => {
        cpSync(older, join(home, 'older.checkpoint'));
        const command = `python3 ~/check.py ${named} ~/older.checkpoint`;
        return (await followed(command, log, home)).lines.at(-1)!;
      };
      expect(await checking(at('before/checkpoint'))).toMatch(/^all holds: /);
      expect(await checking(lost)).toMatch(/was signed over$|does not reach/);
    },
  );
});

describe('a forked copy', () => {
  it('is recovered like an older one, beside what was recovered before', async () => {
    // Its twin signs first: then `copy`, with an entry of its own, is the fork.
    await done('copy', backup('newest.backup'));
    expect(await restore('newest.backup', 'twin')).toMatchObject({ mayGoOn: true });
    await done('twin', backup('first.backup'));
    const record = ['incident', 'record', incident, 'awareness', '--at'];
    const by = ['--as', 'officer-1', '--reason', 'again'];
    await done('copy', [...by, ...record, '2020-04-08T10:00:00+09:00']);
    expect(await codeOf('copy', backup('never'))).toEqual([78, 'anchor-forked']);
    const { status, document: waits } = await inCopy('copy', [
      ...['--as', 'officer-1', '--reason', 'two copies', 'audit', 'recover'],
    ]);
    expect([status, waits.state]).toEqual([0, 'statement']);
    const signed = await signedBy(kit.officer, readFileSync(waits.statement));
    const signature = kit.put('request.sig', signed);
    const again = ['--as', 'officer-1', '--signature', signature, 'audit', 'recover'];
    const requested = await done('copy', again);
    expect([requested.state, requested.recovery]).toEqual(['requested', waits.recovery]);
    // What the anchor holds by now is not what was signed.
    await done('twin', [...by, ...record, '2020-04-08T13:00:00+09:00']);
    await done('twin', backup('second.backup'));
    const stale = [77, 'recovery-statement'];
    expect(await codeOf('copy', approval(requested.recovery))).toEqual(stale);
    const anew = await done('copy', request('two copies'));
    const { state, key } = await done('copy', approval(anew.recovery));
    expect([state, key.split('/recovered-').length]).toEqual(['recovered', 2]);
    await done('copy', ['audit', 'export', at('twice')]);
    const said = await judged('twice', key, [at('before/checkpoint'), at('recovered/checkpoint')]);
    expect(said.filter((line) => String(line).includes('are lost'))).toHaveLength(2);
    expect(await judged('twice', asked.key)).toMatchObject([
      'recovery-unconfirmed',
      expect.anything(),
    ]);
    const { recoveries } = await done('copy', ['audit', 'verify']);
    expect(recoveries).toHaveLength(2);
    expect(await codeOf('twin', backup('never'))).toEqual([77, 'restored-forked']);
  });
});

describe('screens', () => {
  it('of a recovered log fit and say what is lost', async () => {
    const run = async (...args: string[]): Promise<string> =>
      (await kit.desk.run(['--lang', 'ja', ...args])).stdout;
    const verified = await run('--workspace', at('copy'), 'audit', 'verify');
    const broken = await run('audit', 'verify', at('recovered'), '--vkey', oldKey);
    for (const screen of [verified, broken]) {
      const wide = screen.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS);
      expect(wide).toEqual([]);
    }
    expect(verified).toContain('machine burnt');
    expect(broken).toContain('recovery-unconfirmed');
  });
});
