import { mkdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { fittingSpecs } from '../../../src/domain/intake/known-specs.ts';
import { copySourceSpecs, shippedSpecs } from '../../../src/edge/files/shipped-specs.ts';
import { SourceSpecFolder } from '../../../src/edge/files/source-spec-folder.ts';
import { readHead } from '../../../src/domain/intake/source-head.ts';
import { cartNames, cartSample } from '../../support/cart-sample.ts';
import { plainScope } from '../../support/screened-source.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let workspace: string;
let own: string;
let specs: SourceSpecFolder;
beforeEach(async () => {
  workspace = await scratchFolder();
  own = join(workspace, 'config/sources');
  await mkdir(own, { recursive: true });
  specs = new SourceSpecFolder(own, shippedSpecs);
});

const headerOf = async (cart: string): Promise<string[]> => {
  const sample = new URL(`../../vectors/sources/${cart}.csv`, import.meta.url);
  const [header = ''] = (await readFile(sample, 'utf8')).split('\n');
  return header.replaceAll('"', '').split(',');
};

describe('SourceSpecFolder', () => {
  it('finds a shipped spec by its bare name, and one of the workspace before it', async () => {
    expect((await specs.named('eccube4')).spec.one_row_per_item).toBe(true);
    await writeFile(join(own, 'eccube4.toml'), 'kind = "recovered"\n');
    expect(await specs.named('eccube4')).toMatchObject({
      name: 'eccube4',
      spec: { kind: 'recovered' },
    });
  });

  it('takes no shipped spec where those of the workspace cannot be read', async () => {
    await rmdir(own);
    expect((await specs.named('eccube4')).name).toBe('eccube4');
    await writeFile(own, 'no directory');
    const unreadable = { code: 'config-unreadable', facts: { file: own, reason: 'ENOTDIR' } };
    await expect(specs.named('eccube4')).rejects.toMatchObject(unreadable);
    await expect(specs.known()).rejects.toMatchObject(unreadable);
  });

  it('reads a file anywhere', async () => {
    const path = join(workspace, 'mine.toml');
    await writeFile(path, 'recognised_by = ["a"]\n');
    expect(await specs.named(path)).toMatchObject({ name: 'mine', spec: { recognised_by: ['a'] } });
  });

  it.each([
    ['config-file-missing', 'nobody'],
    ['config-unknown-key', 'wrong'],
  ])('refuses with %s', async (code, name) => {
    await writeFile(join(own, 'wrong.toml'), 'kinds = "orders"\n');
    await expect(specs.named(name)).rejects.toMatchObject({ code });
  });

  it('leaves out of the known ones what cannot be read', async () => {
    await writeFile(join(own, 'wrong.toml'), 'kinds = "orders"\n');
    const names = (await specs.known()).map(({ name }) => name);
    expect(names).not.toContain('wrong');
    expect(names).toEqual(expect.arrayContaining([...cartNames]));
  });
});

describe('the shipped specs', () => {
  it.each(cartNames)(
    '%s says its grade and source, and names columns, never places',
    async (cart) => {
      const text = await readFile(join(shippedSpecs, `${cart}.toml`), 'utf8');
      expect(text).toMatch(/^# Grade: taken from the (vendor's|plugin's own)/m);
      expect(text).not.toMatch(/"#\d/);
    },
  );

  it.each(cartNames)('of all, only %s fits its sample', async (cart) => {
    const fits = fittingSpecs(await headerOf(cart), await specs.known());
    expect(fits).toEqual(cart === 'aiship' ? [] : [cart]);
  });

  it.each(cartNames)('%s says of its sample that there are no card numbers', async (cart) => {
    const { spec, name } = await specs.named(cart);
    const known = [{ name, recognisedBy: spec.recognised_by }];
    const refuse = (): unknown => readHead(cartSample(cart).bytes, true, spec, plainScope, known);
    const code = cart === 'aiship' ? 'column-missing' : 'no-card-numbers';
    expect(refuse).toThrow(expect.objectContaining({ code }));
  });

  it('are copied into a workspace as they are, for their owner alone', async () => {
    await copySourceSpecs(workspace);
    expect((await stat(join(own, 'welcart.toml'))).mode & 0o777).toBe(0o600);
    const copied = await readFile(join(own, 'welcart.toml'));
    expect(copied).toEqual(await readFile(join(shippedSpecs, 'welcart.toml')));
  });
});
