import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { BATCH, DeliveryBench, FILE, sealedBytes, testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';
import { extensionOf, statusPacket, withoutExtension } from '../../support/sftp-packets.ts';
import type { SftpPacket } from '../../support/sftp-packets.ts';

let key: SftpKeyPair;
let peer: FakePeer;
let bench: DeliveryBench;

beforeAll(async () => {
  key = await testKey();
  peer = await FakePeer.start();
});
afterAll(() => peer.stop());
beforeEach(() => {
  peer.rules = {};
  peer.renames = 0;
  bench = new DeliveryBench(peer, key);
});
afterEach(() => bench.clear());

const statusFor = (type: string, status: number) => ({
  onRequest: (request: SftpPacket) => (request.type === type ? { status } : ('forward' as const)),
});

function expectNothingPublished(): void {
  expect(peer.renames).toBe(0);
  expect(bench.files()).not.toContain(FILE);
}

describe('deliverBatch() to a server that lies', () => {
  it('publishes nothing when writes are acknowledged and dropped', async () => {
    peer.rules = statusFor('WRITE', 0);
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'failed', attempts: 3 });
    expect(report.fault?.code).toBe('remote-content-differs');
    expectNothingPublished();
  });

  it('publishes nothing when one byte of a write is changed', async () => {
    peer.rules = {
      onRequest: (request) => {
        if (request.type !== 'WRITE') return 'forward';
        const bytes = Buffer.from(request.bytes);
        bytes[bytes.length - 1]! ^= 1;
        return { bytes };
      },
    };
    const report = await bench.deliver();
    expect(report.fault?.code).toBe('remote-content-differs');
    expectNothingPublished();
  });

  it('removes no temporary file because a check failed', async () => {
    peer.rules = statusFor('WRITE', 0);
    await bench.deliver();
    expect(bench.files()).toEqual([`.${FILE}.3-1.part`]);
  });

  it('does not believe a rename that left the temporary file behind', async () => {
    let lies = 1;
    peer.rules = {
      onRequest: (request) =>
        request.type === 'RENAME' && (lies -= 1) >= 0 ? { status: 0 } : 'forward',
    };
    const report = await bench.deliver();
    expect(report.state).toBe('stored');
    expect(report.evidence?.by).toBe('reconcile');
    expect(bench.files()).toEqual([FILE]);
  });

  it('never reports stored when no rename is ever carried out', async () => {
    peer.rules = statusFor('RENAME', 0);
    const report = await bench.deliver();
    expect(report.state).toBe('failed');
    expectNothingPublished();
  });

  it('takes attributes in answer to a rename for no answer', async () => {
    const attributes = Buffer.from([0, 0, 0, 9, 105, 0, 0, 0, 0, 0, 0, 0, 0]);
    let lies = 1;
    peer.rules = {
      onRequest: (request) => {
        if (request.type !== 'RENAME' || (lies -= 1) < 0) return 'forward';
        const answer = Buffer.from(attributes);
        answer.writeUInt32BE(request.id, 5);
        return { answer };
      },
    };
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'stored', evidence: { by: 'reconcile' } });
    expect(peer.renames).toBe(1);
  });

  it('does not take an OK for a file handle', async () => {
    peer.rules = statusFor('OPEN', 0);
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'failed', fault: { code: 'protocol-fault' } });
    expectNothingPublished();
  });

  it('does not take an OK for the attributes of a free name', async () => {
    peer.rules = statusFor('LSTAT', 0);
    expect((await bench.deliver()).fault?.code).toBe('protocol-fault');
    expectNothingPublished();
  });

  it('is not fooled by more data than it asked for', async () => {
    peer.rules = {
      onAnswer: (answer) => {
        if (answer.type !== 'DATA') return answer.bytes;
        const more = Buffer.concat([answer.bytes, Buffer.alloc(100_000)]);
        more.writeUInt32BE(more.length - 4, 0);
        more.writeUInt32BE(more.length - 13, 9);
        return more;
      },
    };
    const report = await bench.deliver();
    expect(report.state).toBe('failed');
    expectNothingPublished();
  });

  it('reads on after short answers', async () => {
    peer.rules = {
      onRequest: (request) => {
        if (request.type !== 'READ') return 'forward';
        const bytes = Buffer.from(request.bytes);
        bytes.writeUInt32BE(
          Math.min(5_000, bytes.readUInt32BE(bytes.length - 4)),
          bytes.length - 4,
        );
        return { bytes };
      },
    };
    expect(await bench.deliver()).toMatchObject({
      state: 'stored',
      evidence: { verification: 'read-back' },
    });
  });

  it('waits for no answer with a strange id beyond the deadline', async () => {
    bench.limits = { ...bench.limits, requestMs: 200 };
    peer.rules = {
      onRequest: (request) =>
        request.type === 'FSTAT' ? { answer: statusPacket(request.id + 1000, 0) } : 'forward',
    };
    expect((await bench.deliver()).fault?.code).toBe('deadline-passed');
    expectNothingPublished();
  });
});

