import { KeyObject } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { offeredAlgorithms } from '../../../src/edge/sftp/algorithms.ts';
import { HostKeyPins } from '../../../src/edge/sftp/host-key-pins.ts';
import { loginMethods } from '../../../src/edge/sftp/login-methods.ts';
import { openSession } from '../../../src/edge/sftp/open-session.ts';
import type { Session } from '../../../src/edge/sftp/open-session.ts';
import { openSocket } from '../../../src/edge/sftp/open-socket.ts';
import { SftpBox } from '../../../src/edge/sftp/sftp-box.ts';
import { transferLimits } from '../../../src/edge/sftp/transfer-limits.ts';
import type { AlgorithmOverrides } from '../../../src/exchange/courier.ts';
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

async function logIn(overrides: AlgorithmOverrides = {}): Promise<Session> {
  const { endpoint, credentials } = bench;
  const socket = await openSocket(endpoint.host, endpoint.port, 5_000);
  const terms = {
    endpoint,
    pins: new HostKeyPins(endpoint.hostKeys),
    algorithms: offeredAlgorithms(overrides, [])!,
    methods: loginMethods(endpoint, credentials),
  };
  return openSession(socket, terms, transferLimits);
}

/** The keys of the ssh2 client: to it, and from it. */
function keysOf({ client }: Session): unknown[] {
  const protocol = (
    client as unknown as {
      _protocol: { _cipher: { _encKey: unknown }; _decipher: { _decipherKey: unknown } };
    }
  )._protocol;
  return [protocol._cipher._encKey, protocol._decipher._decipherKey];
}

describe('holdPacketKeys()', () => {
  it('leaves no key of AES-GCM as plain bytes, which Node takes up slowly for every packet', async () => {
    const session = await logIn();
    for (const key of keysOf(session)) expect(key).toBeInstanceOf(KeyObject);
    const box = new SftpBox(session, bench.directory);
    expect(await box.look('nothing')).toBeUndefined();
    await box.close();
  });

  it('survives an agreement on new keys', async () => {
    const session = await logIn();
    (session.client as unknown as { _protocol: { rekey: () => void } })._protocol.rekey();
    const box = new SftpBox(session, bench.directory);
    expect(await box.look('nothing')).toBeUndefined();
    for (const key of keysOf(session)) expect(key).toBeInstanceOf(Uint8Array);
    await box.close();
  });

  it('leaves other ciphers alone', async () => {
    const session = await logIn({ cipher: ['aes256-ctr'] });
    expect(keysOf(session)[0]).toBeUndefined();
    const box = new SftpBox(session, bench.directory);
    expect(await box.look('nothing')).toBeUndefined();
    await box.close();
  });
});
