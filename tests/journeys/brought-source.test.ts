import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Document, RunningCli } from '../support/cli.ts';
import { expectHandoff } from '../support/expected-handoff.ts';
import { makeOrderExport } from '../support/order-export.ts';
import {
  addPickup,
  freePort,
  makeLoginKey,
  sftp,
  startServe,
  stopServe,
} from '../support/pickup.ts';
import type { PickupLogin } from '../support/pickup.ts';
import { Kit } from '../support/workspace-kit.ts';
import type { Keyholder } from '../support/workspace-kit.ts';

// A forensic investigator without any file to fetch, and a processor with a box, bring lists with OpenSSH's sftp. Each
// step needs the one before.

const orders = makeOrderExport(17);
const other = makeOrderExport(18);
const expected = expectHandoff([{ bytes: orders.bytes, kind: 'orders' }]);

let kit: Kit;
let pfi: Keyholder;
let ours: string;
let serving: RunningCli;
let fromPfi: PickupLogin;
let fromPsp: PickupLogin;
/** Ids here: the good one of the PFI, one that the processor passes on, and one that is not of whom it came through. */
let good: string;
let passedOn: string;
let crossed: string;
/** The good one as it came. */
let sealed: Uint8Array;

const shelf = (): string => join(kit.workspace, 'data/arrivals');
const signedBy = ({ gpg, fingerprint }: Keyholder, bytes: Uint8Array): Promise<Uint8Array> =>
  gpg.encrypt(bytes, [ours], fingerprint);
const listed = async (): Promise<Document[]> =>
  (await kit.done(['source', 'list'])).sources as Document[];
const bring = (login: PickupLogin, name: string, bytes: Uint8Array | string, folder = 'sources') =>
  sftp(login, [`put ${kit.put(name, bytes)} ${folder}/${name}`]);
const prepare = (source: string, more: readonly string[] = []): string[] =>
  kit.prepare('shop-a-2020', [`${source}=shop`], more);

async function idOf(name: string): Promise<string> {
  return (await listed()).find((source) => source.name === name)!.id as string;
}

async function leavesOf(act: string): Promise<Document[]> {
  const { entries } = await kit.done(['audit', 'tail', '--entries', '200']);
  return entries.map(({ leaf }: Document) => leaf).filter((leaf: Document) => leaf.act === act);
}

beforeAll(async () => {
  kit = await Kit.create();
  const port = await freePort();
  addPickup(kit, port);
  const knownHosts = join(kit.desk.home, 'known_hosts');
  const login = { host: '127.0.0.1', port, knownHosts };
  fromPfi = { ...login, user: 'pfi-1', key: makeLoginKey(kit, 'pfi-login') };
  fromPsp = { ...login, user: 'psp', key: makeLoginKey(kit, 'psp-login') };
  pfi = await kit.keyholder('pfi', 'gpg', { kind: 'ed25519' });
  for (const [id, holder, more] of [
    ['pfi-1', pfi, ['--pickup-key', `${fromPfi.key}.pub`]],
    ['psp-signs', kit.psp, []],
  ] as const) {
    const { certificate, fingerprint } = holder;
    const pinned = ['--certificate', certificate, '--fingerprint', fingerprint];
    const named = ['--name', id, '--kind', 'processor', '--confirmed-by', 'in person'];
    await kit.done(['--as', kit.officer.id, 'sender', 'add', id, ...pinned, ...named, ...more]);
  }
  const boxed = ['--pickup-key', `${fromPsp.key}.pub`, '--confirmed-by', 'by phone'];
  await kit.done(['--as', kit.officer.id, 'recipient', 'update', 'psp', ...boxed]);
  await kit.putInForce();
  const { openpgp } = await kit.done(['key', 'sheet']);
  ours = String(openpgp.fingerprint).replaceAll(' ', '');
  const { key } = await kit.done(['key', 'export', '--openpgp']);
  for (const { gpg } of [pfi, kit.psp]) await gpg.importKey(key);
  serving = await startServe(kit);
  writeFileSync(knownHosts, (await kit.run(['key', 'export', '--pickup'])).stdout);
  await kit.openIncident('shop-a-2020');
});

afterAll(() => kit.dispose());

