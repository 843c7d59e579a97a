import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Document } from '../support/cli.ts';
import { plainList, someCards } from '../support/plain-list.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit, signedBy } from '../support/workspace-kit.ts';
import type { Officer } from '../support/workspace-kit.ts';

const incident = 'shop-a-2020';
const rng = seededRandom(90);
let kit: Kit;
let first: string;
let handoff: string;

const at = (name: string): string => join(kit.desk.root, name);
const backup = (name: string): string[] => [
  ...[...kit.secret, '--as', 'officer-1', 'backup', at(name)],
];
const restoring = (file: string, directory: string, more: readonly string[] = []): string[] => [
  ...[...kit.passphrase, 'restore', at(file), at(directory), ...more],
];
const restore = (...given: Parameters<typeof restoring>): ReturnType<Kit['desk']['json']> =>
  kit.desk.json(restoring(...given));
/** A command in a restored copy. */
const inCopy = (directory: string, args: readonly string[]): ReturnType<Kit['desk']['json']> =>
  kit.desk.json([...kit.passphrase, '--workspace', at(directory), ...kit.withKey(args)]);
const codeOf = ({ status, document }: { status: number; document: Document }): unknown[] => [
  ...[status, document.error?.code],
];
/** Something that changes a workspace and needs nobody else. */
const change = (id: string): string[] => {
  const zone = '2020-04-08T10:00:00+09:00';
  const record = ['incident', 'record', id, 'awareness', '--at', zone];
  return ['--as', 'officer-1', '--reason', 'again', ...record];
};
/** What a workspace keeps of its credential is in no backup. */
const credential = 'keys/credential.key.json';
const filesOf = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !/mimamori\.db/.test(path))
    .filter((path) => path !== credential)
    .sort();
const newestCheckpoint = (): string => join(kit.anchor, readdirSync(kit.anchor).sort().at(-1)!);
const leftovers = (): string[] =>
  [kit.desk.root, join(kit.workspace, 'data')].flatMap((folder) =>
    readdirSync(folder).filter((name) => /\.(?:partial|tmp)/.test(name)),
  );

beforeAll(async () => {
  kit = await Kit.create({ opens: 'credential' });
  await kit.testRecipients('psp', 'amex');
  await kit.openIncident(incident);
  const list = kit.put('list.csv', plainList(someCards(rng, 8)));
  ({ handoff } = await kit.done(kit.prepare(incident, [list])));
  await kit.approve(handoff);
  first = 'first.backup';
});
afterAll(() => kit.dispose());

