import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseNote } from '../../src/domain/tlog/signed-note.ts';
import { logFolders } from '../../src/edge/files/log-folder.ts';
import { verifyExport } from '../../src/exchange/audit/verify-export.ts';
import type { Document } from '../support/cli.ts';
import { GpgHome } from '../support/gpg.ts';
import { runPython } from '../support/python.ts';
import { SmallWorkspace } from '../support/small-workspace.ts';

let small: SmallWorkspace;
let gpg: GpgHome;
let firstKey: string;
const at = (...names: string[]): string => join(small.desk.root, ...names);
const life = (verb: string): string[] => [
  ...[...small.secret, '--as', 'officer-1', '--reason', 'yearly', 'key', verb, '--log'],
];
const done = async (args: readonly string[]): Promise<Document> => {
  const { status, document } = await small.json(args);
  expect({ args, status, document }).toMatchObject({ status: 0 });
  return document;
};
const put = (name: string, text: string): string => {
  writeFileSync(at(name), text);
  return at(name);
};
const logKeys = async (): Promise<string[][]> =>
  (await done(['key', 'list'])).keys
    .filter(({ purpose }: Document) => purpose === 'log')
    .map(({ fingerprint, state, uses }: Document) => [fingerprint, state, ...uses]);
const backup = (name: string): Promise<Document> =>
  done([...small.secret, '--as', 'officer-1', 'backup', at(name)]);
const restored = (name: string): ReturnType<SmallWorkspace['json']> =>
  small.desk.json([...small.secret, 'restore', at(name), at(`from-${name}`)]);
const exported = (name: string): Promise<Document> =>
  done([...small.secret, 'audit', 'export', at(name)]);
/** What both verifiers say of an export: ours the kind of breach, the other one a line. */
async function judged(name: string, vkey?: string, against: readonly string[] = []) {
  const given = against.flatMap((path) => ['--against', path]);
  const notes = against.map((path) => new Uint8Array(readFileSync(path)));
  const request = { directory: at(name), vkey, against: notes };
  const { verdict } = await verifyExport({ logFolders }, request);
  const file = vkey === undefined ? [] : ['--vkey', put('pinned.vkey', `${vkey}\n`)];
  const other = await runPython(
    'verify_log.py',
    'verify',
    at(name),
    ...file,
    ...given,
    '--no-openssl',
  );
  expect(other.status, other.stdout + other.stderr).toBe(verdict.holds ? 0 : 1);
  const said = other.stdout.trimEnd().split('\n').at(-1)!;
  return verdict.holds ? said : [verdict.kind, said.split(':')[1]!.trim()];
}

beforeAll(async () => {
  small = await SmallWorkspace.create({ anchored: true });
  gpg = await GpgHome.create('gpg');
  const fingerprint = await gpg.createKey({ name: 'officer-1', kind: 'ed25519' });
  writeFileSync(at('officer-1.gpg'), await gpg.exportKey(fingerprint));
  const add = ['officer', 'add', 'officer-1', '--name', 'A', '--roles', 'officer'];
  await done([...add, '--certificate', at('officer-1.gpg'), '--fingerprint', fingerprint]);
  await small.append(300);
  await backup('first.backup');
  await exported('before');
  cpSync(small.path, at('copied'), { recursive: true });
  firstKey = readFileSync(at('before/log.vkey'), 'utf8').trim();
});
afterAll(async () => {
  await gpg.dispose();
  await small.desk.dispose();
});

