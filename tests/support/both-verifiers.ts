import { readFileSync } from 'node:fs';

import { expect } from 'vitest';

import { logFolders } from '../../src/edge/files/log-folder.ts';
import { verifyExport } from '../../src/exchange/audit/verify-export.ts';
import { runPython } from './python.ts';

/**
 * What both verifiers say of an export, who have to agree: where it holds the lines of the second one, else our kind of
 * breach and its complaint. `vkey`: a file.
 */
export async function judgedByBoth(
  directory: string,
  vkey: string,
  against: readonly string[],
): Promise<unknown[]> {
  const notes = against.map((path) => new Uint8Array(readFileSync(path)));
  const { verdict } = await verifyExport(
    { logFolders },
    { directory, vkey: readFileSync(vkey, 'utf8').trim(), against: notes },
  );
  const given = against.flatMap((path) => ['--against', path]);
  const other = await runPython('verify_log.py', 'verify', directory, '--vkey', vkey, ...given);
  expect(other.status, other.stdout + other.stderr).toBe(verdict.holds ? 0 : 1);
  const said = other.stdout.trimEnd().split('\n');
  return verdict.holds ? said : [verdict.kind, said.at(-1)!.replace('does not hold: ', '')];
}
