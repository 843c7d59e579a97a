import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';

import { ensureBuilt } from '../../support/built-program.ts';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));
const textOf = (path: string) => readFileSync(join(dist, path), 'utf8');
const filesOf = (end: string) =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(end));

/** Files of ours that are loaded with `entry`, without those behind an `import()`. */
function loadedWith(entry: string): Set<string> {
  const loaded = new Set([entry]);
  for (const path of loaded) {
    for (const [, from] of textOf(path).matchAll(/^(?:import|export) .*?"(\.[^"]+)";$/gm)) {
      loaded.add(join(path, '..', from!));
    }
  }
  return loaded;
}

beforeAll(ensureBuilt);

describe('the built program', () => {
  it.each(['doors/cli/main', 'cde/main', 'cde/lane-worker', 'edge/demo-processor/main'])(
    'has the entry point %s in its place, with a map that leads to src/',
    (entry) => {
      const { sources } = JSON.parse(textOf(`${entry}.js.map`)) as { sources: string[] };

      expect(sources.map((source) => join(entry, '..', source))).toContain(`../src/${entry}.ts`);
    },
  );

  it.each([
    ['doors/cli/main.js', 30],
    ['cde/main.js', 16],
    ['cde/lane-worker.js', 30],
  ])('starts %s with at most %d files', (entry, most) => {
    expect(loadedWith(entry).size).toBeLessThanOrEqual(most);
  });

  it('names the licence of every package that it holds, and holds none under the LGPL', () => {
    const held = filesOf('.map').flatMap((path) => {
      const { sources } = JSON.parse(textOf(path)) as { sources: string[] };
      return sources.map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1]);
    });
    const packages = [...new Set(held.filter((name) => name !== undefined))].sort();
    const named = [...textOf('third-party-notices.txt').matchAll(/^(\S+) [\d.]+ \((.*)\)$/gm)];

    expect(named.map(([, name]) => name)).toEqual(packages);
    expect(new Set(named.map(([, , licence]) => licence))).toEqual(
      new Set(['MIT', 'BSD-3-Clause']),
    );
  });
});
