import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { filesUnder, root } from '../support/source-tree.ts';

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** Fewer would mean that the tool did not see the code: with a TypeScript it does not know, it finds none at all. */
const MODULES_MIN = 250;

/** For each rule one import that breaks it: file, what it imports. */
const planted: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  'no-cycle': ['exchange/one.ts', './other.ts'],
  resolvable: ['exchange/lost.ts', './nowhere.ts'],
  'domain-knows-only-itself': ['domain/cards/a.ts', '../../exchange/good.ts'],
  'exchange-looks-down': ['exchange/b.ts', '../edge/files/good.ts'],
  'edge-implements-ports': ['edge/files/c.ts', '../../compose.ts'],
  'cde-is-its-own-process': ['cde/d.ts', '../compose.ts'],
  'doors-call-exchange': ['doors/cli/e.ts', '../../edge/files/good.ts'],
  'compose-knows-no-door': ['compose-more.ts', './doors/cli/good.ts'],
  'tlog-knows-bytes-only': ['domain/tlog/f.ts', '../cards/good.ts'],
  'core-packages': ['exchange/g.ts', 'string-width'],
  'core-touches-no-world': ['domain/cards/h.ts', 'node:fs'],
  'network-at-the-edge': ['doors/cli/i.ts', 'node:net'],
  'processes-are-started-in-three-places': ['edge/files/j.ts', 'node:child_process'],
  'threads-are-started-in-one-place': ['edge/files/t.ts', 'node:worker_threads'],
  'nothing-looks-inside': ['edge/files/k.ts', 'node:inspector'],
  'card-process-has-no-way-out': ['cde/main.ts', '../edge/sftp/good.ts'],
  'development-packages': ['edge/files/l.ts', 'fast-check'],
  'openpgp-in-its-folder': ['edge/files/m.ts', 'openpgp'],
  'ssh2-in-its-folder': ['edge/files/n.ts', 'ssh2'],
  '(better-sqlite3|kysely)-in-its-folder': ['edge/files/o.ts', 'kysely'],
  'smol-toml-in-its-folder': ['edge/sftp/p.ts', 'smol-toml'],
  'commander-in-its-folder': ['edge/files/q.ts', 'commander'],
  'string-width-in-its-folder': ['edge/files/r.ts', 'string-width'],
};

describe('the layers', () => {
  let cruise: Cruise;

  beforeAll(async () => {
    cruise = await cruiseIn(root);
  });

  it('hold: every import goes down', () => {
    expect(
      cruise.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    ).toEqual([]);
  });

  it('were seen whole: every file of src, and not suspiciously few', () => {
    const seen = cruise.modules
      .map(({ source }) => source)
      .filter((path) => path.startsWith('src/'));

    expect(seen.sort()).toEqual(filesUnder('src', '.ts'));
    expect(seen.length).toBeGreaterThanOrEqual(MODULES_MIN);
  });
});

describe('the layer rules', () => {
  let folder: string;
  let cruise: Cruise;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layers-'));
    await plantAll(folder);
    cruise = await cruiseIn(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('have an import each that breaks them', async () => {
    const names = await ruleNames();

    expect(Object.keys(planted).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(planted))('%s reports its planted import', (name, [file]) => {
    const reported = cruise.summary.violations.filter(({ rule }) => rule.name === name);

    expect(reported.map(({ from }) => from)).toContain(`src/${file}`);
  });

  it('report nothing about the imports that are right', () => {
    const blamed = new Set(cruise.summary.violations.map(({ from }) => from));

    expect([...blamed].filter((file) => file.includes('good'))).toEqual([]);
  });
});

/** What dependency-cruiser, started as `npm run layers` starts it, says about a folder. */
async function cruiseIn(folder: string): Promise<Cruise> {
  const program = join(root, 'node_modules/.bin/depcruise');
  const rules = join(folder, '.dependency-cruiser.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, 'src', '--config', rules, '--output-type', 'json'],
    { cwd: folder, maxBuffer: 256 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as Cruise;
}

async function ruleNames(): Promise<string[]> {
  const file = pathToFileURL(join(root, '.dependency-cruiser.mjs')).href;
  const { default: rules } = (await import(file)) as {
    default: { readonly forbidden: readonly { readonly name: string }[] };
  };
  return rules.forbidden.map(({ name }) => name);
}

async function plantAll(folder: string): Promise<void> {
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
    await cp(join(root, file), join(folder, file));
  }
  const source = (path: string, text: string) => write(join(folder, 'src', path), text);
  for (const [file, imported] of Object.values(planted)) {
    await source(file, `import '${imported}';\nexport const planted = 1;\n`);
    if (!/^(node:|\.)/.test(imported)) await plantPackage(folder, imported);
  }
  await source('exchange/other.ts', "import './one.ts';\nexport const other = 1;\n");
  await source('domain/cards/good.ts', 'export const rule = 1;\n');
  await source('domain/tlog/good.ts', "export { hash } from 'node:crypto';\n");
  await source('exchange/good.ts', "export { rule } from '../domain/cards/good.ts';\n");
  await source('edge/files/good.ts', "export { rule } from '../../exchange/good.ts';\n");
  await source('edge/sftp/good.ts', "import 'ssh2';\nimport 'node:net';\nexport const box = 1;\n");
  await source('compose.ts', "export { box } from './edge/sftp/good.ts';\n");
  await source(
    'doors/cli/good.ts',
    "import 'commander';\nexport { box } from '../../compose.ts';\n",
  );
  for (const name of ['ssh2', 'commander']) await plantPackage(folder, name);
}

async function plantPackage(folder: string, name: string): Promise<void> {
  const home = join(folder, 'node_modules', name);
  const description = { name, version: '1.0.0', type: 'module', exports: './index.js' };
  await write(join(home, 'package.json'), JSON.stringify(description));
  await write(join(home, 'index.js'), 'export default 1;\n');
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
