import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CipherAlgorithm } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { offeredAlgorithms } from '../../../src/edge/sftp/algorithms.ts';
import { HostKeyPins } from '../../../src/edge/sftp/host-key-pins.ts';
import { loginMethods } from '../../../src/edge/sftp/login-methods.ts';
import { openSession } from '../../../src/edge/sftp/open-session.ts';
import type { Session } from '../../../src/edge/sftp/open-session.ts';
import { openSocket } from '../../../src/edge/sftp/open-socket.ts';
import { BLOCK_BYTES } from '../../../src/edge/sftp/pipelined-writer.ts';
import { SftpBox } from '../../../src/edge/sftp/sftp-box.ts';
import { transferLimits } from '../../../src/edge/sftp/transfer-limits.ts';
import { DeliveryBench, sealedBytes, sha256Of, testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';
import type { PeerRules } from '../../support/fake-peer.ts';

/** More than four times what the server's channel lets through before it is asked again. */
const payload = sealedBytes(9_000_001);

let peer: FakePeer;
let bench: DeliveryBench;
let written: number[];
beforeEach(async () => {
  peer = await FakePeer.start();
  bench = new DeliveryBench(peer, await testKey());
  written = [];
});
afterEach(async () => {
  bench.clear();
  await peer.stop();
});

const noteWrites: NonNullable<PeerRules['onRequest']> = ({ type, bytes }) => {
  if (type === 'WRITE') written.push(bytes.readUInt32BE(4 + 1 + 4 + 4 + bytes.readUInt32BE(9) + 8));
  return 'forward';
};

async function logIn(cipher: CipherAlgorithm = 'aes256-gcm@openssh.com'): Promise<Session> {
  const { endpoint, credentials } = bench;
  const socket = await openSocket(endpoint.host, endpoint.port, 5_000);
  const terms = {
    endpoint,
    pins: new HostKeyPins(endpoint.hostKeys),
    algorithms: { ...offeredAlgorithms([], [])!, cipher: [cipher] },
    methods: loginMethods(endpoint, credentials),
  };
  return openSession(socket, terms, transferLimits);
}

async function* inChunks(onChunk?: (index: number) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0, index = 0; at < payload.length; at += 262_144, index += 1) {
    await Promise.resolve();
    onChunk?.(index);
    yield payload.subarray(at, at + 262_144);
  }
}

async function upload(session: Session, onChunk?: (index: number) => void): Promise<void> {
  const box = new SftpBox(session, bench.directory);
  const sent = await box.upload('file', inChunks(onChunk), payload.length);
  expect(sent).toMatchObject({ bytes: payload.length, sha256: sha256Of(payload) });
  expect(sha256Of(readFileSync(join(bench.directory, 'file')))).toBe(sha256Of(payload));
  await box.close();
}

/** The extension goes by another name, or tells another limit for writes. */
function changeLimits(change: (answer: Buffer) => void): PeerRules {
  return {
    onRequest: noteWrites,
    onAnswer: ({ type, bytes }, request) => {
      const isLimits = type === 'VERSION' || request?.bytes.includes('limits@openssh.com') === true;
      if (isLimits) change(bytes);
      return bytes;
    },
  };
}

describe('writePipelined()', () => {
  it('sends large blocks to a server that tells its limit, once it has answered', async () => {
    peer.rules = { onRequest: noteWrites };
    await upload(await logIn());
    expect(written[0]).toBe(BLOCK_BYTES);
    expect(Math.max(...written)).toBe(255 * 1024);
    expect(written.reduce((total, bytes) => total + bytes, 0)).toBe(payload.length);
  });

  it('sends none to a server that does not tell its limit', async () => {
    peer.rules = changeLimits((answer) => {
      const at = answer.indexOf('limits@');
      if (at >= 0) answer[at] = 'L'.charCodeAt(0);
    });
    await upload(await logIn());
    expect(Math.max(...written)).toBe(BLOCK_BYTES);
  });

  it('stays within a limit smaller than 32 KiB', async () => {
    peer.rules = changeLimits((answer) => {
      // uint64 of the longest packet, read and write, behind length, type and id.
      if (answer[4] === 201) answer.writeBigUInt64BE(16_000n, 4 + 1 + 4 + 16);
    });
    await upload(await logIn());
    expect(Math.max(...written)).toBe(16_000);
  });

  it('writes the same with a cipher that stays with ssh2', async () => {
    await upload(await logIn('aes256-ctr'));
  });

  it('goes on through agreements on new keys', async () => {
    const session = await logIn();
    const { _protocol: protocol } = session.client as unknown as {
      _protocol: { rekey(): void; readonly _cipher: unknown };
    };
    const ciphers = new Set<unknown>();
    await upload(session, (index) => {
      ciphers.add(protocol._cipher);
      if (index === 5 || index === 20) protocol.rekey();
    });
    expect(ciphers.size).toBeGreaterThanOrEqual(3);
  });

  it('rejects when the connection breaks while the server takes no more', async () => {
    const session = await logIn();
    peer.rules = { onRequest: ({ type }) => (type === 'WRITE' ? 'swallow' : 'forward') };
    const box = new SftpBox(session, bench.directory);
    const uploaded = box.upload('file', inChunks(), payload.length);
    setTimeout(() => {
      peer.cutAll();
    }, 300);
    await expect(uploaded).rejects.toMatchObject({ code: 'connection-lost' });
  });
});
