import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import ssh2 from 'ssh2';
import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { BatchRow } from '../../../src/exchange/handoff/handoff-register.ts';
import type { RunningPickup } from '../../../src/exchange/pickup/pickup-server.ts';
import { pickupProcesses } from '../../../src/edge/pickup-server/pickup-process.ts';
import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';
import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { call, openSftp } from '../../support/pickup-bench.ts';
import { PickupBox } from '../../support/pickup-box.ts';

// What may go wrong with the outbox server, each with what is to come of it. The server in its own process, the desk that
// answers it and the database are the real ones; a recipient has a file in their box.

/** Rows that take a server of their own: where they stand, and the title there. */
const elsewhere = {
  'O-01: 1,000 idle strangers; a good client lists within 2 s, under 256 MiB': [
    'tests/edge/pickup/flood.test.ts',
    '1,000 idle strangers from 8 addresses keep nobody else out, and no memory',
  ],
  'O-09: nonsense, from seeds and as it was found; no crash, no leak': [
    'tests/edge/pickup/fuzz.test.ts',
    'is as it was after what seeds make up, before and after a login',
  ],
} as const;

/** Logins of each kind, and by how much the quickest of two kinds may differ. */
const ATTEMPTS = 12;
const ALIKE_MS = 5;
const NO_SUCH_FILE = 2;
const DENIED = 3;
const FAILURE = 4;
const UNSUPPORTED = 8;

const folder = mkdtempSync(join(tmpdir(), 'mimamori-table-o-'));
const clients: Client[] = [];
let box: PickupBox;
let running: RunningPickup;
let keys: Readonly<Record<'psp' | 'amex' | 'stranger', SftpKeyPair>>;

beforeAll(async () => {
  const pair = (name: string): Promise<SftpKeyPair> => generateSftpKey('ed25519', name);
  const [psp, amex, stranger] = [await pair('psp'), await pair('amex'), await pair('stranger')];
  keys = { psp, amex, stranger };
  box = new PickupBox();
  await box.offer({}, { psp: psp.publicLine, amex: amex.publicLine });
  const shelves = { outbox: join(folder, 'outbox'), tests: join(folder, 'tests') };
  mkdirSync(shelves.outbox);
  for (const [name, bytes] of box.folder.sealed) writeFileSync(join(shelves.outbox, name), bytes);
  const { privateKey } = await pair('host');
  const place = { address: '127.0.0.1', port: 0 };
  running = await pickupProcesses.start(place, privateKey, shelves, box.desk());
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await running.stop();
  await box.dispose();
  rmSync(folder, { recursive: true });
});

async function connect(): Promise<Client> {
  const client = new ssh2.Client();
  clients.push(client);
  client.on('error', () => undefined);
  const privateKey = Buffer.from(keys.psp.privateKey);
  client.connect({ host: '127.0.0.1', port: running.port, username: 'psp', privateKey });
  await once(client, 'ready');
  return client;
}

const session = async (): Promise<SFTPWrapper> => openSftp(await connect());
const open = (sftp: SFTPWrapper, path: string): Promise<Buffer> =>
  call((done) => sftp.open(path, 'r', done));

