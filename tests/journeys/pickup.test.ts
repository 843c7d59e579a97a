import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fingerprintOfLine, plainPublicKey } from '../../src/domain/recipients/pickup-key.ts';
import type { CliOptions, Document, RunningCli } from '../support/cli.ts';
import { makeOrderExport } from '../support/order-export.ts';
import {
  addPickup,
  freePort,
  makeLoginKey,
  rclone,
  sftp,
  startServe,
  stopServe,
} from '../support/pickup.ts';
import type { PickupLogin } from '../support/pickup.ts';
import { cutShort, pickupClients, runCall } from '../support/pickup-clients.ts';
import type { BoxDoor } from '../support/pickup-clients.ts';
import { childrenOf } from '../support/processes.ts';
import { confirming, readOutOf } from '../support/recipient-test.ts';
import { someCards } from '../support/plain-list.ts';
import { nonceIn } from '../support/sealed-text.ts';
import { seededRandom } from '../support/seeded-cards.ts';
import { Kit } from '../support/workspace-kit.ts';

// Two recipients who fetch their files: one with OpenSSH's sftp, one with rclone. Each step needs the one before.

let kit: Kit;
let serving: RunningCli;
let psp: PickupLogin;
let amex: PickupLogin;
let handoff: string;
/** Fingerprint of our key, to which answers are encrypted. */
let ours: string;

const desk = (name: string): string => join(kit.desk.folder, name);

/** As the table of programs wants it. */
const doorOf = ({ user, port, key, knownHosts }: PickupLogin): BoxDoor => ({
  ...{ user, port, key, knownHosts, fingerprint: '', home: kit.desk.home },
});

async function stateOf(recipient: string): Promise<Document> {
  const shown = await kit.done(['handoff', 'show', handoff]);
  return shown.batches.find((batch: Document) => batch.recipient === recipient);
}

/** Fingerprint of the public half of a login key. */
function pinOf(key: string): string {
  return fingerprintOfLine(plainPublicKey(readFileSync(`${key}.pub`, 'utf8').trim())!);
}

/** What the pickup server refused, as the log tells it. */
async function refusals(): Promise<Document[]> {
  const { entries } = await kit.done(['audit', 'tail', '--entries', '80']);
  const leaves = entries.map(({ leaf }: Document) => leaf);
  return leaves.filter(({ act }: Document) => act === 'pickup-refused');
}

beforeAll(async () => {
  kit = await Kit.create();
  const port = await freePort();
  addPickup(kit, port);
  const knownHosts = join(kit.desk.home, 'known_hosts');
  const login = { host: '127.0.0.1', port, knownHosts };
  psp = { ...login, user: 'psp', key: makeLoginKey(kit, 'psp-login', 'rsa') };
  amex = { ...login, user: 'amex', key: makeLoginKey(kit, 'amex-login') };
  for (const { user, key } of [psp, amex]) {
    const pinned = ['--pickup-key', `${key}.pub`, '--confirmed-by', 'by phone'];
    const clear = user === 'amex' ? ['--answers-in-clear', 'yes', '--pickup-within', '24'] : [];
    await kit.done(['--as', kit.officer.id, 'recipient', 'update', user, ...pinned, ...clear]);
  }
  await kit.putInForce();
  serving = await startServe(kit);
  const { stdout } = await kit.run(['key', 'export', '--pickup']);
  writeFileSync(knownHosts, stdout);
  await kit.openIncident('shop-a-2020');
});

afterAll(() => kit.dispose());

describe('recipient test', () => {
  it('waits in the box until it is fetched and read back', async () => {
    for (const [login, holder] of [
      [psp, kit.psp],
      [amex, kit.amex],
    ] as const) {
      const test = [...kit.secret, '--as', kit.officer.id, 'recipient', 'test', login.user];
      const { file, state } = await kit.done(test);
      expect(state).toBe('offered');
      const got = await sftp(login, [
        `get outbox/${file} ${desk(file)}`,
        `rename outbox/${file} done/${file}`,
      ]);
      expect([got.status, got.stderr]).toEqual([0, '']);
      const { output } = await holder.gpg.decrypt(new Uint8Array(readFileSync(desk(file))));
      await kit.done(confirming(kit, login.user, readOutOf(new TextDecoder().decode(output))));
    }
  });
});

