import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { BATCH, DeliveryBench, FILE, sha256Of, testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';
import type { RequestFate } from '../../support/fake-peer.ts';
import type { SftpPacket } from '../../support/sftp-packets.ts';

const CONTROL = 'mm-0001.done';
const text = new TextEncoder().encode(`${'a'.repeat(64)}  ${FILE}\n`);

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
  bench = newBench();
});
afterEach(() => bench.clear());

function newBench(content = text): DeliveryBench {
  const made = new DeliveryBench(peer, key);
  made.control = { name: CONTROL, bytes: content, sha256: sha256Of(content) };
  return made;
}

const read = (name: string): string => readFileSync(join(bench.directory, name), 'latin1');
const names = (request: SftpPacket): string => request.bytes.toString('latin1');

/** Refuses or breaks requests of a type that name a file. */
function at(type: string, name: string, fate: RequestFate, which: 'first' | 'all' = 'first'): void {
  let left = which === 'first' ? 1 : Number.POSITIVE_INFINITY;
  peer.rules = {
    onRequest: (request) =>
      request.type === type && names(request).includes(name) && (left -= 1) >= 0 ? fate : 'forward',
  };
}

async function diesAt(call: number): Promise<boolean> {
  bench.journal.failsIn = call;
  const died = await bench.deliver().then(
    () => false,
    () => true,
  );
  bench.journal.failsIn = undefined;
  bench.journal.expireLeases();
  return died;
}

describe('deliverBatch() with a control file', () => {
  it('puts it after the data file is there, and says what was seen of it', async () => {
    const opened: string[] = [];
    peer.rules = {
      onRequest: (request) => {
        if (request.type === 'RENAME') opened.push(bench.files().join());
        return 'forward';
      },
    };
    const report = await bench.deliver();
    expect(report).toMatchObject({
      state: 'stored',
      evidence: {
        ...{ by: 'delivery', verification: 'read-back', controlName: CONTROL, control: 'same' },
      },
    });
    expect(bench.files()).toEqual([CONTROL, FILE].sort());
    expect(read(CONTROL)).toBe(Buffer.from(text).toString('latin1'));
    expect(opened[0]).not.toContain('.done');
    expect(opened[1]).toContain(FILE);
  });

  it('puts none beside a data file that could not be published', async () => {
    at('RENAME', FILE, { status: 4 });
    await bench.deliver();
    peer.rules = { onRequest: ({ type }) => (type === 'RENAME' ? { status: 3 } : 'forward') };
    bench.clear();
    bench = newBench();
    expect((await bench.deliver()).state).toBe('failed');
    expect(bench.files().filter((name) => name.includes('.done'))).toEqual([]);
  });

  it.each(['cut-before', 'cut-after'] as const)(
    'finishes when the connection breaks at its rename, %s',
    async (fate) => {
      at('RENAME', CONTROL, fate);
      const report = await bench.deliver();
      expect(report).toMatchObject({ state: 'stored', evidence: { control: 'same' } });
      expect(peer.renames).toBe(2);
      expect(bench.files()).toEqual([CONTROL, FILE].sort());
    },
  );

  it('keeps the data file and waits when it is refused, and the next deliver puts it', async () => {
    at('OPEN', CONTROL, { status: 3 }, 'all');
    const refused = await bench.deliver();
    expect(refused).toMatchObject({ state: 'publishing', fault: { code: 'remote-read-only' } });
    expect(bench.files()).toEqual([FILE]);
    expect(peer.renames).toBe(1);
    peer.rules = {};
    expect(await bench.deliver()).toMatchObject({ state: 'stored', attempts: 0 });
    expect(bench.files()).toEqual([CONTROL, FILE].sort());
    expect(peer.renames).toBe(2);
  });

  it('overwrites no file that has its name: conflict', async () => {
    writeFileSync(join(bench.directory, CONTROL), 'of somebody else');
    const report = await bench.deliver();
    expect(report).toMatchObject({
      ...{ state: 'conflict', fault: { code: 'target-taken', facts: { file: CONTROL } } },
    });
    expect(read(CONTROL)).toBe('of somebody else');
    rmSync(join(bench.directory, CONTROL));
    bench.journal.force(BATCH, 'resolve not-stored');
    bench.journal.force(BATCH, 'retry');
    expect(await bench.deliver()).toMatchObject({ state: 'stored' });
    expect(peer.renames).toBe(2);
  });

  it('is presumed when the answer is lost and a quick consumer took it', async () => {
    peer.onRenamed = () => {
      if (bench.files().includes(CONTROL)) {
        rmSync(join(bench.directory, CONTROL));
        rmSync(join(bench.directory, FILE));
      }
    };
    at('RENAME', CONTROL, 'cut-after');
    expect((await bench.deliver()).state).toBe('presumed');
    expect((await bench.deliver()).state).toBe('presumed');
    expect(bench.files()).toEqual([]);
    peer.onRenamed = undefined;
  });

  it('is stored when the consumer took both after an answered rename', async () => {
    peer.onRenamed = () => {
      if (bench.files().includes(CONTROL)) rmSync(join(bench.directory, CONTROL));
    };
    expect(await bench.deliver()).toMatchObject({
      ...{ state: 'stored', evidence: { control: 'absent' } },
    });
    peer.onRenamed = undefined;
  });
});