describe('a source that is brought', () => {
  it('lies here encrypted under an id of ours, once, however often it comes', async () => {
    sealed = await signedBy(pfi, orders.bytes);
    for (const name of ['first.pgp', 'list.pgp']) {
      expect((await bring(fromPfi, name, sealed)).status).toBe(0);
    }
    const [source, ...more] = await listed();
    expect([source, more]).toMatchObject([
      { box: 'pfi-1', name: 'list.pgp', bytes: sealed.length, standing: 'unknown', handoffs: [] },
      [],
    ]);
    good = source!.id as string;
    expect(readdirSync(shelf())).toEqual([`${good}.pgp`]);
    expect(new Uint8Array(readFileSync(join(shelf(), `${good}.pgp`)))).toEqual(sealed);
    const [leaf] = await leavesOf('source-brought');
    expect(leaf).toMatchObject({ actor: 'system', origin: 'pickup:127.0.0.1' });
    expect(leaf!.data).toEqual({
      ...{ arrival: good, box: 'pfi-1', key: source!.key },
      ...{ sha256: source!.sha256, bytes: sealed.length },
    });
    expect((await kit.done(['status'])).arrivals).toEqual({
      ...{ waiting: 0, sources: [{ box: 'pfi-1', files: 1 }], aside: [] },
    });
  });

  it('goes nowhere else, is read back by nobody, and is no business of another box', async () => {
    for (const commands of [
      ['rename sources/list.pgp inbox/list.pgp'],
      ['rename sources/list.pgp outbox/list.pgp'],
      [`get sources/list.pgp ${kit.put('back', '')}`],
      ['rm sources/list.pgp'],
    ]) {
      expect((await sftp(fromPfi, commands)).status, commands[0]).not.toBe(0);
    }
    // A sender has nothing to answer, and nothing to fetch.
    const answer = await bring(fromPfi, 'answer.pgp', await signedBy(pfi, orders.bytes), 'inbox');
    expect(answer.status).not.toBe(0);
    expect((await sftp(fromPfi, ['ls -1 sources', 'ls -1 outbox'])).stdout).toContain('list.pgp');
    expect((await sftp({ ...fromPfi, user: 'psp' }, ['ls sources'])).status).not.toBe(0);
  });

  it('is not taken in clear, and not a byte of it is kept', async () => {
    expect((await bring(fromPfi, 'clear.csv', 'order,paid\n1,yes\n')).status).not.toBe(0);
    expect(readdirSync(shelf())).toEqual([`${good}.pgp`]);
    const { notTaken } = await kit.done(['response', 'list']);
    expect(notTaken).toMatchObject([
      { recipient: 'pfi-1', way: 'sources', code: 'source-not-openpgp' },
    ]);
    const settle = ['--as', kit.officer.id, '--reason', 'sent again', 'response', 'settle'];
    await kit.done([...settle, notTaken[0].id]);
    expect(await leavesOf('source-settled')).toMatchObject([{ data: { box: 'pfi-1' } }]);
  });

  it('may be what a recipient passes on', async () => {
    await bring(fromPsp, 'passed-on.pgp', await signedBy(pfi, other.bytes));
    await bring(fromPfi, 'crossed.pgp', await signedBy(kit.psp, orders.bytes));
    await bring(fromPfi, 'unsigned.pgp', await pfi.gpg.encrypt(orders.bytes, [ours]));
    const seen = await sftp(fromPsp, ['ls -1 sources']);
    expect(seen.status).toBe(0);
    expect(seen.stdout).toContain('passed-on.pgp');
    expect(seen.stdout).not.toContain('list.pgp');
    passedOn = await idOf('passed-on.pgp');
    crossed = await idOf('crossed.pgp');
    expect((await kit.done(['status'])).arrivals.sources).toEqual([
      { box: 'pfi-1', files: 3 },
      { box: 'psp', files: 1 },
    ]);
  });
});

describe('handoff prepare --source inbox:ID refuses', () => {
  it('an id of nobody, and one of an answer', async () => {
    const absent = { status: 66, code: 'brought-source-absent' };
    expect(await kit.refused(prepare('inbox:a2222222'))).toEqual(absent);
    await bring(fromPsp, 'answer.pgp', await signedBy(kit.psp, orders.bytes), 'inbox');
    const all = readdirSync(shelf()).map((name) => name.replace('.pgp', ''));
    const sources = (await listed()).map(({ id }) => id as string);
    const [answer, ...more] = all.filter((id) => !sources.includes(id));
    expect(more).toEqual([]);
    expect(await kit.refused(prepare(`inbox:${answer}`))).toEqual(absent);
  });

  it('what nobody signed, or another sender than the one whose box it came through', async () => {
    const unsigned = await idOf('unsigned.pgp');
    expect(await kit.refused(prepare(`inbox:${unsigned}`))).toEqual({
      ...{ status: 65, code: 'source-unsigned' },
    });
    expect(await kit.refused(prepare(`inbox:${unsigned}`, ['--accept-unsigned']))).toEqual({
      ...{ status: 64, code: 'reason-required' },
    });
    const ofOther = { status: 77, code: 'brought-source-of-other' };
    expect(await kit.refused(prepare(`inbox:${crossed}`))).toEqual(ofOther);
    const preview = ['handoff', 'prepare', '--incident', 'shop-a-2020', '--preview'];
    const crossedSource = ['--source', `inbox:${crossed}=shop`];
    expect(await kit.refused([...kit.secret, ...preview, ...crossedSource])).toEqual(ofOther);
  });

  it('other bytes than came, though they are signed as well, and another way than was seen', async () => {
    const path = join(shelf(), `${good}.pgp`);
    const bytes = readFileSync(path);
    writeFileSync(path, await signedBy(pfi, other.bytes));
    expect(await kit.refused(prepare(`inbox:${good}`))).toEqual({
      ...{ status: 65, code: 'brought-source-changed' },
    });
    writeFileSync(path, bytes);
    expect(await kit.refused(prepare(`inbox:${good}`, ['--received', 'mail']))).toEqual({
      ...{ status: 64, code: 'usage' },
    });
    expect((await kit.done(['handoff', 'list'])).handoffs).toEqual([]);
  });
});