describe('deliverBatch() to a server that refuses', () => {
  const cases = [
    [
      'fsync that fails',
      (r: SftpPacket) => extensionOf(r) === 'fsync@openssh.com',
      4,
      'remote-failure',
    ],
    ['a close that fails', (r: SftpPacket) => r.type === 'CLOSE', 4, 'remote-failure'],
    ['no permission to write', (r: SftpPacket) => r.type === 'OPEN', 3, 'remote-read-only'],
    [
      'a directory that is missing',
      (r: SftpPacket) => r.type === 'OPEN',
      2,
      'remote-directory-missing',
    ],
    ['an open that is unsupported', (r: SftpPacket) => r.type === 'OPEN', 8, 'remote-unsupported'],
    [
      'a rename that is unsupported',
      (r: SftpPacket) => r.type === 'RENAME',
      8,
      'remote-unsupported',
    ],
    ['a rename without permission', (r: SftpPacket) => r.type === 'RENAME', 3, 'remote-read-only'],
    ['an unknown status', (r: SftpPacket) => r.type === 'OPEN', 99, 'remote-failure'],
  ] as const;
  for (const [title, matches, status, code] of cases) {
    it(`fails on ${title}`, async () => {
      peer.rules = { onRequest: (request) => (matches(request) ? { status } : 'forward') };
      const report = await bench.deliver();
      expect(report).toMatchObject({ state: 'failed', fault: { code } });
      expectNothingPublished();
    });
  }

  it('sends again after a retry, under the same name', async () => {
    peer.rules = statusFor('OPEN', 3);
    await bench.deliver();
    peer.rules = {};
    bench.journal.force(BATCH, 'retry');
    expect((await bench.deliver()).state).toBe('stored');
    expect(bench.files()).toEqual([FILE]);
  });

  it('notes a missing fsync and goes on', async () => {
    peer.rules = {
      onAnswer: (answer) =>
        answer.type === 'VERSION'
          ? withoutExtension(answer.bytes, 'fsync@openssh.com')
          : answer.bytes,
    };
    expect(await bench.deliver()).toMatchObject({ state: 'stored', evidence: { isSynced: false } });
  });

  it('records unverified where reading back is refused', async () => {
    let opens = 0;
    peer.rules = {
      onRequest: (request) =>
        request.type === 'OPEN' && (opens += 1) > 1 ? { status: 3 } : 'forward',
    };
    expect(await bench.deliver()).toMatchObject({
      state: 'stored',
      evidence: { verification: 'unverified' },
    });
  });

  it('reads nothing back where the endpoint says it must not', async () => {
    bench.endpoint = { ...bench.endpoint, canReadBack: false };
    peer.seen.length = 0;
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'stored', evidence: { verification: 'unverified' } });
    expect(peer.seen).not.toContain('READ');
  });

  it('delivers into a box that cannot be looked at, and presumes after a lost answer', async () => {
    bench.endpoint = { ...bench.endpoint, canReadBack: false };
    const start = peer.requests;
    const blind = (request: SftpPacket): boolean =>
      ['LSTAT', 'STAT', 'FSTAT'].includes(request.type);
    peer.rules = {
      onRequest: (request) => {
        if (request.type === 'RENAME') return 'cut-after';
        return blind(request) ? { status: request.type === 'FSTAT' ? 8 : 3 } : 'forward';
      },
    };
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'presumed', fault: { code: 'outcome-unknown' } });
    expect(peer.requests).toBeGreaterThan(start);
    expect(await bench.deliver()).toMatchObject({ state: 'presumed', attempts: 0 });
    expect(peer.renames).toBe(1);
  });

  it('tries three times, then leaves it to a person', async () => {
    peer.rules = { onRequest: (request) => (request.type === 'WRITE' ? 'cut-before' : 'forward') };
    const report = await bench.deliver();
    expect(report).toMatchObject({
      state: 'failed',
      attempts: 3,
      fault: { code: 'connection-lost' },
    });
    expect(bench.pauses).toEqual([5_000, 30_000]);
    await expect(bench.deliver()).rejects.toMatchObject({ code: 'state-forbids' });
  });
});