describe('handoff deliver', () => {
  it('offers what recipients fetch', async () => {
    const source = kit.source('orders.csv', makeOrderExport(2).bytes);
    ({ handoff } = await kit.done(kit.prepare('shop-a-2020', [source])));
    await kit.approve(handoff);
    const { batches, served } = await kit.done(kit.deliver(handoff));
    expect(served).toBe(true);
    expect(batches.map(({ state }: Document) => state)).toEqual(['offered', 'offered']);
  });
});

describe('serve', () => {
  it('hands out no file that is not the approved one, and tells each time who asked', async () => {
    const { file, batch } = await stateOf('psp');
    const path = join(kit.workspace, 'data/outbox', file);
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.from(whole).fill(0, 40, 44));
    for (let time = 0; time < 2; time += 1) {
      expect((await sftp(psp, [`get outbox/${file} ${desk(file)}`])).status).not.toBe(0);
    }
    writeFileSync(path, whole);
    const data = { asked: 'open', code: 'sealed-file-differs', batch, handoff, box: 'psp' };
    const refused = { data: { ...data, key: pinOf(psp.key) }, object: `batch:${batch}` };
    expect(await refusals()).toMatchObject([refused, refused]);
    expect((await stateOf('psp')).state).toBe('offered');
  });

  it('gives OpenSSH a partial file, the rest of it, and takes the receipt', async () => {
    const { file, bytes } = await stateOf('psp');
    const listed = await sftp(psp, ['ls -l outbox']);
    expect(listed.stdout).toContain(file);
    const whole = readFileSync(join(kit.workspace, 'data/outbox', file));
    expect(whole).toHaveLength(bytes);
    // What is left of a connection that broke in the middle.
    writeFileSync(desk(file), whole.subarray(0, 1_000));
    await sftp(psp, [`reget outbox/${file} ${desk(file)}`]);
    expect(readFileSync(desk(file))).toEqual(whole);
    expect((await stateOf('psp')).state).toBe('partly-read');
    const tooEarly = await sftp(psp, [`rename outbox/${file} done/${file}`]);
    expect(tooEarly.status).not.toBe(0);
    // One that did: what was sent before counts, and what is sent when it goes on.
    rmSync(desk(file));
    const { program, args, input } = pickupClients[0]!.fetch(doorOf(psp), file, desk(file));
    const slow = ['-B', '256', '-R', '1', '-l', '16'];
    const fetch = { program, args: [...slow, ...args], input: input! };
    await cutShort(fetch, kit.desk.home, desk(file), 700);
    expect(statSync(desk(file)).size).toBeLessThan(bytes);
    const { status } = await sftp(psp, [`reget outbox/${file} ${desk(file)}`]);
    expect([status, (await stateOf('psp')).state]).toEqual([0, 'read']);
    expect(readFileSync(desk(file))).toEqual(whole);
    await sftp(psp, [`rename outbox/${file} done/${file}`]);
    expect((await stateOf('psp')).state).toBe('taken');
    const { stdout } = await sftp(psp, ['ls outbox', 'ls done']);
    expect(stdout).toContain(`done/${file}`);
    expect(stdout).not.toContain(`outbox/${file}`);
  });

  it('goes on with lftp where it was cut, and lets rclone fetch and put away', async () => {
    const { file } = await stateOf('amex');
    const listed = await rclone(amex, ['lsf', 'box:outbox']);
    expect([listed.status, listed.stdout.trim()]).toEqual([0, file]);
    const whole = readFileSync(join(kit.workspace, 'data/outbox', file));
    const client = pickupClients.find(({ name }) => name === 'lftp')!;
    const { program, args } = client.fetch(doorOf(amex), file, desk(file));
    const slow = [
      'set sftp:size-read 256',
      'set sftp:max-packets-in-flight 1',
      'set net:limit-rate 2000',
    ];
    const fetch = { program, args: ['-c', [...slow, args[1]].join('; ')] };
    await cutShort(fetch, kit.desk.home, desk(file), 700);
    expect(statSync(desk(file)).size).toBeLessThan(whole.length);
    expect((await stateOf('amex')).state).toBe('partly-read');
    const resumed = await runCall(client.resume!(doorOf(amex), file, desk(file)), kit.desk.home);
    expect([resumed.status, resumed.stderr]).toEqual([0, '']);
    expect(readFileSync(desk(file))).toEqual(whole);
    expect((await stateOf('amex')).state).toBe('read');
    const copied = await rclone(amex, ['copyto', `box:outbox/${file}`, desk(`again-${file}`)]);
    expect([copied.status, copied.stderr]).toEqual([0, '']);
    expect(readFileSync(desk(`again-${file}`))).toEqual(whole);
    expect((await stateOf('amex')).state).toBe('read');
    const moved = await rclone(amex, ['moveto', `box:outbox/${file}`, `box:done/${file}`]);
    expect([moved.status, moved.stderr]).toEqual([0, '']);
    expect((await stateOf('amex')).state).toBe('taken');
  });

  it('takes an answer out of the inbox by itself, and gives none of it back', async () => {
    const { file, batch: id, cards } = await stateOf('psp');
    const { openpgp } = await kit.done(['key', 'sheet']);
    ours = String(openpgp.fingerprint).replaceAll(' ', '');
    const { output } = await kit.psp.gpg.decrypt(new Uint8Array(readFileSync(desk(file))));
    const nonce = nonceIn(new TextDecoder().decode(output));
    const text = `H,mimamori-card-answer,1,${handoff},${id},accepted,${nonce}\nT,0\n`;
    const clear = new TextEncoder().encode(text);
    const answer = kit.put(
      'answer.pgp',
      await kit.psp.gpg.encrypt(clear, [ours], kit.psp.fingerprint),
    );
    const inClear = await sftp(psp, [`put ${kit.put('answer.csv', text)} inbox/answer.csv`]);
    expect(inClear.status).not.toBe(0);
    const put = await sftp(psp, [`put -p ${answer} inbox/answer.pgp`, 'ls -l inbox']);
    expect([put.status, put.stderr]).toEqual([0, '']);
    expect(put.stdout).toContain('answer.pgp');
    const answered = async (): Promise<Document> =>
      (await kit.done(['handoff', 'show', handoff])).answeredCards?.find(
        (each: Document) => each.batch === id,
      );
    await expect.poll(answered).toMatchObject({ accepted: cards });
    const again = await sftp(psp, [`put ${answer} inbox/answer.pgp`]);
    expect([again.status, again.stderr]).toEqual([0, '']);
    expect((await sftp(psp, [`get inbox/answer.pgp ${desk('back')}`])).status).not.toBe(0);
    // As WinSCP and rclone bring it: under another name first, of a file that by then was taken in.
    const renamed = await sftp(psp, [
      `put -p ${answer} inbox/answer.pgp.filepart`,
      'rename inbox/answer.pgp.filepart inbox/answer.pgp',
      'ls -1 inbox',
    ]);
    expect([renamed.status, renamed.stderr]).toEqual([0, '']);
    expect(renamed.stdout).toMatch(/^inbox\/answer\.pgp$/m);
    expect(renamed.stdout).not.toContain('\ninbox/answer.pgp.filepart');
    const status = await kit.done(['status']);
    const aside = [{ recipient: 'psp', files: 1, codes: ['source-not-openpgp'] }];
    expect(status.arrivals).toEqual({ waiting: 0, sources: [], aside });
    expect(readdirSync(join(kit.workspace, 'data/arrivals'))).toEqual([]);
  });

  it('takes an answer in clear where that was approved, and stores it encrypted alone', async () => {
    const { batches } = await kit.done(['handoff', 'show', handoff]);
    const of = (recipient: string): Document =>
      batches.find((batch: Document) => batch.recipient === recipient);
    const [mine, other] = [of('amex'), of('psp')];
    const put = (name: string, rest: string, rows: readonly string[] = [], batch = mine.batch) => {
      const lines = [`H,mimamori-card-answer,1,${handoff},${batch},${rest}`, ...rows];
      const path = kit.put(name, `${lines.join('\n')}\nT,${rows.length}\n`);
      return `put ${path} inbox/${name}`;
    };
    const [number] = someCards(seededRandom(41), 1);
    const sealed = await kit.amex.gpg.encrypt(new TextEncoder().encode('H\n'), [ours]);
    const brought = await sftp(amex, [
      put('one.csv', 'accepted'),
      put('again.csv', 'accepted'),
      put('other.csv', 'monitoring', [], other.batch),
      put('number.csv', 'accepted', [`D,${number},monitoring`]),
      // What they encrypt they have to sign, as everybody has.
      `put ${kit.put('sealed.pgp', sealed)} inbox/sealed.pgp`,
    ]);
    expect([brought.status, brought.stderr]).toEqual([0, '']);
    const codes = ['response-of-other', 'response-holds-card', 'source-unsigned'];
    await expect
      .poll(async () => (await kit.done(['status'])).arrivals)
      .toMatchObject({ waiting: 0, aside: [{ recipient: 'amex', files: 3, codes }, {}] });
    const { answeredCards } = await kit.done(['handoff', 'show', handoff]);
    expect(answeredCards).toContainEqual(
      expect.objectContaining({
        ...{ batch: mine.batch, accepted: mine.cards, answers: 1, signed: false },
      }),
    );
    expect(answeredCards).toContainEqual(
      expect.objectContaining({ batch: other.batch, answers: 1, signed: true }),
    );
    const folder = join(kit.workspace, 'data/arrivals');
    const lying = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(lying).toHaveLength(3);
    for (const bytes of lying) {
      expect([bytes.includes('mimamori'), bytes.includes(number!)]).toEqual([false, false]);
    }
    const { entries } = await kit.done(['audit', 'tail', '--entries', '30']);
    const leaves = entries.map(({ leaf }: Document) => leaf);
    const took = leaves.findLast(({ act }: Document) => act === 'response-import-cards').data;
    const came = leaves.find(({ data }: Document) => data.sha256 === took.sha256).data;
    expect([took.broughtBy, came.clearBytes > 0]).toEqual([came.key, true]);
    expect(leaves.filter(({ act }: Document) => act === 'answer-repeated')).toHaveLength(1);
  });

  it('gives a recall of that list, marked as one', async () => {
    const { batch: list, cards, sha256 } = await stateOf('psp');
    const command = ['handoff', 'recall', '--incident', 'shop-a-2020', '--batch', list];
    const why = ['--reason', 'the wrong desk'];
    const recalling = [...kit.secret, ...kit.officer.acting, ...why, ...command];
    const { handoff: recall, files } = await kit.done([...recalling, '--whole']);
    await kit.approve(recall);
    await kit.done(kit.deliver(recall));
    const [{ file, batch }] = files;
    expect(file).toBe(`recall-${batch}.pgp`);
    const got = await sftp(psp, [
      `get outbox/${file} ${desk(file)}`,
      `rename outbox/${file} done/${file}`,
    ]);
    expect([got.status, got.stderr]).toEqual([0, '']);
    const { output } = await kit.psp.gpg.decrypt(new Uint8Array(readFileSync(desk(file))));
    const lines = new TextDecoder().decode(output).trimEnd().split('\r\n');
    expect([lines[0]!.includes(`,${sha256},all,`), lines[1]]).toEqual([true, `T,0,${cards}`]);
    const { recalled } = await kit.done(['handoff', 'show', recall]);
    expect(recalled).toMatchObject([{ recalled: list, state: 'taken', cards }]);
  });

  it('gives nobody the box of another, and tells who was refused what', async () => {
    const stranger = makeLoginKey(kit, 'stranger');
    for (const login of [
      { ...psp, key: amex.key },
      { ...amex, key: stranger },
      { ...psp, user: 'root', key: psp.key },
    ]) {
      expect((await sftp(login, ['ls outbox'])).status).toBe(255);
    }
    const refused = (key: string, code: string, box?: string): Document => ({
      ...{ result: 'refused', actor: 'system', origin: 'pickup:127.0.0.1' },
      data: { asked: 'login', code, key: pinOf(key), ...(box === undefined ? {} : { box }) },
    });
    await expect
      .poll(async () => (await refusals()).filter(({ data }) => data.asked === 'login'))
      .toMatchObject([
        refused(amex.key, 'key-of-other', 'psp'),
        refused(stranger, 'key-unknown', 'amex'),
        refused(psp.key, 'box-unknown'),
      ]);
    expect(JSON.stringify(await refusals())).not.toContain('root');
  });

  it('stops on SIGTERM, with a log that verifies and names every rung', async () => {
    const { status, stderr } = await stopServe(serving);
    expect([status, stderr]).toEqual([0, '']);
    const { entries } = await kit.done(['audit', 'tail', '--entries', '80']);
    const acts = entries.map(({ leaf }: Document) => leaf.act);
    for (const act of ['offered', 'partly-read', 'read', 'taken']) {
      expect(acts.filter((each: string) => each === `delivery-${act}`)).toHaveLength(3);
    }
    expect(acts.at(-1)).toBe('serve-stop');
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });
});

