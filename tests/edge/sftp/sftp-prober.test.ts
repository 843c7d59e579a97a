import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { generateSftpKey } from '../../../src/edge/sftp/sftp-key.ts';
import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { SftpProber } from '../../../src/edge/sftp/sftp-prober.ts';
import type { ProbeFindings } from '../../../src/exchange/recipients/remote-prober.ts';
import { DeliveryBench } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';
import type { SftpPacket } from '../../support/sftp-packets.ts';

let peer: FakePeer;
let key: SftpKeyPair;
let home: string;

beforeAll(async () => {
  peer = await FakePeer.start();
  key = await generateSftpKey('ed25519', 'test');
  home = mkdtempSync(join(tmpdir(), 'mimamori-probe-'));
  mkdirSync(join(home, 'probe'));
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await peer.stop();
});
beforeEach(() => {
  peer.rules = {};
});

async function probe(): Promise<ProbeFindings> {
  const bench = new DeliveryBench(peer, key, 0);
  try {
    return await new SftpProber().probe(
      { ...bench.endpoint, directory: join(home, 'probe') },
      bench.credentials,
      { prefix: 'mimamori-probe-x-', deliveryDirectory: home },
    );
  } finally {
    bench.clear();
  }
}

/** The path that an OPEN asks for. */
function pathOf({ bytes }: SftpPacket): string {
  return bytes.toString('utf8', 13, 13 + bytes.readUInt32BE(9));
}

describe('SftpProber', () => {
  it('sees that names with a leading dot are taken', async () => {
    expect(await probe()).toMatchObject({ takesDotNames: true, canRename: true, left: [] });
    expect(readdirSync(join(home, 'probe'))).toEqual([]);
  });

  it('sees that they are refused', async () => {
    peer.rules = {
      onRequest: (request) =>
        request.type === 'OPEN' && basename(pathOf(request)).startsWith('.')
          ? { status: 3 }
          : 'forward',
    };
    expect(await probe()).toMatchObject({ takesDotNames: false, canRename: true, left: [] });
    expect(readdirSync(join(home, 'probe'))).toEqual([]);
  });
});
