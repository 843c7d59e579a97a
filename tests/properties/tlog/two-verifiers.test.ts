import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { faultOf, readLog } from '../../support/altered-log.ts';
import type { FoundFault } from '../../support/altered-log.ts';
import { runPython } from '../../support/python.ts';

// The logs share their leaves; what was read once is remembered.
vi.mock(import('../../../src/domain/audit/leaf.ts'), async (load) => {
  const { remembered } = await import('../../support/remembered.ts');
  const original = await load();
  return { ...original, parseLeaf: remembered((bytes) => original.parseLeaf(bytes)) };
});

/** What was done to a log, and which checkpoints it is held against. */
interface Case {
  readonly kind: string;
  readonly changes: Readonly<Record<string, string | null>>;
  readonly against: readonly string[];
}

const trees = 200;
/** A log that was written anew and signed by its own key, or by another that lies beside it, agrees with itself. */
const agreeing = new Set(['honest', 'rewritten', 'rolled-back', 'other-key']);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mm-trees-'));
  const made = await runPython('judge.py', 'make-trees', folder, String(trees), '6962');
  expect(made).toMatchObject({ status: 0, stderr: '' });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe(`over ${trees} logs of 0 to 2,100 entries that another program made`, () => {
  it('both verifiers say the same, and what they must', async () => {
    const { status, stdout, stderr } = await runPython('judge.py', 'trees', folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const theirs = JSON.parse(stdout) as readonly (string | null)[];
    const numbers = (await readdir(folder)).map(Number).sort((a, b) => a - b);
    expect(numbers.length).toBe(trees);
    const wrong: unknown[] = [];
    let asked = 0;
    for (const number of numbers) {
      const place = join(folder, String(number));
      for (const { one, ours } of await judgeTree(place)) {
        const said = theirs[asked] ?? undefined;
        asked += 1;
        const mustHold =
          one.kind === 'honest' || (agreeing.has(one.kind) && one.against.length === 0);
        const isRight = (ours === undefined) === mustHold && isSame(ours, said);
        if (!isRight) wrong.push([number, one.kind, one.against, ours, said]);
      }
    }
    expect(wrong).toEqual([]);
    expect(theirs.length).toBe(asked);
    expect(asked).toBeGreaterThan(5 * trees);
  });
});

async function judgeTree(
  place: string,
): Promise<readonly { one: Case; ours: FoundFault | undefined }[]> {
  const files = readLog(join(place, 'log'));
  const against = readLog(join(place, 'against'));
  const cases = JSON.parse(await readFile(join(place, 'cases.json'), 'utf8')) as readonly Case[];
  const judged: { one: Case; ours: FoundFault | undefined }[] = [];
  for (const one of cases) {
    const changes = new Map(
      Object.entries(one.changes).map(([path, content]) => [
        path,
        content === null ? undefined : new Uint8Array(Buffer.from(content, 'base64')),
      ]),
    );
    const checkpoints = one.against.map((name) => against.get(name)!);
    judged.push({ one, ours: await faultOf(files, changes, checkpoints) });
  }
  return judged;
}

/** The same verdict; and the same size, where it is a checkpoint that is contradicted. */
function isSame(ours: FoundFault | undefined, theirs: string | undefined): boolean {
  if (ours === undefined || theirs === undefined) return ours === theirs;
  const size = /inconsistent with checkpoint of size (\d+)/.exec(theirs)?.[1];
  return size === undefined || ours.size === undefined || size === String(ours.size);
}
