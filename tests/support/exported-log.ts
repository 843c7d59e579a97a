import { newFolders } from '../../src/edge/files/new-folders.ts';
import { exportAudit } from '../../src/exchange/audit/export-audit.ts';
import type { Anchor } from '../../src/exchange/audit/anchor.ts';
import { signCheckpoint } from '../../src/exchange/audit/sign-checkpoint.ts';
import { testLogKey } from './audit-log.ts';
import { decideAct, StoreBench } from './store-bench.ts';
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
    await exportAudit(
      {
        facts: { vkey: key.vkey },
        log,
        newFolders,
        openSecrets: () => Promise.reject(new Error('nothing is signed here')),
      },
      { directory, isSignedFirst: false, guides: () => [] },
    );
    return directory;
  } finally {
    await store.dispose();
  }
}