describe('handoff prepare --source inbox:ID', () => {
  it('reads it as any list of a pinned sender, and binds by whom and how it came', async () => {
    const made = await kit.done(prepare(`inbox:${good}`));
    const { read, cards, excluded } = made;
    expect([read, cards, excluded]).toEqual([expected.read, expected.cards, expected.excluded]);
    expect(made.sources).toMatchObject([{ name: 'list.pgp', sender: 'pfi-1', received: 'box' }]);
    const [source] = (await listed()).filter(({ id }) => id === good);
    expect(source).toMatchObject({ handoffs: [made.handoff], standing: 'needed' });
    const [leaf] = await leavesOf('handoff-prepare');
    expect(leaf!.data).toMatchObject({
      ...{ senders: ['pfi-1'], forms: ['encrypted-signed'], received: ['box'] },
      ...{ sources: [source!.sha256], brought: [good], boxes: ['pfi-1'], boxKeys: [source!.key] },
    });
    const plan = join(kit.workspace, 'data/handoffs', made.handoff, 'plan.json');
    expect(JSON.parse(readFileSync(plan, 'utf8')).sources).toMatchObject([
      { received: 'box', brought: { source: good, box: 'pfi-1', key: source!.key } },
    ]);
    const preview = ['handoff', 'prepare', '--incident', 'shop-a-2020', '--preview'];
    const shown = await kit.done([...kit.secret, ...preview, '--source', `inbox:${passedOn}`]);
    expect(shown.sources).toMatchObject([{ sender: 'pfi-1' }]);
  });
});

describe('purge source inbox:ID', () => {
  const purge = (id: string, reason?: string): string[] => [
    ...['--as', kit.officer.id, 'purge', 'source', `inbox:${id}`],
    ...(reason === undefined ? [] : ['--force-reason', reason]),
  ];

  it('keeps what is still needed, or of which nothing was made, but for a reason', async () => {
    expect(await kit.refused(purge(good))).toEqual({ status: 77, code: 'purge-undelivered' });
    expect(await kit.refused(purge(crossed))).toEqual({ status: 77, code: 'purge-source-unknown' });
    const purged = await kit.done(purge(crossed, 'it was not theirs to bring'));
    expect(purged).toMatchObject({ file: 'crossed.pgp', forced: true });
    expect(readdirSync(shelf())).not.toContain(`${crossed}.pgp`);
    expect((await leavesOf('source-purge')).at(-1)!.data).toMatchObject({ arrival: crossed });
    for (const again of [purge(crossed, 'again'), prepare(`inbox:${crossed}`)]) {
      expect(await kit.refused(again)).toEqual({ status: 66, code: 'brought-source-absent' });
    }
  });

  it('clears one whose file is gone, and says that nothing was done to it', async () => {
    rmSync(join(shelf(), `${passedOn}.pgp`));
    expect(await kit.refused(purge(passedOn))).toEqual({
      ...{ status: 77, code: 'purge-source-unknown' },
    });
    const purged = await kit.done(purge(passedOn, 'the disk lost it'));
    expect([purged.done, purged.forced]).toEqual([[], true]);
    expect((await listed()).map(({ id }) => id)).not.toContain(passedOn);
  });

  it('lets the same bytes be brought anew, under another id', async () => {
    await kit.done(purge(good, 'to see them come again'));
    expect((await bring(fromPfi, 'again.pgp', sealed)).status).toBe(0);
    expect(await idOf('again.pgp')).not.toBe(good);
  });

  it('leaves no card number on a screen, and a log that holds', async () => {
    expect((await stopServe(serving)).status).toBe(0);
    const everything = kit.desk.printed.join('\n').replace(/[ -]/g, '');
    expect(orders.cards.filter((digits) => everything.includes(digits))).toEqual([]);
    expect((await kit.done(['audit', 'verify'])).holds).toBe(true);
  });
});
