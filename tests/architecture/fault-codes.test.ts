import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { exitStatuses } from '../../src/doors/cli/exit-statuses.ts';
import { faultWords as en } from '../../src/doors/cli/words/en/faults.ts';
import { faultWords as ja } from '../../src/doors/cli/words/ja/faults.ts';

const root = join(import.meta.dirname, '../../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

/** Codes of every `*Codes` table, by the file that declares it. */
async function declaredCodes(): Promise<Map<string, string>> {
  const declared = new Map<string, string>();
  for (const { name, text } of files) {
    const tables = [...text.matchAll(/export const (\w+Codes) = \{/g)].map((match) => match[1]!);
    if (tables.length === 0) continue;
    const module = (await import(pathToFileURL(join(root, name)).href)) as Record<string, object>;
    for (const table of tables) {
      for (const code of Object.keys(module[table] ?? {})) declared.set(code, name);
    }
  }
  return declared;
}

/** Codes written out where a fault is made, also of faults without a table. */
function thrownCodes(): Map<string, string> {
  const thrown = new Map<string, string>();
  for (const { name, text } of files) {
    for (const match of text.matchAll(/new \w*Fault\(\s*'([a-z0-9-]+)'/g))
      thrown.set(match[1]!, name);
  }
  return thrown;
}

const missing = (codes: Iterable<[string, string]>, table: object): string[] =>
  [...codes]
    .filter(([code]) => !Object.hasOwn(table, code))
    .map(([code, file]) => `${code} of ${file}`);

describe('fault codes', () => {
  it('are found at all', async () => {
    expect((await declaredCodes()).size).toBeGreaterThan(150);
    expect(thrownCodes().size).toBeGreaterThan(80);
  });

  it.each(Object.entries({ exitStatuses, en, ja }))(
    'all have a row in %s',
    async (_name, table) => {
      const codes = new Map([...(await declaredCodes()), ...thrownCodes()]);
      expect(missing(codes, table)).toEqual([]);
    },
  );

  it('with a row are all declared or thrown somewhere', async () => {
    const codes = new Map([...(await declaredCodes()), ...thrownCodes()]);
    expect(Object.keys(exitStatuses).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('are kebab-case, because people search for them', async () => {
    const codes = [...(await declaredCodes()).keys()];
    expect(codes.filter((code) => !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });
});