describe('deliverBatch() with a control file, after a death between any two records', () => {
  it.each(['plain', 'none'] as const)('publishes each once, rename = %s', async (rename) => {
    let deaths = 0;
    for (let call = 0; call < 20; call += 1) {
      bench.clear();
      bench = newBench();
      bench.endpoint = { ...bench.endpoint, rename };
      peer.renames = 0;
      if (!(await diesAt(call))) break;
      deaths += 1;
      const before = bench.files();
      const { state } = await bench.deliver();
      // In place, an announced file that is not there may have been taken: a person is asked.
      expect(rename === 'plain' ? ['stored'] : ['stored', 'presumed']).toContain(state);
      if (state === 'presumed') {
        expect(bench.files()).toEqual(before);
        continue;
      }
      expect(bench.files()).toEqual([CONTROL, FILE].sort());
      expect(peer.renames).toBe(rename === 'plain' ? 2 : 0);
    }
    expect(deaths).toBeGreaterThanOrEqual(6);
  });
});

describe('deliverBatch() to a server without rename', () => {
  beforeEach(() => {
    bench.control = undefined;
    bench.endpoint = { ...bench.endpoint, rename: 'none' };
    peer.rules = { onRequest: ({ type }) => (type === 'RENAME' ? { status: 8 } : 'forward') };
  });

  const inPlace = (type: string, fate: RequestFate, nth = 1): void => {
    let left = nth;
    peer.rules = {
      onRequest: (request) => {
        if (request.type === 'RENAME') return { status: 8 };
        return request.type === type && (left -= 1) === 0 ? fate : 'forward';
      },
    };
  };

  it('writes under the final name, exclusively, and reads back', async () => {
    expect(await bench.deliver()).toMatchObject({
      ...{ state: 'stored', evidence: { verification: 'read-back', rename: 'not-sent' } },
    });
    expect(bench.files()).toEqual([FILE]);
  });

  it('and puts the control file the same way', async () => {
    bench.control = { name: CONTROL, bytes: text, sha256: sha256Of(text) };
    expect(await bench.deliver()).toMatchObject({
      ...{ state: 'stored', evidence: { controlName: CONTROL, control: 'same' } },
    });
    expect(bench.files()).toEqual([CONTROL, FILE].sort());
  });

  it('calls half a file remote-incomplete, removes nothing and never sends again by itself', async () => {
    inPlace('WRITE', 'cut-before', 3);
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'conflict', fault: { code: 'remote-incomplete' } });
    const half = read(FILE).length;
    peer.rules = {};
    expect((await bench.deliver()).state).toBe('conflict');
    expect(read(FILE)).toHaveLength(half);
    rmSync(join(bench.directory, FILE));
    bench.journal.force(BATCH, 'resolve not-stored');
    bench.journal.force(BATCH, 'retry');
    expect((await bench.deliver()).state).toBe('stored');
  });

  it('does not put a control file beside half a file', async () => {
    bench.control = { name: CONTROL, bytes: text, sha256: sha256Of(text) };
    inPlace('WRITE', 'cut-before', 3);
    expect((await bench.deliver()).state).toBe('conflict');
    expect(bench.files()).toEqual([FILE]);
  });

  it('is failed, not in conflict, when the create itself is refused', async () => {
    inPlace('OPEN', { status: 3 });
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'failed', fault: { code: 'remote-read-only' } });
    expect(bench.files()).toEqual([]);
  });

  it('stays presumed where nothing can be read and the end of the file may be there first', async () => {
    bench.endpoint = { ...bench.endpoint, canReadBack: false };
    inPlace('CLOSE', 'cut-before');
    expect((await bench.deliver()).state).toBe('presumed');
    expect(read(FILE)).toHaveLength(bench.payload.length);
  });

  it('is refused as remote-unsupported while the endpoint says that it can rename', async () => {
    bench.endpoint = { ...bench.endpoint, rename: 'plain' };
    const report = await bench.deliver();
    expect(report).toMatchObject({ state: 'failed', fault: { code: 'remote-unsupported' } });
    expect(bench.files()).not.toContain(FILE);
  });
});

describe('deliverBatch() where the server does not tell which names are taken', () => {
  it('believes the bytes it can read, not the look', async () => {
    bench.endpoint = { ...bench.endpoint, canList: false };
    peer.rules = {
      onRequest: ({ type }) => (type === 'LSTAT' ? { status: 2 } : 'forward'),
    };
    expect(await bench.deliver()).toMatchObject({
      ...{ state: 'stored', evidence: { verification: 'read-back', control: 'same' } },
    });
  });

  it('presumes when neither look nor reading is allowed and the answer was lost', async () => {
    bench.control = undefined;
    bench.endpoint = { ...bench.endpoint, canList: false, canReadBack: false };
    let cuts = 1;
    peer.rules = {
      onRequest: ({ type }) => {
        if (type === 'LSTAT') return { status: 2 };
        return type === 'RENAME' && (cuts -= 1) === 0 ? 'cut-after' : 'forward';
      },
    };
    expect((await bench.deliver()).state).toBe('presumed');
    expect(peer.renames).toBe(1);
  });
});
