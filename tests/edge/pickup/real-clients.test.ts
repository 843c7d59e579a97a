import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bytesIn, joinRanges } from '../../../src/domain/pickup/byte-ranges.ts';
import type { ByteRange } from '../../../src/domain/pickup/byte-ranges.ts';
import {
  cutShort,
  cutWhen,
  pickupClients,
  runCall,
  segmentClients,
} from '../../support/pickup-clients.ts';
import type { BoxDoor, PickupClient } from '../../support/pickup-clients.ts';
import { PickupStand } from '../../support/pickup-stand.ts';

// The programs of other people against the real server, with a file far larger than any window or buffer.

const SIZE = 200_000_000;
const CUT_AT = 10_000_000;
/** What may have left without our knowing when a connection breaks: the queue of a broken socket does not say. */
const UNKNOWN_MAX = 3 * 1024 * 1024;
/** The server tells of an end when it comes to it, on a busy machine later. */
const SOON = { timeout: 10_000 };

const stand = new PickupStand(SIZE);
const doors = new Map<string, BoxDoor>();
const doorOf = ({ name }: Pick<PickupClient, 'name'>): BoxDoor => doors.get(name)!;

beforeAll(async () => {
  await stand.start();
  for (const [index, { name, keyType }] of [...pickupClients, ...segmentClients].entries()) {
    const door = stand.admit(`client-${index}`, keyType);
    doors.set(name, door);
    if (name === 'psftp') {
      execFileSync('puttygen', [door.key, '-O', 'private', '-o', `${door.key}.ppk`]);
    }
  }
});

afterAll(() => stand.stop());

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

describe.each(pickupClients)('$name, with a key of $keyType', (client) => {
  it('lists, fetches 200 MB intact, resumes where it can, and ends cleanly', async () => {
    const door = doorOf(client);
    const listed = await runCall(client.list(door), door.home);
    expect([listed.status, listed.stderr]).toEqual([0, '']);
    expect(listed.stdout).toMatch(new RegExp(`${SIZE}.*${stand.name}`));

    const to = join(stand.folder, `fetched-${door.user}`);
    const { fetch, resume } = client;
    if (resume !== undefined) await cutShort(fetch(door, stand.name, to), door.home, to, CUT_AT);
    const before = resume === undefined ? [] : await toldOfCut(door);
    const fetched = await runCall((resume ?? fetch)(door, stand.name, to), door.home);
    expect([fetched.status, fetched.stderr]).toEqual([0, '']);
    expect(await digestOf(to)).toBe(stand.sha256);
    // What is in the file is for its owner alone, who may also go on writing it.
    expect(statSync(to).mode & 0o600).toBe(0o600);
    rmSync(to);
    await expect.poll(() => stand.told(door.user).isClosed, SOON).toBe(true);
    const { ranges } = stand.told(door.user);
    expect(ranges[0]![0]).toBeGreaterThanOrEqual(resume === undefined ? 0 : CUT_AT - UNKNOWN_MAX);
    // Both together are all of it, also what went out unknown just before the cut.
    expect(joinRanges(before, ranges)).toEqual([[0, SIZE]]);

    if (client.putAway === undefined) return;
    const away = await runCall(client.putAway(door, stand.name), door.home);
    expect([away.status, away.stderr]).toEqual([0, '']);
    expect(stand.told(door.user).isTaken).toBe(true);
  });
});

/** What the server has of a fetch that was cut. What comes is told for itself. */
async function toldOfCut({ user }: BoxDoor): Promise<readonly ByteRange[]> {
  const told = (): number => bytesIn(stand.told(user).ranges);
  await expect.poll(told, SOON).toBeGreaterThanOrEqual(CUT_AT - UNKNOWN_MAX);
  const { ranges, isClosed } = stand.told(user);
  expect([bytesIn(ranges) < SIZE, isClosed]).toEqual([true, false]);
  stand.forget(user);
  return ranges;
}

describe.each(segmentClients)('$name, with a key of $keyType', (client) => {
  it('fetches 200 MB intact, and shows nothing by where its segments begin', async () => {
    const door = doorOf(client);
    const to = join(stand.folder, `fetched-${door.user}`);
    const told = () => stand.told(door.user);
    const { fetch, resume } = client;
    let begun = [0];
    if (resume !== undefined) {
      const isFar = (): boolean => bytesIn(told().ranges) >= SIZE / 2;
      await cutWhen(fetch(door, stand.name, to), door.home, isFar);
      begun = beginnings(`${to}.lftp-pget-status`);
      await expect.poll(() => isSettled(door), SOON).toBe(true);
      stand.forget(door.user);
    }
    const fetched = await runCall((resume ?? fetch)(door, stand.name, to), door.home);
    expect([fetched.status, fetched.stderr]).toEqual([0, '']);
    expect(await digestOf(to)).toBe(stand.sha256);
    rmSync(to);
    await expect.poll(() => told().opened >= 4 && told().isClosed, SOON).toBe(true);
    const { opened, ranges } = told();
    // On a busy machine lftp breaks a connection at times, waits half a minute, and begins where it was.
    if (opened === 4) for (const [from] of ranges) expect(begun).toContain(from);
    expect(ranges.at(-1)![1]).toBe(SIZE);
  });
});

/** Whether the server has told all of connections that broke. */
async function isSettled({ user }: BoxDoor): Promise<boolean> {
  const before = bytesIn(stand.told(user).ranges);
  await pause(300);
  return bytesIn(stand.told(user).ranges) === before;
}

/** Where each segment goes on, as lftp noted it. */
function beginnings(path: string): number[] {
  return [...readFileSync(path, 'utf8').matchAll(/^\d+\.pos=(\d+)$/gm)].map(([, at]) => Number(at));
}

describe('OpenSSH sftp', () => {
  it('fetches with the largest pieces that it can ask for', async () => {
    const client = pickupClients[0]!;
    const door = doorOf(client);
    stand.putBack(door.user);
    const to = join(stand.folder, 'large-pieces');
    const { program, args, input } = client.fetch(door, stand.name, to);
    const call = { program, args: ['-B', '262144', ...args], input: input! };
    const fetched = await runCall(call, door.home);
    expect([fetched.status, fetched.stderr]).toEqual([0, '']);
    expect(await digestOf(to)).toBe(stand.sha256);
    rmSync(to);
  });

  it('goes on after everything that is refused', async () => {
    const client = pickupClients[0]!;
    const door = doorOf(client);
    const tried = ['mkdir x', 'rmdir outbox', 'chmod 600 outbox/file.pgp', 'df', 'ln outbox/a b'];
    const call = client.list(door);
    const input = [...tried.map((each) => `-${each}`), 'ls outbox'].join('\n');
    const { status, stdout } = await runCall({ ...call, input }, door.home);
    expect(status).toBe(0);
    expect(stdout).toContain(`outbox/${stand.name}`);
  });

  it('refuses the protocol that scp had before', async () => {
    const client = pickupClients[1]!;
    const door = doorOf(client);
    const { program, args } = client.fetch(door, stand.name, join(stand.folder, 'never'));
    const { status } = await runCall({ program, args: ['-O', ...args] }, door.home);
    expect(status).not.toBe(0);
  });
});
