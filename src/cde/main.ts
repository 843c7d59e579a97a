import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { emptyCoreDumps } from '../edge/machine/core-dumps.ts';
import { readLockedKeyRing } from '../edge/keys/open-key-ring.ts';
import type { LockedKeyRing } from '../edge/keys/open-key-ring.ts';
import type { KeyRing } from '../exchange/key-ring.ts';
import { CardProcessFault, faultDocument } from './errors.ts';
import { frameKind } from './frames.ts';
import { JobInbox } from './job-inbox.ts';
import type { KeyPlaces } from './job-inbox.ts';
import type { OpeningKeys } from './job-tools.ts';
import { Outbound } from './outbound.ts';
import { refuseToBeInspected } from './refuse-inspection.ts';

/**
 * Entry point of the process that sees clear card numbers. Descriptor 3 brings the keys' places, the passphrase, the job
 * and the earlier hashes; descriptor 4 takes the answer. Nothing else goes out: standard output and error lead nowhere,
 * and an error leaves as a code and its facts, never as a message of a library, which may quote its input.
 */
async function main(): Promise<void> {
  const outbound = new Outbound(new Socket({ fd: 4, readable: false, writable: true }));
  process.once('uncaughtException', () => process.exit(70));
  process.once('unhandledRejection', () => process.exit(70));
  try {
    emptyCoreDumps();
    refuseToBeInspected(process.execArgv, process.env['NODE_OPTIONS']);
    await outbound.sendDocument(frameKind.result, await work(outbound));
  } catch (error) {
    await outbound.sendDocument(frameKind.fault, faultDocument(error));
  }
  await outbound.end();
  process.exit(0);
}

/** So long a passphrase that is on its way is waited for before this thread is busy loading. */
const passphraseFirstMs = 10;

/**
 * What takes long goes on side by side: the passphrase is stretched in a thread of its own while this one loads the
 * rest of the program, unlocks our OpenPGP key and begins with the sources.
 */
async function work(outbound: Outbound): Promise<unknown> {
  const inbox = new JobInbox(new Socket({ fd: 3, readable: true, writable: false }));
  const opening = inbox.opening();
  const unlocking = unlockRing(opening);
  // Asked for below; a key file that cannot be read may be told while the program is still loading.
  unlocking.catch(() => undefined);
  await Promise.race([opening, unlocking, pause(passphraseFirstMs)]);
  const { runAnswer, runNumber, runPreview, runResponse, runTest, runWith, unlockBeside } =
    await import('./job-tools.ts');
  const first = await opening;
  if ('purge' in first) {
    const { purgeSource } = await import('./purge-source.ts');
    return purgeSource(first.purge);
  }
  const { locked, ring, places, passphrase } = await unlocking;
  const keys: OpeningKeys = { ring, ourKey: unlockBeside(ring, places, passphrase) };
  void Promise.allSettled(Object.values(keys)).then(() => passphrase.fill(0));
  const given = await inbox.job();
  if ('test' in given) {
    locked.assertOf(given.test.workspaceId);
    return runTest(keys, given.test);
  }
  if ('answer' in given) {
    locked.assertOf(given.answer.workspaceId);
    return runAnswer(keys, given.answer);
  }
  if ('response' in given) {
    locked.assertOf(given.response.workspaceId);
    return runResponse(keys, given.response);
  }
  if ('number' in given) {
    locked.assertOf(given.number.workspaceId);
    return runNumber(keys, given.number);
  }
  const { job, earlier } = given;
  locked.assertOf(job.workspaceId);
  if (job.preview !== undefined) return runPreview(keys, job, job.preview);
  return runWith(keys, job, earlier, outbound);
}

interface Unlocking {
  readonly locked: LockedKeyRing;
  readonly ring: Promise<KeyRing>;
  readonly places: KeyPlaces;
  readonly passphrase: Uint8Array;
}

/** Resolves once the work is under way in another thread. */
async function unlockRing(opening: ReturnType<JobInbox['opening']>): Promise<Unlocking> {
  const first = await opening;
  if ('purge' in first) throw new CardProcessFault('interrupted');
  const { places, passphrase } = first;
  const locked = await readLockedKeyRing(places.workspaceKeyPath);
  const ring = locked.unlock(passphrase);
  ring.catch(() => undefined);
  return { locked, ring, places, passphrase };
}

process.umask(0o077);
await main();
