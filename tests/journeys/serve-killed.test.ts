import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CliRun, Document, RunningCli } from '../support/cli.ts';
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
import { isRunning } from '../support/processes.ts';
import { runPython } from '../support/python.ts';
import { confirming, readOutOf } from '../support/recipient-test.ts';
import { between, seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

// serve brings files to psp and has them fetched by amex, and is killed ten times on the way.

const rng = seededRandom(62);
const kills = 10;

let kit: Kit;
let amex: PickupLogin;
const handoffs: string[] = [];
/** The file behind each name at psp, when it was seen first: a second publishing would be another one. */
const seen = new Map<string, number>();

beforeAll(async () => {
  kit = await Kit.create();
  const port = await freePort();
  addPickup(kit, port);
  appendFileSync(join(kit.workspace, 'config/mimamori.toml'), '\n[serve]\ndeliver = true\n');
  const knownHosts = join(kit.desk.home, 'known_hosts');
  amex = { host: '127.0.0.1', port, knownHosts, user: 'amex', key: makeLoginKey(kit, 'amex') };
  const pinned = ['--pickup-key', `${amex.key}.pub`, '--confirmed-by', 'by phone'];
  await kit.done(['--as', kit.officer.id, 'recipient', 'update', 'amex', ...pinned]);
  await kit.putInForce();
  await kit.testRecipients('psp');
});

afterAll(() => kit.dispose());

async function approveAnother(): Promise<void> {
  const incident = `shop-${handoffs.length}`;
  await kit.openIncident(incident);
  const source = kit.source(`${incident}.csv`, makeOrderExport(handoffs.length + 2, 500).bytes);
  const { handoff } = await kit.done(kit.prepare(incident, [source]));
  await kit.approve(handoff);
  handoffs.push(handoff);
}

/** What amex does all the time: fetch whatever is there. */
function fetchAll(): Promise<CliRun> {
  return sftp(amex, [`-get outbox/*.pgp ${kit.desk.folder}`]);
}

function lookAtPsp(): void {
  for (const name of readdirSync(kit.sshd.directory)) {
    const { ino } = statSync(join(kit.sshd.directory, name));
    if (name.endsWith('.pgp') && !name.startsWith('.')) {
      expect(seen.get(name) ?? ino, `${name} was published twice`).toBe(ino);
      seen.set(name, ino);
    }
  }
}

async function batchesOf(recipient: string): Promise<Document[]> {
  const shown = await Promise.all(handoffs.map((id) => kit.done(['handoff', 'show', id])));
  const batches = shown.flatMap(({ batches }) => batches as Document[]);
  return batches.filter((batch) => batch.recipient === recipient);
}

const statesOf = async (recipient: string): Promise<string[]> =>
  (await batchesOf(recipient)).map(({ state }) => String(state));

/** Waits for what a round will do; rounds come every fifteen seconds. */
async function untilStates(recipient: string, isFine: (state: string) => boolean): Promise<void> {
  const until = performance.now() + 90_000;
  while (performance.now() < until) {
    if ((await statesOf(recipient)).every(isFine)) return;
    await pause(500);
  }
  throw new Error(`waited in vain: ${String(await statesOf(recipient))}`);
}

const parsed = (line: string): Document => JSON.parse(line);

function killed({ child, ended }: RunningCli): Promise<CliRun> {
  child.kill('SIGKILL');
  return ended;
}

describe('serve', () => {
  it('has a test fetched, and stops within seconds', async () => {
    const serving = await startServe(kit);
    const { stdout } = await kit.run(['key', 'export', '--pickup']);
    writeFileSync(amex.knownHosts, stdout);
    const test = [...kit.secret, '--as', kit.officer.id, 'recipient', 'test', 'amex'];
    const { file } = await kit.done(test);
    const path = join(kit.desk.folder, file);
    await sftp(amex, [`get outbox/${file} ${path}`, `rename outbox/${file} done/${file}`]);
    const { output } = await kit.amex.gpg.decrypt(new Uint8Array(readFileSync(path)));
    await kit.done(confirming(kit, 'amex', readOutOf(new TextDecoder().decode(output))));
    const asked = performance.now();
    const stopped = await stopServe(serving);
    expect(stopped.status).toBe(0);
    expect(performance.now() - asked).toBeLessThan(30_000);
    const [began, ended, ...more] = stopped.stdout.trim().split('\n').map(parsed);
    expect([began, more]).toEqual([expect.objectContaining({ delivers: true }), []]);
    expect(Date.parse(ended!.endedAt)).toBeGreaterThan(0);
    expect((await kit.done(['status'])).serve).toMatchObject({ needed: true, running: false });
  });

  it('is missed by a delivery into a box while it does not run', async () => {
    await approveAnother();
    const deliver = [...kit.deliver(handoffs[0]!), '--recipient', 'amex'];
    const { reports, served } = await kit.done(deliver);
    expect([reports[0].state, served]).toEqual(['offered', false]);
    const { stdout } = await kit.run(['--lang', 'en', ...deliver]);
    expect(stdout).toContain('serve does NOT run: nobody can fetch');
  });

  it('is killed ten times while it delivers and is fetched from, and nothing goes twice', async () => {
    for (let kill = 0; kill < kills; kill += 1) {
      if (kill % 3 === 0) await approveAnother();
      const serving = await startServe(kit);
      const fetching = fetchAll();
      await pause(between(rng, 100, 2_000));
      expect((await killed(serving)).status).not.toBe(0);
      if (kill === 0) {
        const { serve } = await kit.done(['status']);
        expect(serve).toMatchObject({ needed: true, running: false });
      }
      await fetching;
      lookAtPsp();
    }
  });

  it('goes on where it was, until all of it is there', async () => {
    const serving = await startServe(kit);
    await untilStates('psp', (state) => state === 'stored');
    await untilStates('amex', (state) => ['offered', 'partly-read', 'read'].includes(state));
    expect((await kit.done(['status'])).serve).toMatchObject({ running: true, troubles: [] });
    lookAtPsp();
    const toPsp = await batchesOf('psp');
    expect([...seen.keys()].sort()).toEqual(toPsp.map(({ file }) => String(file)).sort());
    for (const { file } of await batchesOf('amex')) {
      const path = join(kit.desk.folder, file);
      const put = await sftp(amex, [
        `get outbox/${file} ${path}`,
        `rename outbox/${file} done/${file}`,
      ]);
      expect([put.status, put.stderr]).toEqual([0, '']);
    }
    expect(await statesOf('amex')).toEqual(handoffs.map(() => 'taken'));
    expect((await stopServe(serving)).status).toBe(0);
    expect(isRunning(serving.pid)).toBe(false);
  });

  it('brought every file as it was sealed', () => {
    for (const folder of [kit.sshd.directory, kit.desk.folder]) {
      for (const name of readdirSync(folder).filter((each) => kit.outbox().includes(each))) {
        const sealed = readFileSync(join(kit.workspace, 'data/outbox', name));
        expect(readFileSync(join(folder, name)).equals(sealed), name).toBe(true);
      }
    }
    const left = readdirSync(kit.sshd.directory).filter((name) => !name.endsWith('.pgp'));
    expect(left).toEqual([]);
  });

  it('left a log that holds for both verifiers, with each batch once', async () => {
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
    const target = join(kit.desk.root, 'log-export');
    await kit.done([...kit.secret, 'audit', 'export', target]);
    const other = await runPython('verify_log.py', 'verify', target, '--no-openssl');
    expect([other.status, other.stderr]).toEqual([0, '']);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '1000']);
    const leaves = entries.map(({ leaf }: Document) => leaf) as Document[];
    const of = (act: string): string[] =>
      leaves.filter((leaf) => leaf.act === act).map(({ object }) => String(object));
    for (const [act, recipient] of [
      ['delivery-stored', 'psp'],
      ['delivery-offered', 'amex'],
      ['delivery-taken', 'amex'],
    ] as const) {
      const ids = (await batchesOf(recipient)).map(({ batch }) => `batch:${batch}`);
      expect(of(act).sort(), act).toEqual(ids.sort());
    }
    const stored = leaves.filter(({ act }) => act === 'delivery-stored');
    expect(new Set(stored.map(({ actor }) => String(actor)))).toEqual(new Set(['service.serve']));
    expect(of('serve-start')).toHaveLength(kills + 2);
    expect(of('serve-stop')).toHaveLength(2);
  });
});
