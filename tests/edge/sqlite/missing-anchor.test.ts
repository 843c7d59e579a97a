import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { AnchorDirectory } from '../../../src/edge/files/anchor-directory.ts';
import { refillAnchor } from '../../../src/exchange/audit/refill-anchor.ts';
import { signCheckpoint } from '../../../src/exchange/audit/sign-checkpoint.ts';
import { logStatus } from '../../../src/exchange/status/workspace-status.ts';
import { allOf } from '../../support/all-of.ts';
import { testLogKey } from '../../support/audit-log.ts';
import { MemoryConfiguration } from '../../support/memory-workspace.ts';
import { decideAct, StoreBench } from '../../support/store-bench.ts';
import { signerOf } from '../../support/test-log-signer.ts';

const key = testLogKey();
const signer = signerOf(key);
const facts = { id: 'live-1', mode: 'live', signer: '', vkey: key.vkey } as const;

let store: StoreBench;
let directory: string;
let anchor: AnchorDirectory;

beforeEach(async () => {
  store = new StoreBench();
  directory = join(store.directory, 'anchor');
  anchor = new AnchorDirectory(directory);
  await store.log.append(decideAct('h-1', 'decline'));
});
afterEach(() => store.dispose());

const signNow = (): ReturnType<typeof signCheckpoint> =>
  signCheckpoint({
    log: store.log,
    openSigner: () => Promise.resolve(signer),
    anchor,
    clock: store.clock,
  });
const state = async (): Promise<string> =>
  (await logStatus({ log: store.log, anchor, facts })).anchor;

const refill = (reason?: string): ReturnType<typeof refillAnchor> =>
  refillAnchor(
    {
      ...{ origin: 'cli:test', facts, log: store.log, anchor, clock: store.clock },
      configuration: new MemoryConfiguration(),
      openSecrets: () => Promise.resolve({ signCheckpoint: signNow, close: () => undefined }),
    },
    { officer: 'officer-1', reason },
  );

describe('signCheckpoint() and an anchor that is not there', () => {
  it('begins an anchor where nothing was ever signed', async () => {
    expect(await state()).toBe('empty');
    await signNow();
    expect(await state()).toBe('agrees');
  });

  it.each(['gone', 'empty'])(
    'refuses when its directory is %s, and records nothing',
    async (how) => {
      await signNow();
      renameSync(directory, `${directory}-unmounted`);
      if (how === 'empty') mkdirSync(directory);
      await store.log.append(decideAct('h-2', 'decline'));
      expect(await state()).toBe('missing');
      await expect(signNow()).rejects.toMatchObject({
        ...{ code: 'anchor-missing', facts: { anchored: 0, recorded: 1 } },
      });
      expect(await allOf(await store.log.checkpoints())).toHaveLength(1);
      renameSync(`${directory}-unmounted`, directory);
      await signNow();
      expect(await state()).toBe('agrees');
    },
  );

  it('refuses one that lost its newest checkpoint', async () => {
    await signNow();
    await store.log.append(decideAct('h-2', 'decline'));
    await signNow();
    rmSync(join(directory, '000000000002.checkpoint'));
    await expect(signNow()).rejects.toMatchObject({ facts: { anchored: 1, recorded: 2 } });
  });

  it('goes on when it was stopped between anchor and record', async () => {
    await signNow();
    await store.log.append(decideAct('h-2', 'decline'));
    await signNow();
    await store.db.deleteFrom('checkpoint').where('size', '=', 2).execute();
    expect((await signNow()).size).toBe(2);
  });
});

describe('refillAnchor()', () => {
  it('puts every checkpoint of the log into a new directory, with a leaf that says why', async () => {
    await signNow();
    await store.log.append(decideAct('h-2', 'decline'));
    await signNow();
    rmSync(directory, { recursive: true });
    expect(await refill('disk replaced')).toMatchObject({
      added: 2,
      checkpoints: 3,
      checkpoint: { size: 3 },
    });
    const sizes = [1, 2, 3].map((size) => `00000000000${size}.checkpoint`);
    expect(readdirSync(directory).sort()).toEqual(sizes);
    expect(await state()).toBe('agrees');
  });

  it('asks for a reason', async () => {
    await expect(refill()).rejects.toMatchObject({ code: 'reason-required' });
  });

  it('helps no older copy of a workspace', async () => {
    await signNow();
    const before = await store.log.size();
    await store.log.append(decideAct('h-2', 'decline'));
    await signNow();
    // As after a restore: the last leaf was never written.
    for (const table of ['leaf', 'node'] as const) {
      await store.db.deleteFrom(table).where('number', '>=', before).execute();
    }
    await expect(refill('lost')).rejects.toMatchObject({ code: 'anchor-ahead' });
  });
});
