import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { LogKeyFolder } from '../../../src/edge/files/log-key-files.ts';
import { WorkspaceKeyRing } from '../../../src/edge/keys/workspace-key-ring.ts';
import type { OwnKey } from '../../../src/exchange/keys/own-keys.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const ring = new WorkspaceKeyRing('shop-a', new Uint8Array(32).fill(1));
const origin = 'mimamori.example/drill/shop-a';

/** Two keys as files, the first of them retiring. */
async function twoKeys(): Promise<{ root: string; rows: (first: OwnKey['state']) => OwnKey[] }> {
  const root = await scratchFolder();
  await mkdir(join(root, 'keys'));
  const folder = new LogKeyFolder(root, { list: () => Promise.resolve([]) });
  const old = await folder.make(1, origin, ring);
  const next = await folder.make(2, origin, ring);
  const rows = (state: OwnKey['state']): OwnKey[] => [
    { ...old, state, madeAt: undefined },
    { ...next, state: 'in-use', madeAt: new Date(0) },
  ];
  return { root, rows };
}

it('opens the keys that are left where another command retires one meanwhile', async () => {
  const { root, rows } = await twoKeys();
  let listed = 0;
  const list = async (): Promise<OwnKey[]> => {
    listed += 1;
    if (listed > 1) return rows('retired');
    await new LogKeyFolder(root, { list }).remove(1);
    return rows('retiring');
  };
  const signer = await new LogKeyFolder(root, { list }).openSigner(ring);
  expect(signer.vkey).toBe(rows('retired')[1]!.fingerprint);
  expect(await signer.isInTime!()).toBe(true);
});

it('tells of a file that is gone while its key is to sign', async () => {
  const { root, rows } = await twoKeys();
  const folder = new LogKeyFolder(root, { list: () => Promise.resolve(rows('retiring')) });
  await folder.remove(1);
  await expect(folder.openSigner(ring)).rejects.toMatchObject({ code: 'secret-missing' });
});