describe('key rotate --pickup', () => {
  const acting = (): string[] => ['--as', kit.officer.id, '--reason', 'yearly'];
  const restarted = async (): Promise<void> => {
    await stopServe(serving);
    serving = await startServe(kit);
  };
  let before: string;
  let both: string;

  it('makes a key that recipients can enter while the one before is shown', async () => {
    before = readFileSync(psp.knownHosts, 'utf8');
    const rotate = [...kit.secret, ...acting(), 'key', 'rotate', '--pickup'];
    const rotated = await kit.done(rotate);
    expect(await kit.refused(rotate)).toEqual({ status: 77, code: 'key-still-retiring' });
    both = (await kit.run(['key', 'export', '--pickup'])).stdout;
    expect(both).toBe(`${before}${rotated.key}\n`);
    expect(rotated.retiringKey).toBe(before.trim());
    serving = await startServe(kit);
    expect((await sftp(psp, ['ls outbox'])).status).toBe(0);
  });

  it('shows it once the one before is retired and serve was started again', async () => {
    const retire = [...acting(), 'key', 'retire', '--pickup'];
    const { shown } = await kit.done(retire);
    const file = join(kit.workspace, 'keys/pickup.key.json');
    expect(existsSync(file)).toBe(false);
    // As a command leaves it that is killed between row and file.
    writeFileSync(file, '{}');
    expect(await kit.done(retire)).toMatchObject({ shown });
    expect(existsSync(file)).toBe(false);
    expect(await kit.refused(retire)).toEqual({ status: 77, code: 'key-not-retiring' });
    await restarted();
    expect((await sftp(psp, ['ls outbox'])).status).toBe(255);
    writeFileSync(psp.knownHosts, both);
    expect((await sftp(psp, ['ls outbox'])).status).toBe(0);
    const { keys } = await kit.done(['key', 'list']);
    const listed = keys.filter(({ purpose }: Document) => purpose === 'pickup');
    expect(listed.map(({ state }: Document) => state)).toEqual(['in-use', 'retired']);
    expect(listed[0].fingerprint).toBe(shown);
    expect((await stopServe(serving)).status).toBe(0);
    expect((await kit.run(['audit', 'verify'])).status).toBe(0);
  });
});

