import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { newFolders } from '../../../src/edge/files/new-folders.ts';
import { bareNode } from '../../support/bare-node.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let parent: string;
let path: string;
beforeEach(async () => {
  parent = join(await scratchFolder(), 'parent');
  path = join(parent, 'export');
  mkdirSync(parent);
});

describe('newFolders', () => {
  it('refuses a name that is taken, and leaves nothing beside it', async () => {
    mkdirSync(path);
    await expect(newFolders.begin(path)).rejects.toMatchObject({ code: 'file-exists' });
    expect(readdirSync(parent)).toEqual(['export']);
  });

  it('says of a parent that is not there that it cannot write', async () => {
    for (const part of ['none', 'none/deeper']) {
      const missing = newFolders.begin(join(parent, part, 'export'));
      await expect(missing).rejects.toMatchObject({ code: 'file-write-failed' });
    }
  });

  it('says so of a parent that may not be listed, too', () => {
    const module = new URL('../../../src/edge/files/new-folders.ts', import.meta.url).href;
    const code = `import { newFolders } from '${module}';
      const told = ({ code, facts }) => [code, facts.reason].join(' ');
      console.log(await newFolders.begin('${path}').then(() => 'begun', told));`;
    const [command, ...words] = [...bareNode, '--input-type=module', '--eval', code];
    chmodSync(parent, 0o311);
    try {
      const told = execFileSync(command, words, { encoding: 'utf8' }).trim();
      expect(told).toBe('file-write-failed EACCES');
    } finally {
      chmodSync(parent, 0o700);
    }
    expect(readdirSync(parent)).toEqual([]);
  });
});
