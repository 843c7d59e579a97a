import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { purgeSource } from '../../../src/cde/purge-source.ts';
import { bareNode } from '../../support/bare-node.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = join(await scratchFolder(), 'sources');
  path = join(folder, 'orders.csv');
  await mkdir(folder);
  await writeFile(path, 'order\n');
});

describe('purgeSource()', () => {
  it('names copies beside it', async () => {
    await writeFile(join(folder, 'copy.csv'), 'order\n');
    await writeFile(join(folder, 'other.csv'), 'older\n');
    expect(await purgeSource({ path, overwrite: false })).toMatchObject({
      ...{ bytes: 6, copies: ['copy.csv'], uncompared: 0 },
    });
  });

  it('does not say that there is no copy where it cannot look', async () => {
    await chmod(folder, 0o311);
    const module = new URL('../../../src/cde/purge-source.ts', import.meta.url).href;
    const job = JSON.stringify({ path, overwrite: false });
    const code = `import { purgeSource } from '${module}';
      console.log(await purgeSource(${job}).then(() => 'looked', ({ code, facts }) => code + ' ' + facts.what));`;
    const [command, ...words] = [...bareNode, '--input-type=module', '--eval', code];
    try {
      expect(execFileSync(command, words, { encoding: 'utf8' }).trim()).toBe(
        'source-unreadable folder',
      );
    } finally {
      await chmod(folder, 0o700);
    }
  });
});