/** The status a request is refused with; undefined where it is not. */
async function refusal(act: (done: (error?: Error | null) => void) => void): Promise<unknown> {
  return call(act).then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

async function part(sftp: SFTPWrapper, batch: BatchRow, from: number, to: number): Promise<string> {
  const handle = await open(sftp, `/outbox/${batch.file}`);
  const bytes = Buffer.alloc(to - from);
  await call((done) => sftp.read(handle, bytes, 0, bytes.length, from, done));
  await call((done) => sftp.close(handle, done));
  return bytes.toString();
}

const contentOf = ({ file }: BatchRow): string =>
  Buffer.from(box.folder.sealed.get(file)!).toString();

describe('table O', () => {
  it('has each of its rows once, here or where it says', () => {
    const here = readFileSync(import.meta.filename, 'utf8');
    const rows = [...here.matchAll(/'(O-\d\d): /g)].map(([, row]) => row);
    expect(rows.sort()).toEqual(Array.from({ length: 9 }, (_, at) => `O-0${at + 1}`));
  });

  it.each(Object.entries(elsewhere))('%s', (_row, [file, title]) => {
    expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`\\bit\\('${title}'`));
  });

  it('O-02: none, a password, an unknown key, the key of another box: refused, all alike', async () => {
    const methods: readonly (readonly [string, object])[] = [
      ['psp', { type: 'none' }],
      ['psp', { type: 'password', password: 'psp' }],
      ['psp', { type: 'publickey', key: Buffer.from(keys.stranger.privateKey) }],
      ['amex', { type: 'publickey', key: Buffer.from(keys.psp.privateKey) }],
      ['nobody', { type: 'publickey', key: Buffer.from(keys.psp.privateKey) }],
    ];
    const told: unknown[] = [];
    // The quickest of many: what else runs on the machine makes some slower, and none quicker.
    const quickest = methods.map(() => Infinity);
    for (const at of Array.from(
      { length: methods.length * ATTEMPTS },
      (_, turn) => turn % methods.length,
    )) {
      const [username, method] = methods[at]!;
      let began = 0;
      const client = new ssh2.Client();
      clients.push(client);
      let asked = 0;
      const left: unknown[] = [];
      client.connect({
        ...{ host: '127.0.0.1', port: running.port, username },
        authHandler: (methodsLeft, partial, next) => {
          if (asked > 0) left.push(methodsLeft, partial);
          if (asked === 1) quickest[at] = Math.min(quickest[at]!, performance.now() - began);
          asked += 1;
          began = performance.now();
          next(asked === 1 ? ({ username, ...method } as never) : (false as never));
        },
      });
      const [error] = (await once(client, 'error')) as [Error];
      told.push([left, error.message]);
    }
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(told[0]).toEqual([[['publickey'], false], expect.any(String)]);
    expect(Math.max(...quickest) - Math.min(...quickest)).toBeLessThan(ALIKE_MS);
  });

  it('O-03: paths that lead elsewhere: no such file, and none of them reaches the disk', async () => {
    const sftp = await session();
    const corpus = [
      ...[
        '/etc/passwd',
        '../../etc/passwd',
        'outbox/../../etc/passwd',
        'outbox/%2e%2e/x',
        '%2e%2e',
      ],
      ...[
        'outbox\\x',
        'outbox/a\0b',
        `outbox/${'a'.repeat(300)}`,
        'x/'.repeat(250),
        'outbox/ａ.pgp',
      ],
      ...[
        'outbox/a/b',
        'OUTBOX',
        'outbox/.ssh',
        'outbox/-',
        '~',
        'outbox/none.pgp',
        'done/none.pgp',
      ],
    ];
    for (const path of corpus) {
      expect(await refusal((done) => sftp.stat(path, done)), path).toBe(NO_SUCH_FILE);
      expect(await refusal((done) => sftp.open(path, 'r', done)), path).toBe(NO_SUCH_FILE);
      expect(await refusal((done) => sftp.opendir(path, done)), path).toBe(NO_SUCH_FILE);
    }
    // A step up means what it means everywhere, and ends at the top of the box.
    for (const path of ['..', '/../..', 'outbox/..', '']) {
      expect(await call((done) => sftp.realpath(path, done))).toBe('/');
    }
  });

  it('O-04: commands, a shell, forwarding, X11, agents, other subsystems: refused, and files go on', async () => {
    const client = await connect();
    const refused: readonly ((done: (error?: Error | null) => void) => void)[] = [
      (done) => client.exec('id', done),
      (done) => client.exec('id', { env: { LD_PRELOAD: '/tmp/x.so' } }, done),
      (done) => client.exec('id', { x11: true }, done),
      (done) => client.exec('id', { agentForward: true } as object, done),
      (done) => client.shell(done),
      (done) => client.subsys('netconf', done),
      (done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', 22, done),
      (done) => client.forwardIn('127.0.0.1', 0, done),
      (done) => client.openssh_forwardOutStreamLocal('/tmp/x', done),
      (done) => client.openssh_forwardInStreamLocal('/tmp/x', done),
    ];
    for (const [at, act] of refused.entries()) {
      await expect(call(act), String(at)).rejects.toThrow();
    }
    // Otherwise than the table has it, a second channel is let in: clients list while they fetch. Not a fifth one.
    const other = await connect();
    const sessions = await Promise.all([1, 2, 3, 4].map(() => openSftp(other)));
    await expect(openSftp(other)).rejects.toThrow();
    for (const sftp of sessions) expect(await call((done) => sftp.realpath('.', done))).toBe('/');
  });

  it('O-05: unknown and extended requests, a packet too long, handles without end', async () => {
    const statvfs = [Buffer.from([0, 0, 0, 7]), text('statvfs@openssh.com'), text('/')];
    const { answers, say } = await subsystem(await connect());
    say(200, Buffer.concat(statvfs));
    const { value } = await answers.next();
    // SSH_FXP_STATUS, the id of the request, and the code.
    const told = [value?.[0], value?.readUInt32BE(1), value?.readUInt32BE(5)];
    expect(told).toEqual([101, 7, UNSUPPORTED]);
    // Whoever speaks another language, or does not end, has nothing to say.
    for (const [type, bytes] of [
      [99, 4],
      [3, 64 * 1024],
    ] as const) {
      const raw = await subsystem(await connect());
      raw.say(type, Buffer.alloc(bytes, 1));
      expect((await raw.answers.next()).done, String(type)).toBe(true);
    }
    const sftp = await session();
    const { file } = await box.batch();
    const opened = await Promise.allSettled(
      Array.from({ length: 200 }, () => open(sftp, `/outbox/${file}`)),
    );
    const codes = opened.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as { code: unknown }).code] : [],
    );
    expect([opened.length - codes.length, [...new Set(codes)]]).toEqual([16, [FAILURE]]);
  });

  it('O-08: to put away what was not sent whole is refused, and told', async () => {
    const sftp = await session();
    const batch = await box.batch();
    const [from, to] = [`/outbox/${batch.file}`, `/done/${batch.file}`];
    await part(sftp, batch, 0, 4);
    expect(await refusal((done) => sftp.unlink(from, done))).toBe(DENIED);
    expect(await refusal((done) => sftp.rename(from, to, done))).toBe(DENIED);
    expect((await box.batch()).state).toBe('partly-read');
    expect(await box.refusals()).toContainEqual(['take', 'state-forbids']);
  });

  it('O-07: a connection breaks at half, the next one goes on there: the exact bytes, and read', async () => {
    const batch = await box.batch();
    const half = batch.bytes >> 1;
    const first = await connect();
    const before = await part(await openSftp(first), batch, 0, half);
    first.destroy();
    const sftp = await session();
    expect(before + (await part(sftp, batch, half, batch.bytes))).toBe(contentOf(batch));
    expect((await box.batch()).state).toBe('read');
  });

  it('O-06: two read one file, both put it away: the full bytes for both, and taken once', async () => {
    const batch = await box.batch();
    const both = [await session(), await session()];
    const got = await Promise.all(both.map((sftp) => part(sftp, batch, 0, batch.bytes)));
    expect(got).toEqual([contentOf(batch), contentOf(batch)]);
    const [from, to] = [`/outbox/${batch.file}`, `/done/${batch.file}`];
    const codes = await Promise.all(
      both.map((sftp) => refusal((done) => sftp.rename(from, to, done))),
    );
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    const acts = (await box.store.leaves()).filter(
      ({ act, data }) => act === 'delivery-taken' && data['batch'] === batch.id,
    );
    expect([acts.length, (await box.batch()).state]).toEqual([1, 'taken']);
  });
});

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** draft-ietf-secsh-filexfer-02 section 3: length, type, the rest. */
function request(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length + 1);
  head[4] = type;
  return Buffer.concat([head, body]);
}

/** A session whose packets are written by hand, after its versions were told. */
async function subsystem(client: Client): Promise<{
  readonly answers: AsyncGenerator<Buffer, undefined>;
  readonly say: (type: number, body: Buffer) => void;
}> {
  const raw = await call<ClientChannel>((done) => client.subsys('sftp', done));
  const say = (type: number, body: Buffer): void => void raw.write(request(type, body));
  const answers = packetsOf(raw);
  say(1, Buffer.from([0, 0, 0, 3]));
  await answers.next();
  return { answers, say };
}

/** What the other side says, packet by packet, from the type on. */
async function* packetsOf(channel: ClientChannel): AsyncGenerator<Buffer, undefined> {
  let rest = Buffer.alloc(0);
  for await (const chunk of channel as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const end = 4 + rest.readUInt32BE(0);
      yield rest.subarray(4, end);
      rest = rest.subarray(end);
    }
  }
  return undefined;
}