describe('deliverBatch() to a directory with something in it', () => {
  it('takes the same content under the final name for stored', async () => {
    writeFileSync(join(bench.directory, FILE), bench.payload);
    expect(await bench.deliver()).toMatchObject({
      state: 'stored',
      evidence: { rename: 'not-sent' },
    });
    expect(peer.renames).toBe(0);
  });

  it('overwrites no other content and reports the conflict', async () => {
    writeFileSync(join(bench.directory, FILE), 'theirs');
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'conflict', fault: { code: 'target-taken' } });
    expect(readFileSync(join(bench.directory, FILE), 'utf8')).toBe('theirs');
    expect((await bench.deliver()).state).toBe('conflict');
  });

  it('overwrites nothing that appeared while it was sending, even where rename would', async () => {
    peer.rules = {
      onRequest: (request) => {
        if (request.type === 'FSTAT') writeFileSync(join(bench.directory, FILE), 'theirs');
        return 'forward';
      },
    };
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'conflict', fault: { code: 'target-taken' } });
    expect(peer.renames).toBe(0);
    expect(bench.files()).toEqual([FILE]);
    expect(readFileSync(join(bench.directory, FILE), 'utf8')).toBe('theirs');
  });

  it('finishes a rename of which the server did one half', async () => {
    peer.rules = {
      onRequest: (request) => {
        if (request.type !== 'RENAME') return 'forward';
        writeFileSync(join(bench.directory, FILE), bench.payload);
        return 'cut-before';
      },
    };
    expect((await bench.deliver()).state).toBe('stored');
    expect(bench.files()).toEqual([FILE]);
  });

  it('presumes when both names are gone', async () => {
    peer.rules = {
      onRequest: (request) => {
        if (request.type !== 'RENAME') return 'forward';
        rmSync(join(bench.directory, `.${FILE}.1-1.part`));
        return 'cut-before';
      },
    };
    expect((await bench.deliver()).state).toBe('presumed');
    peer.rules = {};
    expect(await bench.deliver()).toMatchObject({ state: 'presumed', attempts: 0 });
    expectNothingPublished();
  });

  it('does not publish a sealed file that is no longer what was approved', async () => {
    bench.sealedOnDisk = sealedBytes(bench.payload.length, 'other');
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'failed', fault: { code: 'sealed-file-differs' } });
    expect(bench.files()).toEqual([]);
  });
});

const hidden = (type: string) =>
  ['STAT', 'LSTAT'].includes(type) ? { status: 3 } : ('forward' as const);

