import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SftpCourier } from '../../../src/edge/sftp/sftp-courier.ts';
import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';
import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { DeliveryBench, FILE, testKey } from '../../support/delivery-bench.ts';
import { freePort, startSshd } from '../../support/sshd.ts';
import type { Sshd } from '../../support/sshd.ts';

const otherPin = `SHA256:${'A'.repeat(43)}`;
let key: SftpKeyPair;
let rsaKey: SftpKeyPair;
let sshd: Sshd;
let bench: DeliveryBench;

beforeAll(async () => {
  key = await testKey();
  rsaKey = await generateSftpKey('rsa-3072', 'mimamori test');
  sshd = await startSshd({
    authorizedKeys: [key.publicLine, rsaKey.publicLine],
    hostKeyTypes: ['ed25519', 'rsa', 'ecdsa'],
  });
});
afterAll(() => sshd.stop());
beforeEach(() => {
  bench = new DeliveryBench(
    { port: sshd.port, hostKey: sshd.hostKeys[0]!, user: sshd.user },
    key,
    3_000_000,
  );
});
afterEach(() => bench.clear());

describe('deliverBatch() to OpenSSH', () => {
  it('leaves one file with our bytes, readable by its owner only', async () => {
    const report = await bench.deliver();
    expect(report).toMatchObject({
      state: 'stored',
      attempts: 1,
      evidence: {
        by: 'delivery',
        hostKey: sshd.hostKeys[0],
        verification: 'read-back',
        isSynced: true,
        rename: 'answered',
        final: 'same-size',
        temporary: 'absent',
      },
    });
    expect(bench.files()).toEqual([FILE]);
    expect(readFileSync(join(bench.directory, FILE)).equals(bench.payload)).toBe(true);
    expect(statSync(join(bench.directory, FILE)).mode & 0o777).toBe(0o600);
    expect(await bench.deliver()).toMatchObject({ state: 'stored', attempts: 0 });
  });

  it('writes its temporary file into another directory where the recipient wants that', async () => {
    const temporary = bench.makeDirectory('tmp');
    bench.endpoint = { ...bench.endpoint, temporaryName: 'tmp/{name}.{attempt}-{fence}.part' };
    expect((await bench.deliver()).state).toBe('stored');
    expect(bench.files()).toEqual([FILE, 'tmp']);
    rmSync(temporary, { recursive: true });
  });

  it('delivers an empty file', async () => {
    const empty = new DeliveryBench({ ...sshd, hostKey: sshd.hostKeys[0]! }, key, 0);
    expect((await empty.deliver()).state).toBe('stored');
    expect(statSync(join(empty.directory, FILE)).size).toBe(0);
    empty.clear();
  });

  it('logs in with an RSA key', async () => {
    bench.credentials = { privateKey: rsaKey.privateKey };
    expect((await bench.deliver()).state).toBe('stored');
  });

  it('accepts the next pinned host key, and a pin of any type the server holds', async () => {
    for (const pin of sshd.hostKeys) {
      const own = new DeliveryBench({ ...sshd, hostKey: pin }, key);
      own.endpoint = { ...own.endpoint, hostKeys: [otherPin, pin] };
      expect(await own.deliver()).toMatchObject({ state: 'stored', evidence: { hostKey: pin } });
      own.clear();
    }
  });

  it('stops before any login when no host key is pinned', async () => {
    const logged = sshd.log().length;
    bench.endpoint = { ...bench.endpoint, hostKeys: [otherPin] };
    const report = await bench.deliver();
    expect(report).toMatchObject({
      state: 'failed',
      attempts: 1,
      fault: { code: 'host-key-changed' },
    });
    expect(report.fault?.facts).toMatchObject({
      expected: [otherPin],
      presented: [sshd.hostKeys[0], sshd.hostKeys[2], sshd.hostKeys[1]],
    });
    const said = sshd.log().slice(logged);
    expect(said).toContain('Connection from');
    expect(said).not.toMatch(/userauth-request|Failed|Accepted/);
  });

  it('refuses to connect without a pin', async () => {
    bench.endpoint = { ...bench.endpoint, hostKeys: [] };
    expect((await bench.deliver()).fault?.code).toBe('host-key-missing');
    bench.journal.force('b-0001', 'retry');
    bench.endpoint = { ...bench.endpoint, hostKeys: ['MD5:00:11'] };
    expect((await bench.deliver()).fault?.code).toBe('host-key-missing');
  });

  it('reports a refused login', async () => {
    bench.credentials = { privateKey: (await testKey()).privateKey };
    const report = await bench.deliver();
    expect(report).toMatchObject({
      state: 'failed',
      attempts: 1,
      fault: { code: 'authentication-refused' },
    });
  });

  it('reports a missing directory and one that is a file', async () => {
    writeFileSync(join(bench.directory, 'plain'), '');
    for (const name of ['missing', 'plain']) {
      const own = new DeliveryBench({ ...sshd, hostKey: sshd.hostKeys[0]! }, key);
      own.endpoint = { ...own.endpoint, directory: join(bench.directory, name) };
      expect((await own.deliver()).fault?.code).toBe('remote-directory-missing');
      own.clear();
    }
  });

  it('reports a directory it may not write to', async () => {
    // Root may write anywhere but to a file system mounted read-only.
    const closed = bench.makeDirectory('closed');
    bench.endpoint = { ...bench.endpoint, directory: closed };
    const isRoot = process.getuid?.() === 0;
    if (isRoot) execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=16m', 'tmpfs', closed]);
    else chmodSync(closed, 0o500);
    try {
      const report = await bench.deliver();
      expect(report).toMatchObject({ attempts: 1, fault: { code: 'remote-read-only' } });
    } finally {
      if (isRoot) execFileSync('umount', ['-l', closed]);
    }
  });

  it('reports a port nobody listens on after its attempts', async () => {
    bench.endpoint = { ...bench.endpoint, port: await freePort() };
    const report = await bench.deliver();
    expect(report).toMatchObject({
      state: 'failed',
      attempts: 3,
      fault: { code: 'peer-unavailable', facts: { reason: 'ECONNREFUSED' } },
    });
  });
});

describe('SftpCourier', () => {
  it('never offers ChaCha20, CBC, SHA-1 or ssh-rsa by itself', async () => {
    const logged = sshd.log().length;
    const box = await new SftpCourier().connect(bench.endpoint, bench.credentials);
    await box.close();
    const agreed = sshd
      .log()
      .slice(logged)
      .match(/kex: client->server cipher: \S+/)?.[0];
    expect(agreed).toContain('aes256-gcm@openssh.com');
  });
});
