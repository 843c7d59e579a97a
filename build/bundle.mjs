// `npm run build`: src/ becomes few files in dist/, so that a command loads ten of them
// instead of six hundred (docs/decisions/0019-few-files.md). Entry points keep their places.

import { readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rolldown } from 'rolldown';

import { noticesOf } from './notices.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const chunks = 'chunks';

/** What Node starts: the program, the card process, its threads, the pickup server, and the demo's partners. */
const entries = [
  'doors/cli/main',
  'cde/main',
  'cde/lane-worker',
  'edge/demo-processor/main',
  'edge/pickup-server/main',
];

/** Stay packages of their own: compiled code, what only that can load, and what its licence wants to be replaceable. */
const external = ['better-sqlite3', 'ssh2', 'openpgp'];

/** Writes everything to `into`; what was there before and is not written again is removed. */
export async function bundle(into) {
  const built = await rolldown({
    cwd: root,
    input: Object.fromEntries(entries.map((name) => [name, join(root, 'src', `${name}.ts`)])),
    platform: 'node',
    external,
    plugins: [inPlace(into)],
    // What cannot be resolved would be missed when it is reached, on somebody else's machine.
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  const { output } = await built.write({
    dir: into,
    format: 'esm',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: `${chunks}/[name].js`,
    plugins: [noticesOf()],
  });
  await built.close();
  const written = new Set(output.map(({ fileName }) => fileName));
  for (const entry of readdirSync(into, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(relative(into, path))) rmSync(path);
  }
  return output;
}

/**
 * Files find others beside them by `import.meta.url`. In a chunk that shall say where the file would be if it were not
 * bundled; whether a file is the one that was started is true of entries alone.
 */
function inPlace(into) {
  const source = join(root, 'src');
  return {
    name: 'in-place',
    transform(code, id) {
      const name = relative(source, id).replace(/\.ts$/, '');
      if (name.startsWith('..') || entries.includes(name) || !code.includes('import.meta.'))
        return null;
      const path = relative(join(into, chunks), join(into, `${name}.js`));
      const placed = code
        .replaceAll('import.meta.url', `new URL('${path}', import.meta.url).href`)
        .replaceAll('import.meta.main', 'false');
      // Lines stay where they are.
      return { code: placed, map: null };
    },
  };
}

if (import.meta.main) await bundle(join(root, 'dist'));