describe('deliverBatch() to a server without rename', () => {
  beforeEach(() => {
    bench.endpoint = { ...bench.endpoint, rename: 'none' };
  });

  it('writes under the final name and verifies', async () => {
    expect(await bench.deliver()).toMatchObject({
      state: 'stored',
      evidence: { verification: 'read-back', rename: 'not-sent', final: 'same' },
    });
    expect(bench.files()).toEqual([FILE]);
  });

  it.each([
    [true, 'same-size'],
    [false, 'hidden'],
  ])('says of the file only what was seen of it, sizes shown: %s', async (canList, final) => {
    bench.endpoint = { ...bench.endpoint, canReadBack: false, canList };
    const hiding = { onRequest: ({ type }: { type: string }) => hidden(type) };
    if (!canList) peer.rules = hiding;
    const evidence = { verification: 'unverified', final };
    expect(await bench.deliver()).toMatchObject({ state: 'stored', evidence });
  });

  it('calls a half-written final a conflict and touches it no more', async () => {
    let writes = 0;
    peer.rules = {
      onRequest: (request) =>
        request.type === 'WRITE' && (writes += 1) === 2 ? 'cut-before' : 'forward',
    };
    expect((await bench.deliver()).state).toBe('conflict');
    expect(bench.files()).toEqual([FILE]);
  });

  it('fails when the opening was refused', async () => {
    peer.rules = statusFor('OPEN', 3);
    expect(await bench.deliver()).toMatchObject({
      state: 'failed',
      fault: { code: 'remote-read-only' },
    });
  });
});

describe('deliverBatch() to a full or stopped server', () => {
  const canMount = process.getuid?.() === 0;

  it('reports a full file system before sending and after a refused write', async () => {
    const mounted = bench.makeDirectory('small');
    bench.endpoint = { ...bench.endpoint, directory: mounted };
    if (canMount) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mounted]);
    else peer.rules = statusFor('OPEN', 4);
    try {
      const code = canMount ? 'remote-full' : 'remote-failure';
      expect(await bench.deliver()).toMatchObject({ state: 'failed', fault: { code } });
      // A server that says nothing of its space beforehand fails at the write.
      if (canMount) {
        bench.journal.force(BATCH, 'retry');
        let asked = 0;
        peer.rules = {
          onRequest: (request) =>
            extensionOf(request) === 'statvfs@openssh.com' && (asked += 1) % 2 === 1
              ? { status: 4 }
              : 'forward',
        };
        peer.seen.length = 0;
        expect((await bench.deliver()).fault?.code).toBe('remote-full');
        expect(peer.seen).toContain('WRITE');
      }
    } finally {
      if (canMount) execFileSync('umount', ['-l', mounted]);
    }
  });

  it('gives a stopped sftp-server its deadline, then reconciles', async () => {
    bench.limits = { ...bench.limits, requestMs: 300 };
    for (const type of ['WRITE', 'FSTAT', 'READ', 'RENAME']) {
      const own = new DeliveryBench(peer, key);
      own.limits = bench.limits;
      let isFirst = true;
      peer.rules = {
        onRequest: (request) => {
          if (request.type !== type || !isFirst) return 'forward';
          isFirst = false;
          return 'stop';
        },
      };
      const startedAt = performance.now();
      expect((await own.deliver()).state).toBe('stored');
      expect(performance.now() - startedAt).toBeLessThan(10_000);
      expect(own.files()).toEqual([FILE]);
      own.clear();
    }
  });

  it('stops when interrupted and goes on in the next run', async () => {
    const interruption = new AbortController();
    peer.rules = {
      onRequest: (request) => {
        if (request.type === 'WRITE') interruption.abort();
        return 'forward';
      },
    };
    const report = await bench.deliver(interruption.signal);
    expect(report).toMatchObject({ state: 'sending', fault: { code: 'delivery-interrupted' } });
    peer.rules = {};
    expect((await bench.deliver()).state).toBe('stored');
    expect(bench.files()).toEqual([FILE]);
  });
});
