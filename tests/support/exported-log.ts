import { newFolders } from '../../src/edge/files/new-folders.ts';
import { exportAudit } from '../../src/exchange/audit/export-audit.ts';
import type { Anchor } from '../../src/exchange/audit/anchor.ts';
import { signCheckpoint } from '../../src/exchange/audit/sign-checkpoint.ts';
import type { LogKeyFacts } from '../../src/exchange/audit/log-keys.ts';
import { testLogKey } from './audit-log.ts';
import type { RecoveredLog } from './recovered-log.ts';
import { decideAct, StoreBench } from './store-bench.ts';
import { storeLog } from './stored-log.ts';
import { signerOf } from './test-log-signer.ts';

/** Takes everything and keeps nothing. */
const noAnchor: Anchor = {
  isConfigured: false,
  names: () => Promise.resolve([]),
  read: () => Promise.reject(new Error('nothing is kept')),
  put: () => Promise.resolve(),
  recoveries: () => Promise.resolve([]),
};

/** Writes a log of `entries` acts into a database and exports it, as the program does, to a directory of that name. */
export async function exportLog(directory: string, entries: number): Promise<string> {
  const store = new StoreBench();
  try {
    for (let at = 0; at < entries; at += 1) {
      const decision = at % 3 === 0 ? 'decline' : 'approve';
      const texts = at % 5 === 0 ? { reason: `reason ${at}` } : {};
      await store.log.append({ ...decideAct(`h-${at}`, decision), texts });
    }
    const key = testLogKey('mimamori.example/exported');
    const { log, clock } = store;
    await signCheckpoint({
      log,
      openSigner: () => Promise.resolve(signerOf(key)),
      anchor: noAnchor,
      clock,
    });
    await exportStored(directory, store, { vkey: key.vkey });
    return directory;
  } finally {
    await store.dispose();
  }
}

/** Exports a recovered log that was made in memory, as the program does. */
export async function exportRecovered(directory: string, log: RecoveredLog): Promise<string> {
  const store = new StoreBench();
  try {
    await storeLog(store.db, log);
    const [before, vkey] = log.saidKeys as [string, string];
    const earlierKeys = [{ vkey: before, followedAt: log.recovery, state: 'retired' as const }];
    await exportStored(directory, store, { vkey, earlierKeys });
    return directory;
  } finally {
    await store.dispose();
  }
}

async function exportStored(
  directory: string,
  { log }: StoreBench,
  facts: LogKeyFacts,
): Promise<void> {
  const openSecrets = (): Promise<never> => Promise.reject(new Error('nothing is signed here'));
  const request = { directory, isSignedFirst: false, guides: () => [] };
  await exportAudit({ facts, log, newFolders, openSecrets }, request);
}
