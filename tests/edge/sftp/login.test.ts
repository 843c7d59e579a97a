import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { CutProxy } from '../../support/cut-proxy.ts';
import { DeliveryBench, testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';

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
  peer.logins = 0;
  bench = new DeliveryBench(peer, key);
});
afterEach(() => bench.clear());

describe('login', () => {
  it('sends a password only where the endpoint asks for one', async () => {
    peer.rules = { password: 'quiet-harbour' };
    bench.credentials = { ...bench.credentials, password: 'quiet-harbour' };
    expect((await bench.deliver()).fault?.code).toBe('authentication-refused');
    bench.journal.force('b-0001', 'retry');
    bench.endpoint = { ...bench.endpoint, authentication: 'password' };
    expect((await bench.deliver()).state).toBe('stored');
  });

  it('answers one hidden prompt with the password', async () => {
    peer.rules = { password: 'quiet-harbour', isPrompting: true };
    bench.endpoint = { ...bench.endpoint, authentication: 'password' };
    bench.credentials = { password: 'quiet-harbour' };
    expect((await bench.deliver()).state).toBe('stored');
  });

  it.each([false, true])(
    'gives key and password to a server that wants both, prompting: %s',
    async (isPrompting) => {
      peer.rules = { password: 'quiet-harbour', wantsKeyToo: true, isPrompting };
      bench.credentials = { ...bench.credentials, password: 'quiet-harbour' };
      for (const authentication of ['key', 'password'] as const) {
        bench.endpoint = { ...bench.endpoint, authentication };
        expect((await bench.deliver()).fault?.code).toBe('authentication-refused');
        bench.journal.force('b-0001', 'retry');
      }
      bench.endpoint = { ...bench.endpoint, authentication: 'key+password' };
      expect((await bench.deliver()).state).toBe('stored');
    },
  );

  it('gives the password to no server that asks for a code besides', async () => {
    peer.rules = { password: 'quiet-harbour', isPrompting: true, wantsCode: true };
    bench.endpoint = { ...bench.endpoint, authentication: 'password' };
    bench.credentials = { password: 'quiet-harbour' };
    expect((await bench.deliver()).fault?.code).toBe('authentication-refused');
  });

  it('reports a wrong password, once', async () => {
    peer.rules = { password: 'quiet-harbour' };
    bench.endpoint = { ...bench.endpoint, authentication: 'password' };
    bench.credentials = { password: 'loud-harbour' };
    const report = await bench.deliver();
    expect(report).toMatchObject({ attempts: 1, fault: { code: 'authentication-refused' } });
    expect(JSON.stringify(report.fault)).not.toContain('harbour');
  });

  it('reports a missing secret without connecting', async () => {
    bench.credentials = {};
    expect((await bench.deliver()).fault?.code).toBe('credential-unusable');
    bench.journal.force('b-0001', 'retry');
    bench.credentials = { privateKey: new TextEncoder().encode('no key at all') };
    const report = await bench.deliver();
    expect(report.fault?.code).toBe('credential-unusable');
    expect(JSON.stringify(report.fault)).not.toContain('no key at all');
    expect(peer.logins).toBe(0);
  });

  it('reports a server without the sftp subsystem', async () => {
    peer.rules = { refusesSubsystem: true };
    expect((await bench.deliver()).fault?.code).toBe('sftp-refused');
  });

  it('gives a silent peer no more than its time', async () => {
    const proxy = await CutProxy.start(peer.port);
    for (const atByte of [0, 30, 900]) {
      proxy.fault = { kind: 'hole', direction: 'to-client', atByte };
      const own = new DeliveryBench({ port: proxy.port, hostKey: peer.hostKey }, key);
      own.limits = { loginMs: 300, requestMs: 300 };
      own.onPause = () => {
        proxy.fault = { kind: 'hole', direction: 'to-client', atByte };
      };
      expect(await own.deliver()).toMatchObject({
        state: 'failed',
        attempts: 3,
        fault: { code: 'peer-unavailable' },
      });
      own.clear();
    }
    await proxy.stop();
  });

  it('breaks a trickle', async () => {
    const proxy = await CutProxy.start(peer.port);
    const own = new DeliveryBench({ port: proxy.port, hostKey: peer.hostKey }, key, 1_000_000);
    own.limits = { requestMs: 400, floorBytesPerSecond: 10_000_000 };
    proxy.bytesPerSecond = 500_000;
    expect(await own.deliver()).toMatchObject({
      state: 'failed',
      fault: { code: 'deadline-passed', facts: { step: 'write' } },
    });
    own.clear();
    await proxy.stop();
  });

  it('ends a connection that takes too long as a whole', async () => {
    bench.limits = { overallMs: 150 };
    peer.rules = { onRequest: (request) => (request.type === 'FSTAT' ? 'swallow' : 'forward') };
    expect((await bench.deliver()).fault).toMatchObject({
      code: 'deadline-passed',
      facts: { step: 'whole-connection' },
    });
  });
});
