import { Socket } from 'node:net';

import { describe, expect, it } from 'vitest';

import { RequestQueue } from '../../../src/edge/pickup-server/request-queue.ts';

const much = 5 * 1024 * 1024;

describe('RequestQueue', () => {
  it('lets a socket go on only when none of the sessions that share it holds it back', async () => {
    const socket = new Socket();
    const [first, second] = [new RequestQueue(socket), new RequestQueue(socket)];
    const gate = Promise.withResolvers<undefined>();
    for (const queue of [first, second]) {
      queue.add(0, () => gate.promise.then(() => undefined));
      queue.add(much, () => undefined);
    }
    expect(socket.isPaused()).toBe(true);
    first.clear();
    expect(socket.isPaused()).toBe(true);
    gate.resolve(undefined);
    await expect.poll(() => socket.isPaused()).toBe(false);
    socket.destroy();
  });
});