describe('a pickup term', () => {
  let batch: string;
  let file: string;
  const late = (hours: number): CliOptions => ({
    under: ['faketime', '-f', `+${hours}h`],
    env: { FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  });
  /** faketime waits for the program, which is its child. */
  const end = async ({ pid, ended }: RunningCli, signal: NodeJS.Signals): Promise<void> => {
    for (const child of childrenOf(pid)) process.kill(child, signal);
    await ended;
  };
  /** What the log tells of the batch, in its order. */
  const told = async (): Promise<string[]> => {
    const { entries } = await kit.done(['audit', 'tail', '--entries', '60']);
    const leaves = entries
      .map(({ leaf }: Document) => leaf)
      .filter(({ act, object }: Document) => act === 'escalation' && object === `batch:${batch}`);
    return leaves.map(({ data }: Document) => String(data.kind));
  };
  const status = async (hours: number): Promise<string[]> => {
    const { escalations } = await kit.done(['status'], late(hours));
    return escalations
      .filter((each: Document) => each.batch === batch)
      .map(({ kind }: Document) => kind);
  };

  it('is told of once when it passes, also by a serve that was killed and started again', async () => {
    const { batch: list } = await stateOf('amex');
    const command = ['handoff', 'recall', '--incident', 'shop-a-2020', '--batch', list, '--whole'];
    const why = ['--reason', 'the wrong desk'];
    const made = await kit.done([...kit.secret, ...kit.officer.acting, ...why, ...command]);
    [{ file, batch }] = made.files;
    await kit.approve(made.handoff);
    await kit.done(kit.deliver(made.handoff));
    const show = ['handoff', 'show', made.handoff];
    const [pickup] = (await kit.done(show)).pickups;
    expect(pickup).toMatchObject({ batch, recipient: 'amex', overdue: false });
    expect((await kit.done(show, late(25))).pickups).toEqual([{ ...pickup, overdue: true }]);
    const screen = await kit.run(['--lang', 'en', ...show], late(25));
    expect(screen.stdout).toContain('OVERDUE: amex was to fetch all of it by');
    serving = await startServe(kit, late(25));
    await expect.poll(told).toEqual(['pickup-overdue']);
    expect(await status(25)).toEqual(['pickup-overdue']);
    await end(serving, 'SIGKILL');
    // A day before the end of the offer, which the same round tells in the same transaction.
    serving = await startServe(kit, late(50));
    await expect.poll(told).toEqual(['pickup-overdue', 'offer-ending']);
    expect(await status(50)).toEqual(['offer-ending', 'pickup-overdue']);
  });

  it('is over once all of it was fetched', async () => {
    const got = await sftp(amex, [`get outbox/${file} ${desk(file)}`]);
    expect([got.status, got.stderr]).toEqual([0, '']);
    expect(await status(51)).toEqual([]);
    await end(serving, 'SIGTERM');
  });
});
