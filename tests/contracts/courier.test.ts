import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SftpCourier } from '../../src/edge/sftp/sftp-courier.ts';
import type {
  Courier,
  RemoteBox,
  SftpCredentials,
  SftpEndpoint,
} from '../../src/exchange/delivery/courier.ts';
import { sealedBytes, testKey } from '../support/delivery-bench.ts';
import { MemoryCourier } from '../support/memory-courier.ts';
import { startSshd } from '../support/sshd.ts';

interface Subject {
  readonly courier: Courier;
  readonly endpoint: SftpEndpoint;
  readonly credentials: SftpCredentials;
  /** An empty directory for the next test. */
  renew(): SftpEndpoint;
  stop(): Promise<void>;
}

const plain = {
  host: '127.0.0.1',
  port: 22,
  user: 'peer',
  directory: '',
  authentication: 'key',
  canReadBack: true,
  canList: true,
  rename: 'plain',
} as const;

function inMemory(): Promise<Subject> {
  const courier = new MemoryCourier();
  const endpoint = { ...plain, hostKeys: [courier.hostKey] };
  const renew = (): SftpEndpoint => {
    courier.files.clear();
    return endpoint;
  };
  return Promise.resolve({
    courier,
    endpoint,
    credentials: {},
    renew,
    stop: () => Promise.resolve(),
  });
}

async function overSftp(): Promise<Subject> {
  const key = await testKey();
  const sshd = await startSshd({ authorizedKeys: [key.publicLine] });
  const home = mkdtempSync(join(tmpdir(), 'mimamori-contract-'));
  let count = 0;
  const { port, user, hostKeys } = sshd;
  const endpoint: SftpEndpoint = { ...plain, port, user, hostKeys };
  return {
    courier: new SftpCourier(),
    endpoint,
    credentials: { privateKey: key.privateKey },
    renew: () => {
      const directory = join(home, String((count += 1)));
      mkdirSync(directory);
      return { ...endpoint, directory };
    },
    stop: async () => {
      await sshd.stop();
      rmSync(home, { recursive: true });
    },
  };
}

async function* chunksOf(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) {
    await Promise.resolve();
    yield bytes.subarray(at, at + length);
  }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

for (const [name, make] of [
  ['in memory', inMemory],
  ['over SFTP', overSftp],
] as const) {
  describe(`Courier ${name}`, () => {
    let subject: Subject;
    let box: RemoteBox;
    const bytes = sealedBytes(200_001);
    const upload = (to: string, of = bytes) => box.upload(to, chunksOf(of, 4_093), of.length);

    beforeAll(async () => {
      subject = await make();
    });
    afterAll(() => subject.stop());
    beforeEach(async () => {
      box = await subject.courier.connect(subject.renew(), subject.credentials);
    });
    afterEach(() => box.close());

    it('tells the pinned host key it met', () => {
      expect(subject.endpoint.hostKeys).toContain(box.hostKey);
    });

    it('refuses to connect without a pin or to another key', async () => {
      const without = { ...subject.endpoint, hostKeys: [] };
      const other = { ...subject.endpoint, hostKeys: [`SHA256:${'B'.repeat(43)}`] };
      await expect(subject.courier.connect(without, subject.credentials)).rejects.toMatchObject({
        code: 'host-key-missing',
      });
      await expect(subject.courier.connect(other, subject.credentials)).rejects.toMatchObject({
        code: 'host-key-changed',
      });
    });

    it('uploads what look() and readBack() then find', async () => {
      const progress: number[] = [];
      const sent = await box.upload('a.part', chunksOf(bytes, 70_000), bytes.length, (done) => {
        progress.push(done);
      });
      expect(sent).toEqual({
        bytes: bytes.length,
        sha256: digest(bytes),
        remoteBytes: bytes.length,
        isSynced: true,
      });
      expect(progress.at(-1)).toBe(bytes.length);
      expect(await box.look('a.part')).toEqual({ sizeBytes: bytes.length, isFile: true });
      expect(await box.readBack('a.part', bytes.length)).toEqual({
        bytes: bytes.length,
        sha256: digest(bytes),
      });
    });

    it('reads one byte more than allowed and no further', async () => {
      await upload('a.part');
      expect(await box.readBack('a.part', 99_999)).toEqual({
        bytes: 100_000,
        sha256: digest(bytes.subarray(0, 100_000)),
      });
    });

    it('uploads nothing over an existing name', async () => {
      await upload('a.part', bytes.subarray(0, 5));
      await expect(upload('a.part')).rejects.toMatchObject({ code: 'temporary-taken' });
      expect(await box.look('a.part')).toMatchObject({ sizeBytes: 5 });
    });

    it('passes an error of the payload or of the progress on', async () => {
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield await Promise.resolve(bytes.subarray(0, 50_000));
        throw new Error('disk');
      };
      await expect(box.upload('a.part', broken(), 100_000)).rejects.toThrow('disk');
      const stop = (): Promise<void> => Promise.reject(new Error('lease'));
      await expect(box.upload('b.part', chunksOf(bytes, 9_000), 200_001, stop)).rejects.toThrow(
        'lease',
      );
    });

    it('renames to a free name', async () => {
      await upload('a.part');
      await box.rename('a.part', 'a.pgp');
      expect(await box.look('a.part')).toBeUndefined();
      expect(await box.look('a.pgp')).toMatchObject({ sizeBytes: bytes.length });
    });

    it('renames over nothing', async () => {
      await upload('a.part');
      await upload('a.pgp', bytes.subarray(0, 7));
      await expect(box.rename('a.part', 'a.pgp')).rejects.toMatchObject({ code: 'target-taken' });
      expect(await box.look('a.pgp')).toMatchObject({ sizeBytes: 7 });
      expect(await box.look('a.part')).toMatchObject({ sizeBytes: bytes.length });
    });

    it('does not rename what is not there', async () => {
      await expect(box.rename('a.part', 'a.pgp')).rejects.toMatchObject({ code: 'remote-failure' });
      expect(await box.look('a.pgp')).toBeUndefined();
    });

    it('finds nothing under a free name', async () => {
      expect(await box.look('a.pgp')).toBeUndefined();
      expect(await box.readBack('a.pgp', 10)).toBeUndefined();
    });

    it('removes a file, and twice', async () => {
      await upload('a.part');
      await box.remove('a.part');
      await box.remove('a.part');
      expect(await box.look('a.part')).toBeUndefined();
    });

    it('tells how much may still be written', async () => {
      expect(await box.freeBytes()).toBeGreaterThan(1_000_000);
    });

    it('answers nothing after close(), which may be called twice', async () => {
      await box.close();
      await box.close();
      await expect(box.look('a.pgp')).rejects.toMatchObject({ code: 'connection-lost' });
    });
  });
}
