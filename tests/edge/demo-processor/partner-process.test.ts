import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { exampleKeys } from '../../../src/domain/workspace/example-keys.ts';
import { PartnerProcess } from '../../../src/edge/demo-processor/partner-process.ts';
import { openSource } from '../../../src/edge/openpgp/open-source.ts';
import type { OurKey } from '../../../src/edge/openpgp/our-key.ts';
import { OpenpgpSealer } from '../../../src/edge/openpgp/seal.ts';
import { openpgpCertificates } from '../../../src/edge/openpgp/inspect-certificate.ts';
import { SftpCourier } from '../../../src/edge/sftp/sftp-courier.ts';
import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';
import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import type { RemoteBox } from '../../../src/exchange/delivery/courier.ts';
import { chunked } from '../../support/chunks.ts';
import { ourTestKey } from '../../support/our-test-key.ts';
import { asciiOf, brandSample, seededRandom } from '../../support/seeded-cards.ts';

const root = join(import.meta.dirname, '../../..');
const keys = join(root, 'keys.example');
const rng = seededRandom(31);

let us: OurKey;
let login: SftpKeyPair;
let partners: PartnerProcess;
let directory: string;
const folders: string[] = [];

beforeAll(async () => {
  ({ ourKey: us } = await ourTestKey());
  login = await generateSftpKey('ed25519', 'test');
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Lives as long as the file: the partners that the tests share write into it. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mimamori-partners-'));
  folders.push(folder);
  return folder;
}

async function startPartners(): Promise<PartnerProcess> {
  directory = newFolder();
  const started = await PartnerProcess.start({ directory, keys, seed: 1 });
  await started.meet({
    sftpLine: login.publicLine,
    certificate: us.certificate,
    fingerprint: us.fingerprint,
  });
  return started;
}

function connect(user = 'psp', key = login, pins = [partners.server.hostKey]): Promise<RemoteBox> {
  const { host, port } = partners.server;
  return new SftpCourier().connect(
    {
      ...{ host, port, user, directory: user, hostKeys: pins, authentication: 'key' },
      ...{ canReadBack: true, canList: true, rename: 'plain' },
    },
    { privateKey: key.privateKey },
  );
}

/** A file as we would deliver it: header, cards, sealed to a recipient. */
async function sealed(recipient: 'psp' | 'amex', cards: number, by = us): Promise<Uint8Array> {
  const certificate = new Uint8Array(readFileSync(join(keys, `recipients/${recipient}.asc`)));
  const fingerprint = exampleKeys[recipient];
  const { encryptionSubkey } = await openpgpCertificates.inspect(certificate, {
    ...{ fingerprint, purpose: 'encrypt', allow: [], at: new Date() },
  });
  const rows = Array.from({ length: cards }, () => [
    asciiOf(brandSample(rng, 'visa')),
    Buffer.from(',1228,0000000001\r\n'),
  ]);
  const payload = Buffer.concat([Buffer.from(`TEST,b-1,EX-1,final,${cards}\r\n`), ...rows.flat()]);
  const parts: Uint8Array[] = [];
  const request = { certificate, fingerprint, allow: [], armor: false, payload: [payload] };
  const subkey = { encryptionSubkey: encryptionSubkey!.fingerprint };
  for await (const part of new OpenpgpSealer(by).seal({ ...request, ...subkey })) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

describe('PartnerProcess', () => {
  beforeAll(async () => {
    partners = await startPartners();
  });
  afterAll(() => partners.close());

  it('hands over an export of 5,000 records, and a list sealed to us by the investigator', async () => {
    const { orders, recovered } = await partners.handOverSources();
    expect(orders).toMatchObject({ name: 'orders.csv', records: 5_000 });
    expect(recovered).toMatchObject({ name: 'recovered.csv.pgp', records: 214 });
    expect(readFileSync(orders.path).length).toBe(orders.bytes);

    const certificate = readFileSync(join(keys, 'senders/pfi-1.asc'), 'utf8');
    const fingerprint = exampleKeys['pfi-1'];
    const opened = openSource(chunked(new Uint8Array(readFileSync(recovered.path)), 4_096), us, [
      { certificate, fingerprint, allow: [] },
    ]);
    let lines = 0;
    for await (const chunk of opened.clear) lines += chunk.filter((byte) => byte === 0x0a).length;
    expect(lines).toBe(215);
    const signedAt: unknown = expect.any(Date);
    expect(await opened.verdict).toEqual({ signedBy: fingerprint, signedAt });
  });

  it('takes files from us, and counts the cards in them with its own key', async () => {
    for (const [recipient, cards] of [
      ['psp', 40],
      ['amex', 7],
    ] as const) {
      const box = await connect(recipient);
      const bytes = await sealed(recipient, cards);
      await box.upload('.b-1.part', chunked(bytes, 4_096), bytes.length);
      await box.rename('.b-1.part', 'b-1.pgp');
      expect(await box.readBack('b-1.pgp', bytes.length)).toMatchObject({ bytes: bytes.length });
      await box.close();
    }
    const found = { file: 'b-1.pgp', mode: 'TEST', signedBy: us.fingerprint };
    expect(await partners.receipts()).toEqual([
      expect.objectContaining({ ...found, recipient: 'psp', cards: 40, announced: 40 }),
      expect.objectContaining({ ...found, recipient: 'amex', cards: 7, announced: 7 }),
    ]);
  });

  it('says of a file it cannot open why, and counts nothing in it', async () => {
    const good = await sealed('psp', 5);
    const { ourKey: stranger } = await ourTestKey();
    const files = {
      'altered.pgp': good.with(good.length - 20, good.at(-20)! ^ 1),
      'cut.pgp': good.subarray(0, -30),
      'stranger.pgp': await sealed('psp', 5, stranger),
      'theirs.pgp': await sealed('amex', 5),
      'text.pgp': new TextEncoder().encode('nothing sealed'),
    };
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(directory, 'received/psp', name), bytes);
    }
    const receipts = (await partners.receipts()).filter(({ file }) => file in files);
    expect(Object.fromEntries(receipts.map(({ file, fault }) => [file, fault]))).toEqual({
      'altered.pgp': 'source-altered',
      'cut.pgp': 'source-truncated',
      'stranger.pgp': 'source-signer-unknown',
      'theirs.pgp': 'source-not-for-us',
      'text.pgp': 'source-not-openpgp',
    });
    expect(receipts.every(({ cards, signedBy }) => cards === 0 && signedBy === undefined)).toBe(
      true,
    );
  });

  it('lets in nobody but the holder of our key, into the accounts there are', async () => {
    const other = await generateSftpKey('ed25519', 'other');
    await expect(connect('psp', other)).rejects.toMatchObject({ code: 'authentication-refused' });
    await expect(connect('root')).rejects.toMatchObject({ code: 'authentication-refused' });
    const otherPin = `SHA256:${'A'.repeat(43)}`;
    await expect(connect('psp', login, [otherPin])).rejects.toMatchObject({
      code: 'host-key-changed',
    });
  });

  it('knows no file outside the box of the account', async () => {
    const box = await connect();
    for (const name of [
      '../amex/b-1.pgp',
      '../../sources/orders.csv',
      '/etc/passwd',
      '..',
      'a/b',
    ]) {
      expect(await box.look(name), name).toBeUndefined();
      expect(await box.readBack(name, 10), name).toBeUndefined();
      await expect(box.upload(name, chunked(new Uint8Array(3), 3), 3), name).rejects.toThrow();
    }
    await box.close();
  });

  it('overwrites nothing: neither by opening nor by renaming', async () => {
    const box = await connect();
    const bytes = new Uint8Array(100).fill(1);
    await box.upload('first', chunked(bytes, 4_096), 100);
    await expect(box.upload('first', chunked(bytes, 4_096), 100)).rejects.toMatchObject({
      code: 'temporary-taken',
    });
    await box.upload('second', chunked(bytes, 4_096), 100);
    await expect(box.rename('second', 'first')).rejects.toMatchObject({ code: 'target-taken' });
    await box.remove('first');
    await box.remove('second');
    expect(await box.look('first')).toBeUndefined();
    await box.close();
  });
});

