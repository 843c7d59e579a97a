import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runPython } from '../../support/python.ts';

let made = '';
const at = (...names: string[]): string => join(made, ...names);

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'mm-logs-'));
  // 600 entries by a key A, their state at 400 entries, a proof, and the same log signed by a key B.
  expect(await runPython('made_logs.py', made)).toMatchObject({ status: 0, stderr: '' });
});
afterAll(async () => {
  await rm(made, { recursive: true, force: true });
});

describe('the second verifier', () => {
  it('keeps to the published vectors', async () => {
    const { status, stderr } = await runPython('-m', 'unittest');
    expect({ status, said: stderr }).toMatchObject({ status: 0 });
    expect(stderr).toMatch(/^Ran 3\d tests/m);
  });

  it('says that a whole log holds, its signature being checked by openssl too', async () => {
    const { status, stdout } = await verify(at('log'), '--against', at('400.checkpoint'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^entries: 600\n[^]*and by openssl\nall holds\n$/);
  });

  it('says that an entry stands in the log, and refuses another', async () => {
    const vkey = ['--vkey', at('log', 'log.vkey')];
    const proof = at('517.tlog-proof');
    const held = await runPython('verify_log.py', 'proof', proof, at('517.entry'), ...vkey);
    expect(held).toMatchObject({ status: 0 });
    expect(held.stdout).toMatch(/^entry 517 stands in the log of size 600\n/);
    const other = await runPython('verify_log.py', 'proof', proof, at('516.entry'), ...vkey);
    expect(other).toMatchObject({ status: 1 });
    expect(other.stdout).toMatch(/^does not hold: entry 517: /);
  });

  it('names the entry, or else the checkpoint, that does not hold', async () => {
    const bundle = join('tile', 'entries', '002.p', '88');
    await withCopy(async (copy) => {
      const bytes = await readFile(join(copy, bundle));
      await writeFile(join(copy, bundle), bytes.with(-1, bytes.at(-1)! ^ 1));
      expect(await verify(copy)).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('entry 599:') as string,
      });
    });
    await withCopy(async (copy) => {
      await rm(join(copy, bundle));
      expect(await verify(copy)).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('entry 512:') as string,
      });
    });
    const forked = await verify(at('forked'), '--against', at('400.checkpoint'));
    expect(forked.status).toBe(1);
    expect(forked.stdout).toBe('does not hold: inconsistent with checkpoint of size 400\n');
  });

  it('does not believe the key that lies beside a log where another was given', async () => {
    expect(await verify(at('others'))).toMatchObject({ status: 0 });
    const compared = await verify(at('others'), '--vkey', at('log', 'log.vkey'));
    expect(compared).toMatchObject({ status: 1 });
    expect(compared.stdout).toMatch(/^does not hold: log\.vkey: /);
  });

  it.each([
    [],
    ['verify'],
    ['verify', 'no/such/directory'],
    ['proof', 'a', 'b'],
    ['proof', 'no/such/file', 'b', '--vkey', 'c'],
    ['check'],
  ])('leaves with 2 when it is called wrongly: %j', async (...args: string[]) => {
    const { status, stdout, stderr } = await runPython('verify_log.py', ...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/Traceback/);
  });

  it('tells a stranger how to use it', async () => {
    const { status, stdout } = await runPython('verify_log.py', '--help');
    expect(status).toBe(0);
    for (const word of ['verify DIR', '--against', 'proof PROOF ENTRY', 'Exit status'])
      expect(stdout).toContain(word);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

function verify(directory: string, ...options: string[]): ReturnType<typeof runPython> {
  return runPython('verify_log.py', 'verify', directory, ...options);
}

async function withCopy(use: (copy: string) => Promise<void>): Promise<void> {
  const copy = at('copy');
  await cp(at('log'), copy, { recursive: true });
  try {
    await use(copy);
  } finally {
    await rm(copy, { recursive: true });
  }
}
