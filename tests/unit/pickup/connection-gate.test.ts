import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

import { describe, expect, it } from 'vitest';

import { ConnectionGate } from '../../../src/edge/pickup-server/connection-gate.ts';
import type { Visit } from '../../../src/edge/pickup-server/connection-gate.ts';

/** Comes `times` times from an address. Returns the visits that were let in. */
function come(gate: ConnectionGate, remoteAddress: string, times = 1): readonly Visit[] {
  return Array.from({ length: times }, () => {
    const socket = Object.assign(new EventEmitter(), { remoteAddress, destroy: () => undefined });
    return gate.admit(socket as unknown as Socket);
  }).filter((visit) => visit !== undefined);
}

describe('ConnectionGate', () => {
  it('lets in eight strangers from one address, however it is written', () => {
    const gate = new ConnectionGate();
    expect(come(gate, '192.0.2.1', 9)).toHaveLength(8);
    expect(come(gate, '::ffff:192.0.2.1')).toHaveLength(0);
    expect(come(gate, '192.0.2.2')).toHaveLength(1);
  });

  it('counts a /64 of IPv6 as one source, and names the address itself', () => {
    const gate = new ConnectionGate();
    const addresses = ['2001:db8::1', '2001:db8::2:0:0:1', '2001:db8:0:0:ffff::', '2001:db8::'];
    const visits = addresses.flatMap((address) => come(gate, address, 2));
    expect(visits.map(({ from }) => from)).toContain('2001:db8::2:0:0:1');
    expect(visits).toHaveLength(8);
    expect(come(gate, '2001:db8::9')).toHaveLength(0);
    expect(come(gate, '2001:db8:0:1::9')).toHaveLength(1);
    expect(come(gate, '2001:db8:1::9')).toHaveLength(1);
    expect(come(gate, '::1')).toHaveLength(1);
    expect(come(gate, 'fe80::1%eth0')).toHaveLength(1);
  });

  it('keeps places for addresses that logged in before', () => {
    const gate = new ConnectionGate();
    const [known] = come(gate, '198.51.100.1');
    gate.recognise(known!);
    const flood = Array.from({ length: 100 }, (_, index) => come(gate, `192.0.2.${index + 1}`));
    expect(flood.flat()).toHaveLength(100);
    expect(gate.visits).toHaveLength(1 + 48);
    expect(come(gate, '198.51.100.1', 8)).toHaveLength(8);
    expect(gate.visits).toHaveLength(1 + 48 + 8);
  });

  it('keeps places for addresses that it is told of, and says once of each that they came', () => {
    const gate = new ConnectionGate();
    gate.remember('198.51.100.1');
    gate.remember('2001:db8::1');
    for (let host = 1; host <= 60; host += 1) come(gate, `192.0.2.${host}`);
    const [known] = come(gate, '198.51.100.1');
    const [neighbour] = come(gate, '2001:db8::2');
    expect(gate.visits).toHaveLength(48 + 2);
    const told = [known, neighbour, known, neighbour];
    expect(told.map((visit) => gate.recognise(visit!))).toEqual([true, true, false, false]);
    const [stranger] = come(gate, '192.0.2.200');
    expect([gate.recognise(stranger!), gate.recognise(stranger!)]).toEqual([true, false]);
  });

  it('gives up the oldest of the source that has most for a source that has fewer', () => {
    const gate = new ConnectionGate();
    const crowd = [1, 2, 3, 4, 5, 6].flatMap((host) => come(gate, `192.0.2.${host}`, 8));
    expect(crowd).toHaveLength(48);
    expect(come(gate, '198.51.100.1')).toHaveLength(1);
    expect(gate.visits).not.toContain(crowd[0]);
    expect(gate.visits).toHaveLength(48);
  });

  it('gives up one of many sources with one each by lot, and nobody for their second', () => {
    const outlived = Array.from({ length: 40 }, () => {
      const gate = new ConnectionGate();
      const crowd = Array.from({ length: 48 }, (_, host) => come(gate, `192.0.2.${host}`)[0]!);
      expect(come(gate, '198.51.100.1')).toHaveLength(1);
      expect(gate.visits).toHaveLength(48);
      expect(come(gate, '198.51.100.1')).toHaveLength(0);
      return crowd.findIndex((visit) => !gate.visits.includes(visit));
    });
    expect(new Set(outlived).size).toBeGreaterThan(1);
  });
});
