import { KeyObject } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { CipherAlgorithm } from 'ssh2';

import { offeredAlgorithms } from '../../../src/edge/sftp/algorithms.ts';
import { HostKeyPins } from '../../../src/edge/sftp/host-key-pins.ts';
import { loginMethods } from '../../../src/edge/sftp/login-methods.ts';
import { openSession } from '../../../src/edge/sftp/open-session.ts';
import type { Session } from '../../../src/edge/sftp/open-session.ts';
import { openSocket } from '../../../src/edge/sftp/open-socket.ts';
import { PacketCipher } from '../../../src/edge/sftp/packet-cipher.ts';
import { SftpBox } from '../../../src/edge/sftp/sftp-box.ts';
import { transferLimits } from '../../../src/edge/sftp/transfer-limits.ts';
import { DeliveryBench, testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';

let peer: FakePeer;
let bench: DeliveryBench;
beforeEach(async () => {
  peer = await FakePeer.start();
  bench = new DeliveryBench(peer, await testKey());
});
afterEach(async () => {
  bench.clear();
  await peer.stop();
});

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

interface Protocol {
  readonly _cipher: unknown;
  readonly _decipher: { readonly _decipherKey: unknown };
  rekey(): void;
}

function protocolOf({ client }: Session): Protocol {
  return (client as unknown as { _protocol: Protocol })._protocol;
}

describe('holdPacketKeys()', () => {
  it('takes AES-GCM over, and leaves no key as plain bytes, which Node takes up slowly for every packet', async () => {
    const session = await logIn();
    expect(protocolOf(session)._cipher).toBeInstanceOf(PacketCipher);
    expect(protocolOf(session)._decipher._decipherKey).toBeInstanceOf(KeyObject);
    const box = new SftpBox(session, bench.directory);
    expect(await box.look('nothing')).toBeUndefined();
    await box.close();
  });

  it('takes over again after an agreement on new keys', async () => {
    const session = await logIn();
    const before = protocolOf(session)._cipher;
    protocolOf(session).rekey();
    const box = new SftpBox(session, bench.directory);
    expect(await box.look('nothing')).toBeUndefined();
    expect(await box.look('nothing either')).toBeUndefined();
    expect(protocolOf(session)._cipher).toBeInstanceOf(PacketCipher);
    expect(protocolOf(session)._cipher).not.toBe(before);
    expect(protocolOf(session)._decipher._decipherKey).toBeInstanceOf(KeyObject);
    await box.close();
  });

  it('leaves other ciphers alone', async () => {
    const session = await logIn('aes256-ctr');
    expect(protocolOf(session)._cipher).not.toBeInstanceOf(PacketCipher);
    const box = new SftpBox(session, bench.directory);
    expect(await box.look('nothing')).toBeUndefined();
    await box.close();
  });
});
