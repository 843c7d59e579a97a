import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Fault } from '../../../src/domain/fault.ts';
import { AnchorDirectory } from '../../../src/edge/files/anchor-directory.ts';
import { anchorWordFolder } from '../../../src/edge/files/statement-folder.ts';
import { refillAnchor } from '../../../src/exchange/audit/refill-anchor.ts';
import type { RefillRequest } from '../../../src/exchange/audit/refill-anchor.ts';
import { signCheckpoint } from '../../../src/exchange/audit/sign-checkpoint.ts';
import { logStatus } from '../../../src/exchange/status/workspace-status.ts';
import { allOf } from '../../support/all-of.ts';
import { testLogKey } from '../../support/audit-log.ts';
import {
  MemoryConfiguration,
  plainSignatures,
  testOfficer,
} from '../../support/memory-workspace.ts';
import { actOf, decideAct, StoreBench } from '../../support/store-bench.ts';
import { signerOf } from '../../support/test-log-signer.ts';

const key = testLogKey();
const signer = signerOf(key);
const facts = { id: 'live-1', mode: 'live', signer: '', vkey: key.vkey } as const;

let store: StoreBench;
let directory: string;
let anchor: AnchorDirectory;
let configuration: MemoryConfiguration;

beforeEach(async () => {
  configuration = new MemoryConfiguration();
  configuration.isApproved = false;
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

const refill = (
  reason?: string,
  given: Partial<RefillRequest> = {},
  changes: { readonly mode?: 'drill'; readonly id?: string } = {},
): ReturnType<typeof refillAnchor> =>
  refillAnchor(
    {
      ...{ origin: 'cli:test', facts: { ...facts, ...changes }, log: store.log, anchor },
      ...{ clock: store.clock, configuration, signatures: plainSignatures },
      configurationVersions: store.configurationVersions,
      anchorPapers: anchorWordFolder(store.directory),
      openSecrets: () => Promise.resolve({ signCheckpoint: signNow, close: () => undefined }),
    },
    { officer: 'officer-1', reason, second: undefined, secondSignature: undefined, ...given },
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

describe('refillAnchor() in a live workspace whose configuration was approved', () => {
  const required = { code: 'anchor-second-required' };
  const old = { code: 'anchor-statement-old' };
  const second = 'approver-1';

  /** The newest statement, as the officer of this fingerprint signs it. */
  const signedBy = async (id = second): Promise<Partial<RefillRequest>> => {
    const fault = (await refill('lost', { second }).catch((error: unknown) => error)) as Fault;
    expect(fault).toMatchObject(required);
    const statement = readFileSync(fault.facts['path'] as string);
    const { fingerprint } = configuration.officers.find((one) => one.id === id)!;
    const digest = createHash('sha256').update(statement).digest('hex');
    return { second, secondSignature: Buffer.from(`${fingerprint}:${digest}`) };
  };
  const acts = async (): Promise<number> =>
    (await store.acts()).filter((act) => act === 'anchor-refill').length;

  beforeEach(async () => {
    configuration.isApproved = true;
    await signNow();
    rmSync(directory, { recursive: true });
  });

  it('refuses one officer alone, however they sign, and puts nothing there', async () => {
    configuration.officers.push(
      testOfficer('both', 31, { roles: ['officer', 'approver'] }),
      testOfficer('same-key', 11, { roles: ['approver'] }),
    );
    await expect(refill('lost')).rejects.toMatchObject(required);
    await expect(refill('lost', { officer: 'both', second: 'both' })).rejects.toMatchObject({
      ...{ code: 'anchor-second-same', facts: { officer: 'both' } },
    });
    await expect(refill('lost', { second: 'same-key' })).rejects.toMatchObject({
      code: 'anchor-second-same',
    });
    await expect(refill('lost', { second: 'officer-2' })).rejects.toMatchObject({
      code: 'role-missing',
    });
    await expect(refill('lost', await signedBy('officer-1'))).rejects.toMatchObject({
      code: 'signature-not-theirs',
    });
    expect([await acts(), await state()]).toEqual([0, 'missing']);
  });

  it('refuses a second officer whose time is over', async () => {
    const given = await signedBy();
    const at = configuration.officers.findIndex(({ id }) => id === second);
    configuration.officers[at] = testOfficer(second, 21, { valid_until: '2026-11-21' });
    await expect(refill('lost', given)).rejects.toMatchObject({ code: 'officer-disabled' });
  });

  it('refuses what was signed about another reason, officer, directory or log, or too long ago', async () => {
    const given = await signedBy();
    await expect(refill('another', given)).rejects.toMatchObject(old);
    await expect(refill('lost', { ...given, officer: 'officer-2' })).rejects.toMatchObject(old);
    await expect(refill('lost', { ...given, second: 'approver-2' })).rejects.toMatchObject(old);
    await expect(refill('lost', given, { id: 'live-2' })).rejects.toMatchObject(old);
    configuration.settings.log.anchor = '/other';
    await expect(refill('lost', given)).rejects.toMatchObject(old);
    delete configuration.settings.log.anchor;
    store.nowMs += 86_400_000;
    await expect(refill('lost', given)).rejects.toMatchObject(old);
    store.nowMs -= 86_400_001;
    await expect(refill('lost', given)).rejects.toMatchObject(old);
    expect(await acts()).toBe(0);
  });

  it('takes a statement once: the next anchor begins at another size', async () => {
    const given = await signedBy();
    store.nowMs += 86_399_999;
    await refill('lost', given);
    expect([await acts(), await state()]).toEqual([1, 'agrees']);
    rmSync(directory, { recursive: true });
    await expect(refill('lost', given)).rejects.toMatchObject(old);
  });

  it('does not believe rows that say that nothing was approved', async () => {
    configuration.isApproved = false;
    const digest = 'd'.repeat(64);
    const signed = { configuration: digest, officer: second, fingerprint: 'A'.repeat(40) };
    await store.log.append(
      actOf('configuration-approve', 'configuration:1', {
        ...{ ...signed, statement: digest, signature: digest, emergency: false },
        starts: '2026-11-22T10:00:00.000Z',
      }),
    );
    await expect(refill('lost')).rejects.toMatchObject({ code: 'configuration-unproven' });
  });

  it('asks nobody else in a drill', async () => {
    expect(await refill('lost', {}, { mode: 'drill' })).toMatchObject({ added: 1 });
  });
});
