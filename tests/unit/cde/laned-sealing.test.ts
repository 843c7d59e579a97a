import type { Worker } from 'node:worker_threads';

import { describe, expect, it } from 'vitest';

import type { ToLane } from '../../../src/cde/lane-messages.ts';
import { LanedSealing } from '../../../src/cde/laned-sealing.ts';
import type { SealTask, Sign } from '../../../src/cde/write-sealed-batch.ts';
import { OpenpgpFault } from '../../../src/edge/openpgp/errors.ts';

const digest = Uint8Array.of(1, 2, 3);
const file = 'b-1.pgp';

/** A sealing in a thread whose messages are kept, and copied as between threads. */
function begun(sign: Sign): {
  sealing: LanedSealing;
  task: SealTask;
  sent: ToLane[];
  written: Promise<unknown>;
} {
  const sent: ToLane[] = [];
  const worker = { postMessage: (message: ToLane) => sent.push(structuredClone(message)) };
  const sealing = new LanedSealing();
  const task = { file, opening: { sessionKey: new Uint8Array(32).fill(7) } } as unknown as SealTask;
  const written = sealing.write(worker as unknown as Worker, task, sign, () => undefined);
  return { sealing, task, sent, written };
}

describe('LanedSealing', () => {
  it('signs what the thread asks for, and resolves to what it wrote', async () => {
    const { sealing, sent, written } = begun((asked) => Promise.resolve(asked.slice(1)));
    sealing.receive({ kind: 'digest', file, digest });
    await Promise.resolve();
    expect(sent.at(-1)).toEqual({ kind: 'signature', file, packet: Uint8Array.of(2, 3) });
    const sealed = { bytes: 5, sha256: 'ab' };
    sealing.receive({ kind: 'sealed', file, sealed });
    await expect(written).resolves.toEqual(sealed);
  });

  it('gives the session key away and keeps none of it', () => {
    const { task, sent } = begun(() => Promise.resolve(digest));
    const [message] = sent as unknown as [{ task: SealTask }];
    expect(message.task.opening.sessionKey).toEqual(new Uint8Array(32).fill(7));
    expect(task.opening.sessionKey).toEqual(new Uint8Array(32));
  });

  it('tells why there is no signature when the thread has taken its file away, not before', async () => {
    const refusal = new OpenpgpFault('seal-failed', {});
    const { sealing, sent, written } = begun(() => Promise.reject(refusal));
    let isSettled = false;
    void written.catch(() => undefined).then(() => (isSettled = true));
    sealing.receive({ kind: 'digest', file, digest });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent.at(-1)).toEqual({ kind: 'signature', file, packet: undefined });
    expect(isSettled).toBe(false);
    const fault = { code: 'card-process-died', retry: 'never', facts: {} } as const;
    sealing.receive({ kind: 'seal-fault', file, fault });
    await expect(written).rejects.toBe(refusal);
  });

  it('passes the fault of the thread on', async () => {
    const { sealing, written } = begun(() => Promise.resolve(digest));
    const fault = { code: 'disk-full', retry: 'after-operator', facts: { file } } as const;
    sealing.receive({ kind: 'seal-fault', file, fault });
    await expect(written).rejects.toMatchObject(fault);
  });

  it('rejects what is under way when a thread ends', async () => {
    const { sealing, written } = begun(() => Promise.resolve(digest));
    sealing.fail(new Error('a thread ended'));
    await expect(written).rejects.toThrow('a thread ended');
  });
});