describe('a partners’ process that is gone', () => {
  it('is told at once when it ended, to whoever waits and to whoever asks later', async () => {
    partners = await startPartners();
    expect(partners.lost.aborted).toBe(false);
    process.kill(partners.pid!, 'SIGSTOP');
    const waiting = partners.handOverSources();
    process.kill(partners.pid!, 'SIGKILL');
    const ended = { code: 'demo-partner-lost', facts: { reason: 'ended' } };
    await expect(waiting).rejects.toMatchObject(ended);
    expect(partners.lost.aborted).toBe(true);
    await expect(partners.receipts()).rejects.toMatchObject(ended);
    await partners.close();
  });

  it('is told when it does not answer, and ends when it is closed', async () => {
    partners = await startPartners();
    const { pid } = partners;
    partners.answerMs = 200;
    process.kill(pid!, 'SIGSTOP');
    await expect(partners.receipts()).rejects.toMatchObject({
      code: 'demo-partner-lost',
      facts: { reason: 'no-answer' },
    });
    await partners.close();
    expect(isRunning(pid!)).toBe(false);
    expect(partners.lost.aborted).toBe(false);
  });

  it('does not outlive the demo, however that ended', async () => {
    const script = `
      const { PartnerProcess } = await import(process.argv[1]);
      const partners = await PartnerProcess.start(JSON.parse(process.argv[2]));
      console.log(partners.pid);
      setInterval(() => undefined, 1000);`;
    const module = join(root, 'src/edge/demo-processor/partner-process.ts');
    const beginning = JSON.stringify({ directory: newFolder(), keys, seed: 1 });
    const demo = spawn(process.execPath, ['--input-type=module', '-e', script, module, beginning]);
    const [line] = (await once(demo.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isRunning(pid)).toBe(true);
    demo.kill('SIGKILL');
    const until = Date.now() + 10_000;
    while (isRunning(pid) && Date.now() < until) await pause(50);
    expect(isRunning(pid)).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
