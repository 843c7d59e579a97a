import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { emptyCoreDumps } from '../edge/machine/core-dumps.ts';
import { readLockedKeyRing } from '../edge/keys/open-key-ring.ts';
import type { LockedKeyRing } from '../edge/keys/open-key-ring.ts';
import type { PrepareJob } from '../exchange/handoff/card-process.ts';
import type { KeyRing } from '../exchange/keys/key-ring.ts';
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
  const tools = await import('./job-tools.ts');
  const { unlockEarly, unlockOurKeys } = await import('./unlock-our-keys.ts');
  const first = await opening;
  if ('purge' in first) {
    const { purgeSource } = await import('./purge-source.ts');
    return purgeSource(first.purge);
  }
  const { locked, ring, places, passphrase } = await unlocking;
  const early = unlockEarly(ring, places.openpgpKeys ?? [], passphrase);
  const given = await inbox.job();
  if ('number' in given) {
    void ring.then(() => passphrase.fill(0));
    locked.assertOf(given.number.workspaceId);
    return tools.runNumber({ ring }, given.number);
  }
  if ('person' in given) {
    void ring.then(() => passphrase.fill(0));
    locked.assertOf(given.person.workspaceId);
    return tools.runPerson({ ring }, given.person);
  }
  const keysFor = ({ openpgpKeys, workspaceId }: KeyedJob): OpeningKeys => {
    locked.assertOf(workspaceId);
    const keys = { ring, ourKey: unlockOurKeys(ring, openpgpKeys, passphrase, early) };
    keys.ourKey.catch(() => undefined);
    return keys;
  };
  if ('newKey' in given) return tools.runNewKey(keysFor(given.newKey), given.newKey, passphrase);
  const opened = (job: KeyedJob): OpeningKeys => {
    const keys = keysFor(job);
    void Promise.allSettled(Object.values(keys)).then(() => passphrase.fill(0));
    return keys;
  };
  if ('test' in given) return tools.runTest(opened(given.test), given.test);
  if ('answer' in given) return tools.runAnswer(opened(given.answer), given.answer);
  if ('response' in given) return tools.runResponse(opened(given.response), given.response);
  if ('recall' in given) return tools.runRecall(opened(given.recall), given.recall);
  if ('letter' in given) return tools.runLetter(opened(given.letter), given.letter, given.files);
  const { job, earlier } = given;
  if (job.preview !== undefined) return tools.runPreview(opened(job), job, job.preview);
  return tools.runWith(opened(job), job, earlier, outbound);
}

/** What every job says that needs a key of ours. */
type KeyedJob = Pick<PrepareJob, 'openpgpKeys' | 'workspaceId'>;

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
  const { places, passphrase, key } = first;
  const locked = await readLockedKeyRing(places.workspaceKeyPath);
  const ring = key === undefined ? locked.unlock(passphrase) : Promise.resolve(locked.openBy(key));
  ring.catch(() => undefined);
  return { locked, ring, places, passphrase };
}

process.umask(0o077);
await main();
