import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DeliveryReport } from '../../../src/exchange/delivery/delivery-lease.ts';
import type { SftpKeyPair } from '../../../src/edge/sftp/sftp-key.ts';
import { CutProxy } from '../../support/cut-proxy.ts';
import type { ProxyFault } from '../../support/cut-proxy.ts';
import { DeliveryBench, FILE, testKey } from '../../support/delivery-bench.ts';
import { FakePeer } from '../../support/fake-peer.ts';

let key: SftpKeyPair;
let peer: FakePeer;

beforeAll(async () => {
  key = await testKey();
  peer = await FakePeer.start();
});
afterAll(() => peer.stop());

/** Runs again as a person would, until the state does not change any more. */
async function deliverUntilSettled(bench: DeliveryBench): Promise<DeliveryReport> {
  let report = await bench.deliver();
  for (let run = 0; run < 4 && ['sending', 'publishing'].includes(report.state); run += 1) {
    report = await bench.deliver();
  }
  return report;
}

function expectOneCorrectFinal(bench: DeliveryBench, report: DeliveryReport): void {
  expect(report.state).toBe('stored');
  expect(readFileSync(join(bench.directory, FILE)).equals(bench.payload)).toBe(true);
  expect(bench.files()).toEqual([FILE]);
}

async function requestsOfOneDelivery(): Promise<number> {
  const bench = new DeliveryBench(peer, key);
  const before = peer.requests;
  await bench.deliver();
  bench.clear();
  return peer.requests - before;
}

describe('deliverBatch() over a connection cut at every request', () => {
  for (const cut of ['rst', 'fin'] as const) {
    for (const fate of ['cut-before', 'cut-after'] as const) {
      it(`ends with one correct file: ${cut}, ${fate}`, async () => {
        const total = await requestsOfOneDelivery();
        expect(total).toBeGreaterThan(15);
        for (let number = 1; number <= total; number += 1) {
          const bench = new DeliveryBench(peer, key);
          const start = peer.requests;
          peer.renames = 0;
          peer.rules = { cut, onRequest: (_, n) => (n - start === number ? fate : 'forward') };
          const report = await deliverUntilSettled(bench);
          expectOneCorrectFinal(bench, report);
          expect(peer.renames).toBe(1);
          bench.clear();
        }
        peer.rules = {};
      });
    }
  }

  it('never publishes twice when a consumer takes the file the moment it appears', async () => {
    const total = await requestsOfOneDelivery();
    const states: string[] = [];
    for (let number = 1; number <= total; number += 1) {
      const bench = new DeliveryBench(peer, key);
      const start = peer.requests;
      peer.renames = 0;
      peer.onRenamed = () => rmSync(join(bench.directory, FILE), { force: true });
      peer.rules = {
        cut: 'rst',
        onRequest: (_, n) => (n - start === number ? 'cut-after' : 'forward'),
      };
      states.push((await deliverUntilSettled(bench)).state);
      expect(peer.renames).toBe(1);
      expect(bench.files()).toEqual([]);
      bench.clear();
    }
    peer.rules = {};
    peer.onRenamed = undefined;
    // One request is the rename; its answer lost, nobody can know.
    expect(states.filter((state) => state === 'presumed')).toHaveLength(1);
    expect(states.filter((state) => state === 'stored')).toHaveLength(total - 1);
  });
});

describe('deliverBatch() through a proxy', () => {
  const kinds: readonly ProxyFault['kind'][] = ['rst', 'fin', 'hole', 'flip'];
  for (const kind of kinds) {
    it(`ends with one correct file after a ${kind} anywhere in the stream`, async () => {
      const proxy = await CutProxy.start(peer.port);
      const clean = new DeliveryBench({ port: proxy.port, hostKey: peer.hostKey }, key);
      await clean.deliver();
      const lengths = proxy.passed;
      clean.clear();
      for (const direction of ['to-server', 'to-client'] as const) {
        const steps = kind === 'hole' ? 6 : 20;
        for (let step = 0; step < steps; step += 1) {
          const bench = new DeliveryBench({ port: proxy.port, hostKey: peer.hostKey }, key);
          bench.limits = { requestMs: 300, loginMs: 1_000, keepaliveMs: 10_000 };
          proxy.fault = {
            kind,
            direction,
            atByte: Math.floor((lengths[direction] * (step + 0.37)) / steps),
          };
          let report = await deliverUntilSettled(bench);
          // A damaged handshake may read as a refusal of algorithms or a strange key: a person has a look and retries.
          if (report.state === 'failed') {
            bench.journal.force(report.batch, 'retry');
            report = await deliverUntilSettled(bench);
          }
          expectOneCorrectFinal(bench, report);
          bench.clear();
        }
      }
      await proxy.stop();
    });
  }
});
