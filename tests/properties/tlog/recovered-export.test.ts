import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { faultOf, readLog } from '../../support/altered-log.ts';
import type { FoundFault } from '../../support/altered-log.ts';
import { exportRecovered } from '../../support/exported-log.ts';
import { runPython } from '../../support/python.ts';
import { lostLog, recoveredLog } from '../../support/recovered-log.ts';
import type { SaidOfRecovery } from '../../support/recovered-log.ts';

let folder = '';
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mm-recovered-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What both verifiers say of the export of such a log: ours the fault, the other one its last line. */
async function judged(
  kept: number,
  said: SaidOfRecovery,
): Promise<readonly [FoundFault | undefined, string]> {
  const directory = join(folder, String((count += 1)));
  await exportRecovered(directory, recoveredLog(lostLog(kept + 20, [kept]), kept, said));
  const { stdout } = await runPython('verify_log.py', 'verify', directory, '--no-openssl');
  return [await faultOf(readLog(directory), new Map()), stdout.trimEnd().split('\n').at(-1)!];
}

/** Where in tiles and in the tree above them the common state may end. */
const shapes = [
  [12, 0],
  [12, 1],
  [12, 12],
  [300, 255],
  [300, 256],
  [300, 257],
  [560, 512],
  [560, 531],
] as const;

describe('both verifiers derive the root from which entries were lost', () => {
  it.each(shapes)('of %i kept entries those up to %i', async (kept, size) => {
    expect(await judged(kept, { size })).toEqual([undefined, 'all holds']);
    const other = recoveredLog(lostLog(kept + 20, []), kept, { size: size + 1 }).leaves;
    const root = other.at(-1)!.hash;
    expect(await judged(kept, { size, root })).toEqual([
      { code: 'recovery-inconsistent', index: kept + 1, size },
      `does not hold: entry ${kept + 1}: names another root of size ${size} than the entries have`,
    ]);
  });
});