describe('key rotate --log, key retire --log', () => {
  let made: Document;

  it('makes a key that follows the old one: both sign, under the name of the log', async () => {
    const { status, document } = await small.json(life('retire'));
    expect([status, document.error.code]).toEqual([77, 'key-not-retiring']);
    made = await done(life('rotate'));
    expect(made.retiring).toBe(firstKey);
    expect(made.key.split('+')[0]).toBe(firstKey.split('+')[0]);
    const { signatures } = parseNote(new TextEncoder().encode(made.checkpoint.note));
    const ids = [firstKey, made.key].map((vkey) => Number.parseInt(vkey.split('+')[1], 16));
    expect(signatures.map(({ keyId }) => keyId)).toEqual(ids);
    expect(await logKeys()).toEqual([
      [made.key, 'in-use', 'sign-checkpoints'],
      [firstKey, 'retiring', 'sign-checkpoints'],
    ]);
    expect((await done(['key', 'export', '--log'])).key).toBe(made.key);
    expect((await small.json(life('rotate'))).document.error.code).toBe('key-still-retiring');
    const leaf = (await done(['audit', 'tail', '--entries', '1'])).entries[0].leaf;
    expect(leaf).toMatchObject({
      act: 'log-key-rotate',
      data: { vkey: made.key, replaced: firstKey },
    });
  });

  it('is followed by both verifiers from the old key, while both sign and after', async () => {
    const older = [at('before/checkpoint')];
    await exported('overlap');
    expect(readFileSync(at('overlap/log.vkey'), 'utf8')).toBe(`${firstKey}\n${made.key}\n`);
    for (const vkey of [undefined, firstKey, made.key]) {
      expect(await judged('overlap', vkey, older)).toBe('all holds');
    }
    expect(await done(life('retire'))).toMatchObject({ retired: firstKey });
    const file = join(small.path, 'keys/log.key.json');
    expect(existsSync(file)).toBe(false);
    // As a command leaves it that is killed between row and file.
    writeFileSync(file, '{}');
    expect(await done(life('retire'))).toMatchObject({ retired: firstKey });
    expect(existsSync(file)).toBe(false);
    expect((await small.json(life('retire'))).document.error.code).toBe('key-not-retiring');
    expect(await logKeys()).toEqual([
      [made.key, 'in-use', 'sign-checkpoints'],
      [firstKey, 'retired'],
    ]);
    await exported('after');
    for (const vkey of [undefined, firstKey, made.key]) {
      expect(await judged('after', vkey, [...older, at('overlap/checkpoint')])).toBe('all holds');
    }
    expect((await small.json(['audit', 'verify', '--vkey', firstKey])).status).toBe(0);
    const verify = ['audit', 'verify', at('after'), '--vkey', firstKey];
    expect((await small.json(verify)).status).toBe(0);
  });

  it('is not followed without a checkpoint that the old key signed over the entry', async () => {
    const [name] = readdirSync(at('after/key-changes'));
    const note = readFileSync(at('after/key-changes', name!), 'utf8');
    const index = Number(made.checkpoint.size) - 1;
    rmSync(at('after/key-changes', name!));
    expect(await judged('after', firstKey)).toEqual(['key-unproven', `entry ${index}`]);
    expect(await judged('after', made.key)).toBe('all holds');
    const [old, next] = note.split('\n').filter((line) => line.startsWith('— '));
    for (const line of [old!, next!]) {
      const half = note.replace(`${line}\n`, '');
      writeFileSync(at('after/key-changes', name!), half);
      const at1 = `key-changes/${name!}`;
      for (const vkey of [firstKey, made.key]) {
        expect(await judged('after', vkey)).toEqual(['checkpoint-bad-signature', at1]);
      }
    }
    writeFileSync(at('after/key-changes', name!), note);
  });

  it('takes no key beside the log for one of it that no entry names', async () => {
    const other = readFileSync(at('before/log.vkey'), 'utf8');
    writeFileSync(at('after/log.vkey'), `${made.key}\n`);
    expect(await judged('after', made.key)).toEqual([
      'checkpoint-bad-signature',
      expect.anything(),
    ]);
    writeFileSync(at('after/log.vkey'), `${made.key}\n${other}`);
    expect(await judged('after', firstKey)).toEqual(['keys-differ', 'log.vkey']);
    writeFileSync(at('before/log.vkey'), `${firstKey}\n${made.key}\n`);
    expect(await judged('before', firstKey)).toEqual(['keys-differ', 'log.vkey']);
  });

  it('signs no more with a key that a file brings back', async () => {
    const file = join(small.path, 'keys/log-2.key.json');
    const again = await done(life('rotate'));
    expect((await logKeys()).map(([, state]) => state)).toEqual(['in-use', 'retiring', 'retired']);
    const own = readFileSync(file);
    writeFileSync(file, readFileSync(join(small.path, 'keys/log-3.key.json')));
    const { document } = await small.json([...small.secret, 'audit', 'export', at('refused')]);
    expect(document.error.code).toBe('key-file-altered');
    expect((await done(['key', 'export', '--log'])).key).toBe(again.key);
    writeFileSync(file, own);
  });

  it('goes on from a backup with the keys of its time; an older one is known for what it is', async () => {
    await backup('rotated.backup');
    const { status, document } = await restored('rotated.backup');
    expect([status, document.mayGoOn, document.comparedWith]).toEqual([0, true, 'anchor']);
    const older = (await restored('first.backup')).document;
    expect([older.mayGoOn, older.code]).toEqual([false, 'restored-behind']);
    // They do not know the keys that signed last, but the one before them says that there is more. What was restored has an
    // entry of its own about that.
    const kindIn = async (copy: string): Promise<unknown> =>
      (await small.desk.json(['--workspace', at(copy), 'audit', 'verify'])).document.breach.kind;
    expect(await kindIn('copied')).toBe('anchor-ahead');
    expect(await kindIn('from-first.backup')).toBe('anchor-forked');
    const inCopy = (args: readonly string[]): ReturnType<SmallWorkspace['json']> =>
      small.desk.json(['--workspace', at('from-rotated.backup'), ...args]);
    expect((await inCopy(life('retire'))).status).toBe(0);
    expect((await inCopy([...small.secret, 'audit', 'export', at('restored')])).status).toBe(0);
    expect(await judged('restored', firstKey, [at('after/checkpoint')])).toBe('all holds');
    expect((await inCopy(['audit', 'verify', '--vkey', firstKey])).status).toBe(0);
    const behind = (await small.json(['status'])).document;
    expect([behind.log.anchor, older.anchored < document.size]).toEqual(['ahead', true]);
  });
});