describe('backup', () => {
  it('makes one private file, with a leaf that names it', async () => {
    const made = await kit.done(backup(first));
    const bytes = readFileSync(at(first));
    expect(made.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(statSync(at(first)).mode & 0o777).toBe(0o600);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1']);
    expect(made.leftOut).toContain(credential);
    expect(entries[0].leaf).toMatchObject({ act: 'backup-make', actor: 'officer-1' });
    expect(entries[0].leaf.data).toMatchObject({
      ...{ backup: made.backup, sha256: made.sha256, size: made.size, root: made.root },
    });
    expect([entries[0].number, leftovers()]).toEqual([made.size, []]);
  });

  it('is what gpg and tar open, and holds what its manifest says', async () => {
    const { output } = await kit.psp.gpg.decrypt(
      readFileSync(at(first)),
      'a passphrase for journeys',
    );
    const folder = at('by-hand');
    mkdirSync(folder);
    execFileSync('tar', ['-x', '-C', folder], { input: output });
    const manifest: Document = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    for (const { path, bytes, sha256 } of manifest.files) {
      const content = readFileSync(join(folder, 'workspace', path));
      const digest = createHash('sha256').update(content).digest('hex');
      expect([path, content.length, digest]).toEqual([path, bytes, sha256]);
    }
    const present = filesOf(join(folder, 'workspace'));
    expect(existsSync(join(folder, 'workspace', credential))).toBe(false);
    expect(existsSync(join(kit.workspace, credential))).toBe(true);
    expect(present).toEqual(filesOf(kit.workspace));
    expect(present.filter((path) => path.startsWith('data/outbox/'))).toHaveLength(2);
  });

  it('refuses a name that is taken, a place inside the workspace, nobody, and a link', async () => {
    expect(await kit.refused(backup(first))).toEqual({ status: 73, code: 'file-exists' });
    const inside = { status: 64, code: 'backup-inside-workspace' };
    expect(await kit.refused(backup('workspace/data/x'))).toEqual(inside);
    const nobody = { status: 64, code: 'officer-required' };
    expect(await kit.refused([...kit.secret, 'backup', at('x')])).toEqual(nobody);
    const link = join(kit.workspace, 'config/link.toml');
    symlinkSync('/etc/hostname', link);
    const odd = { status: 78, code: 'backup-odd-file' };
    expect(await kit.refused(backup('x'))).toEqual(odd);
    rmSync(link);
  });

  it('is consistent while others write, and tells of a place that is copied elsewhere', async () => {
    mkdirSync(at('Dropbox'), { mode: 0o700 });
    const stop = new AbortController();
    const writing = (async () => {
      let acts = 0;
      do {
        await kit.done(change(incident));
        acts += 1;
      } while (!stop.signal.aborted);
      return acts;
    })();
    const made = await kit.done(backup('Dropbox/busy.backup'));
    stop.abort();
    expect(await writing).toBeGreaterThan(0);
    expect(made.places.map(({ check }: Document) => check)).toEqual(['backup-place-synced']);
    const { document } = await restore('Dropbox/busy.backup', 'busy');
    expect(document.mayGoOn).toBe(true);
    expect((await inCopy('busy', ['audit', 'verify'])).document).toMatchObject({ holds: true });
  });
});

describe('restore', () => {
  // Each backup signs the log, which makes the ones before it older than the anchor.
  beforeAll(async () => {
    first = 'fresh.backup';
    await kit.done(backup(first));
  });

  it('makes the same workspace, private, that goes on where the anchor agrees', async () => {
    const { status, document } = await restore(first, 'equal');
    expect([status, document.mayGoOn, document.comparedWith]).toEqual([0, true, 'anchor']);
    expect(filesOf(at('equal'))).toEqual(filesOf(kit.workspace));
    for (const path of filesOf(kit.workspace)) {
      expect(readFileSync(join(at('equal'), path))).toEqual(
        readFileSync(join(kit.workspace, path)),
      );
      expect(statSync(join(at('equal'), path)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(at('equal')).mode & 0o777).toBe(0o700);
    // As the workspace is configured: Asia/Tokyo.
    const { stdout } = await kit.desk.run(['--lang', 'ja', ...restoring(first, 'shown')]);
    expect(stdout).toMatch(/\d{4}\/\d\d\/\d\d \d\d:\d\d JST/);
    const shown = await inCopy('equal', ['handoff', 'show', handoff]);
    expect([shown.status, shown.document.state]).toEqual([0, 'decided']);
    const { document: verdict } = await inCopy('equal', ['audit', 'verify']);
    expect(verdict).toMatchObject({ holds: true, entries: document.size + 1 });
    const { document: tail } = await inCopy('equal', ['audit', 'tail', '--entries', '1']);
    expect(tail.entries[0].leaf).toMatchObject({ act: 'workspace-restore' });
    expect((await inCopy('equal', change(incident))).status).toBe(0);
  });

  it('never goes over or into what is there, and refuses another passphrase', async () => {
    mkdirSync(at('empty'));
    expect(codeOf(await restore(first, 'empty'))).toEqual([73, 'file-exists']);
    expect(codeOf(await restore(first, 'equal'))).toEqual([73, 'file-exists']);
    const wrong = ['--passphrase-file', kit.put('wrong', 'some other passphrase\n')];
    const tried = await kit.desk.json([...wrong, 'restore', at(first), at('wrong')]);
    expect(codeOf(tried)).toEqual([77, 'passphrase-wrong']);
    expect(readdirSync(kit.desk.root)).not.toContain('wrong');
    expect(leftovers()).toEqual([]);
  });

  it('refuses a file with one altered byte, cut short, or of another kind', async () => {
    const good = readFileSync(at(first));
    const places = [Math.floor(rng() * good.length), good.length - 1];
    for (const place of places) {
      const altered = Buffer.from(good);
      altered[place]! ^= 1 << (place % 8);
      kit.put('altered', altered);
      const tried = await restore('home/altered', 'altered');
      expect([65, 77]).toContain(tried.status);
    }
    kit.put('altered', good.subarray(0, good.length - 100));
    expect(codeOf(await restore('home/altered', 'altered'))).toEqual([65, 'backup-altered']);
    kit.put('altered', 'hello');
    expect(codeOf(await restore('home/altered', 'altered'))).toEqual([65, 'backup-not-one']);
    expect(readdirSync(kit.desk.root)).not.toContain('altered');
    expect(leftovers()).toEqual([]);
  });
});

describe('restore after acts that the backup does not have', () => {
  beforeAll(async () => {
    await kit.done(kit.deliver(handoff));
  });

  it('leaves a workspace that is read, and signs, sends and changes nothing', async () => {
    const { status, document } = await restore(first, 'behind');
    expect([status, document.mayGoOn, document.code]).toEqual([1, false, 'restored-behind']);
    expect(document.anchored).toBeGreaterThan(document.size);
    const { document: seen } = await inCopy('behind', ['status']);
    expect(seen.readOnly).toBe('restored-behind');
    expect((await inCopy('behind', ['handoff', 'show', handoff])).status).toBe(0);
    const before = (await inCopy('behind', ['audit', 'tail'])).document.entries.length;
    const acts = [
      ['--as', 'officer-1', 'handoff', 'deliver', handoff],
      ['--as', 'officer-1', 'backup', at('never')],
      ['--as', 'officer-1', 'recipient', 'probe', 'psp', '--directory', '/probe'],
      ['--as', 'officer-1', '--reason', 'lost', 'audit', 'anchor'],
      change(incident),
    ];
    for (const act of acts) {
      expect(codeOf(await inCopy('behind', act)), act.join(' ')).toEqual([77, 'restored-behind']);
    }
    expect((await inCopy('behind', ['audit', 'tail'])).document.entries).toHaveLength(before);
    expect(readdirSync(kit.desk.root)).not.toContain('never');
    const doctor = await inCopy('behind', ['doctor']);
    const found = doctor.document.checks.find(({ check }: Document) => check === 'restored');
    expect([doctor.status, found.verdict]).toEqual([1, 'failed']);
  });

  it('stops a copy that agreed before, too', async () => {
    const [status, code] = codeOf(await inCopy('equal', change(incident)));
    expect([status, String(code).startsWith('restored-')]).toEqual([77, true]);
  });

  it('is told by a checkpoint that somebody kept, where the anchor is not mounted', async () => {
    const kept = kit.put('kept.checkpoint', readFileSync(newestCheckpoint()));
    const [oldest] = readdirSync(kit.anchor).sort();
    const older = kit.put('older.checkpoint', readFileSync(join(kit.anchor, oldest!)));
    renameSync(kit.anchor, `${kit.anchor}-away`);
    const blind = await restore(first, 'blind');
    expect([blind.status, blind.document.code]).toEqual([1, 'restored-unchecked']);
    expect(codeOf(await inCopy('blind', change(incident)))).toEqual([77, 'restored-unchecked']);
    // It agrees with the backup, and with whatever came after.
    const fooled = await restore(first, 'fooled', ['--against', older]);
    expect(Number(readFileSync(older, 'utf8').split('\n')[1])).toBeLessThan(fooled.document.size);
    expect([fooled.status, fooled.document.code]).toEqual([1, 'restored-unchecked']);
    const told = await restore(first, 'told', ['--against', kept]);
    expect(told.document.code).toBe('restored-behind');
    // The original misses it as well.
    expect(await kit.refused(backup('unanchored'))).toEqual({ status: 78, code: 'anchor-missing' });
    renameSync(`${kit.anchor}-away`, kit.anchor);
    expect(codeOf(await inCopy('blind', change(incident)))).toEqual([77, 'restored-behind']);
  });
});

describe('two copies that go on side by side', () => {
  it('are noticed by the anchor: the first to sign shuts the others out', async () => {
    await kit.done(backup('second.backup'));
    const { document } = await restore('second.backup', 'goes-on');
    expect(document).toMatchObject({ mayGoOn: true, comparedWith: 'anchor' });
    const signed = await inCopy('goes-on', ['--as', 'officer-1', 'backup', at('third.backup')]);
    expect(signed.status).toBe(0);
    expect(await kit.refused(backup('never'))).toEqual({ status: 78, code: 'anchor-forked' });
    const late = await restore('second.backup', 'late');
    expect([late.status, late.document.code]).toEqual([1, 'restored-behind']);
    // Its own entry about the restore stands where the other copy has signed another one.
    expect(codeOf(await inCopy('late', change(incident)))).toEqual([77, 'restored-forked']);
    expect((await inCopy('goes-on', change(incident))).status).toBe(0);
  });
});

describe('killed', () => {
  const shares = [0.5, 0.8];
  const timed = async (act: () => Promise<unknown>): Promise<number> => {
    const begun = Date.now();
    await act();
    return Date.now() - begun;
  };
  const killAt = async (ms: number, args: readonly string[]): Promise<void> => {
    const running = kit.desk.start(['--json', '--workspace', at('goes-on'), ...args]);
    await Promise.race([pause(ms), running.ended]);
    running.child.kill('SIGKILL');
    await running.ended;
  };

  it('leaves a whole backup or none, and the next one clears up', async () => {
    const takes = await timed(() =>
      inCopy('goes-on', ['--as', 'officer-1', 'backup', at('k0.backup')]),
    );
    for (const [number, share] of shares.entries()) {
      const file = `k${number + 1}.backup`;
      await killAt(share * takes, backup(file));
      if (!readdirSync(kit.desk.root).includes(file)) continue;
      expect((await restore(file, `of-${file}`)).status).toBe(0);
    }
    await inCopy('goes-on', ['--as', 'officer-1', 'backup', at('k9.backup')]);
    const left = readdirSync(join(at('goes-on'), 'data')).filter((name) => name.startsWith('.'));
    expect(left).toEqual([]);
  });

  it('leaves a whole workspace or none, and the next one clears up', async () => {
    const takes = await timed(() => restore('k9.backup', 'r0'));
    for (const share of shares) {
      await killAt(share * takes, restoring('k9.backup', 'r1'));
      if (readdirSync(kit.desk.root).includes('r1')) {
        expect((await inCopy('r1', ['audit', 'verify'])).status).toBe(0);
        rmSync(at('r1'), { recursive: true });
      }
    }
    expect((await restore('k9.backup', 'r1')).status).toBe(0);
    expect(readdirSync(kit.desk.root).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});

describe('audit anchor where the anchor is lost', () => {
  const anchoring = (more: readonly string[] = [], reason = 'disk lost'): string[] => [
    ...['--as', 'officer-1', '--reason', reason, 'audit', 'anchor', ...more],
  ];
  const refused = async (...given: Parameters<typeof anchoring>): Promise<unknown[]> =>
    codeOf(await inCopy('moved', anchoring(...given)));

  it('takes another officer who signs this anchor, this state and this reason', async () => {
    const kept = kit.put('kept.checkpoint', readFileSync(newestCheckpoint()));
    renameSync(kit.anchor, `${kit.anchor}-lost`);
    const restored = await restore('k9.backup', 'moved', ['--against', kept]);
    expect(restored.document).toMatchObject({ mayGoOn: true, comparedWith: 'checkpoint' });
    expect(await refused(['--second', 'officer-1'])).toEqual([77, 'anchor-second-same']);
    const second = ['--second', 'approver-1'];
    expect(await refused(second)).toEqual([77, 'anchor-second-required']);
    const folder = join(at('moved'), 'data/anchors');
    const path = join(folder, readdirSync(folder)[0]!, 'anchor.json');
    const statement = readFileSync(path);
    const checkpoints = readdirSync(`${kit.anchor}-lost`).sort();
    expect(JSON.parse(statement.toString())).toMatchObject({
      ...{ size: Number(checkpoints.at(-1)!.slice(0, 12)), anchored: 0, reason: 'disk lost' },
    });
    const signing = async (officer: Officer): Promise<string[]> => {
      const file = kit.put('second.sig', await signedBy(officer, statement));
      return [...second, '--second-signature', file];
    };
    expect(await refused(await signing(kit.officer))).toEqual([77, 'signature-not-theirs']);
    const given = await signing(kit.approver);
    expect(await refused(given, 'another reason')).toEqual([77, 'anchor-statement-old']);
    expect(existsSync(kit.anchor)).toBe(false);
    const verifying = ['audit', 'verify'];
    expect(await inCopy('moved', verifying)).toMatchObject({
      ...{ status: 1, document: { holds: false, breach: { kind: 'anchor-missing' } } },
    });
    expect((await inCopy('moved', [...verifying, '--against', kept])).status).toBe(0);
    expect((await inCopy('moved', anchoring(given))).status).toBe(0);
    expect(readdirSync(kit.anchor)).toEqual(expect.arrayContaining(checkpoints));
    const { entries } = (await inCopy('moved', ['audit', 'tail', '--entries', '20'])).document;
    const leaves: Document[] = entries.map(({ leaf }: Document) => leaf);
    const noted = leaves.filter(({ act }) => act === 'permission-refused');
    expect(noted.map(({ data }) => data.code)).toContain('anchor-second-same');
    const signature = join(dirname(path), 'approver-1.sig');
    const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    expect(leaves.at(-1)).toMatchObject({
      ...{ act: 'anchor-refill', actor: 'officer-1' },
      data: {
        ...{ second: 'approver-1', fingerprint: kit.approver.fingerprint },
        ...{ statement: sha256(statement), signature: sha256(readFileSync(signature)) },
      },
    });
    await kit.approver.gpg.do(['--verify', signature, path], '');
    expect((await inCopy('moved', ['audit', 'verify'])).document.holds).toBe(true);
    rmSync(kit.anchor, { recursive: true });
    renameSync(`${kit.anchor}-lost`, kit.anchor);
  });
});

describe('screens', () => {
  it('of backup and restore fit and say what to do', async () => {
    const run = async (...args: string[]): Promise<string> =>
      (await kit.desk.run(['--lang', 'ja', ...kit.passphrase, ...args])).stdout;
    const copy = ['--workspace', at('goes-on')];
    const made = await run(...copy, '--as', 'officer-1', 'backup', at('ja.backup'));
    const held = await run('restore', at(first), at('held'));
    const status = await run('--workspace', at('held'), 'status');
    for (const screen of [made, held, status]) {
      const wide = screen.split('\n').filter((line) => widthOf(line) > LINE_COLUMNS);
      // A path has no place to break at.
      expect(wide.filter((line) => !line.includes(kit.desk.root))).toEqual([]);
    }
    expect(made).toContain('mimamori restore');
    expect([held, status]).toEqual([
      ...[expect.stringContaining('閲覧専用'), expect.stringContaining('閲覧専用')],
    ]);
  });
});
