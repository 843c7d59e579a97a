import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'vitest';

import { relistKit } from './auditor-kit.ts';
import { runPython } from './python.ts';

/** What an entry says of a recovery. */
export interface SaidRecovery {
  readonly index: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const program = `import json, sys, verify_log
for said in json.loads(sys.argv[1]):
    print(verify_log.Recovery(said["index"], said["data"]))`;

/** The entry of a kit that tells of the recovery of its log. */
export function recoveryIn(folder: string): SaidRecovery {
  const entries = JSON.parse(readFileSync(join(folder, 'keys/entries.json'), 'utf8')) as readonly {
    readonly index: number;
    readonly leaf: { readonly act: string; readonly data: SaidRecovery['data'] };
  }[];
  const { index, leaf } = entries.find((entry) => entry.leaf.act === 'log-recover')!;
  return { index, data: leaf.data };
}

/**
 * Alters a kit as if the owner of its log were of one mind with whoever altered it: the log holds, tells of these recoveries,
 * in the words of the second verifier, and names every file as it lies there.
 */
export async function agreeOn(copy: string, said: readonly SaidRecovery[]): Promise<void> {
  const { status, stdout, stderr } = await runPython('-c', program, JSON.stringify(said));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  sayOfLog(copy, stdout);
}

/** The same, in these words. */
export function sayOfLog(copy: string, lines: string): void {
  writeFileSync(join(copy, 'verify_log.py'), `print(${JSON.stringify(lines)})\n`);
  relistKit(copy);
}
