import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { pickupClients, runCall } from '../../support/pickup-clients.ts';
import { PickupStand } from '../../support/pickup-stand.ts';

const STRANGERS = 1_000;
const SOURCES = 8;
/** docs/operating/pickup.md: 64 that are not logged in, 16 of them kept for addresses that logged in before. */
const ADMITTED_MAX = 48;
const LIST_MS = 2_000;
const MEMORY_KIB = 256 * 1024;

let stand = new PickupStand(1_000_000);
const strangers = new Set<Socket>();

beforeAll(() => stand.start());

async function stopped(): Promise<void> {
  for (const socket of strangers) socket.destroy();
  await stand.stop();
}
afterAll(stopped);

/** Connects and says nothing, or no more than which program it is. */
function comeIdly(index: number): Promise<unknown> {
  const localAddress = `127.0.0.${2 + (index % SOURCES)}`;
  const socket = connect({ host: '127.0.0.1', port: stand.port, localAddress });
  strangers.add(socket);
  socket.on('error', () => undefined);
  socket.once('close', () => strangers.delete(socket));
  if (index % 2 === 0) socket.write('SSH-2.0-idle\r\n');
  socket.resume();
  return new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
}

function peakMemoryKib(): number {
  const status = readFileSync(`/proc/${stand.pid}/status`, 'latin1');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)![1]);
}

it('1,000 idle strangers from 8 addresses keep nobody else out, and no memory', async () => {
  await Promise.all(Array.from({ length: STRANGERS }, (_, index) => comeIdly(index)));
  await expect.poll(() => strangers.size).toBeLessThanOrEqual(ADMITTED_MAX);
  expect(strangers.size).toBeGreaterThan(0);
  const client = pickupClients[0]!;
  const door = stand.admit('client', client.keyType);
  const took: number[] = [];
  for (const visit of ['of an address that nobody knows', 'of one that logged in before']) {
    const began = performance.now();
    const { status, stdout } = await runCall(client.list(door), door.home);
    expect([status, stdout.includes(stand.name)], visit).toEqual([0, true]);
    took.push(performance.now() - began);
  }
  // The better of two: whoever is kept waiting by what else runs on the machine is not kept out by the strangers.
  expect(Math.min(...took)).toBeLessThan(LIST_MS);
  expect(peakMemoryKib()).toBeLessThan(MEMORY_KIB);
  // The first visit took the place of one of them.
  expect(strangers.size).toBeGreaterThanOrEqual(ADMITTED_MAX - 1);
  // Told once: the second time it was known.
  expect(stand.familiar).toEqual(['127.0.0.1']);
});

it('keeps places for who logged in before it was started again', async () => {
  const { familiar } = stand;
  await stopped();
  stand = new PickupStand(1_000_000);
  stand.familiar.push(...familiar);
  await stand.start();
  await Promise.all(Array.from({ length: 80 }, (_, index) => comeIdly(index)));
  await expect.poll(() => strangers.size).toBe(ADMITTED_MAX);
  const client = pickupClients[0]!;
  const door = stand.admit('client', client.keyType);
  expect((await runCall(client.list(door), door.home)).status).toBe(0);
  // They took none of theirs, and their address is told once more: it is the newest.
  expect([strangers.size, stand.familiar]).toEqual([ADMITTED_MAX, [...familiar, '127.0.0.1']]);
});
