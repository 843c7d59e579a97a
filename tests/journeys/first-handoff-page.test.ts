import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ensureBuilt, programPath } from '../support/built-program.ts';
import { page } from '../support/markdown.ts';
import { freePort } from '../support/sshd.ts';

/** A shell block of the page, the status it should end with, and the output the page shows for it. */
interface Step {
  readonly script: string;
  readonly status: number;
  readonly shown: string;
}

const { text } = page('docs/operating/first-handoff.md');
/** The handoff whose name the page prints; a reader puts their own there, and so do we. */
const shownId = /put the name of your own handoff/.test(text)
  ? (/`(h[2-9a-z]{7})`/.exec(text)?.[1] ?? '')
  : '';
const root = dirname(dirname(programPath));
/** Fifteen seconds by itself; many times that beside the rest of the suite. */
const playMs = 300_000;
const stepPattern =
  /(<!-- (?:not run|exit (\d+)) -->\n\n)?```sh\n([^]*?)^```$(?:\n\n```text\n([^]*?)^```$)?/gm;

const steps: Step[] = [...text.matchAll(stepPattern)]
  .filter(([, mark]) => mark?.includes('not run') !== true)
  .map(([, , status, script = '', shown = '']) => ({ script, status: Number(status ?? 0), shown }));

/** All steps as one script, since they build on each other. Each leaves its output and status in a file. */
function scriptOf(port: number, output: string): string {
  const listed = `JSON.parse(require('fs').readFileSync(0, 'utf8')).handoffs[0].handoff`;
  const first = steps.findIndex(({ script }) => script.includes('handoff prepare'));
  const parts = steps.map(({ script }, at) => {
    const own = script.replaceAll(shownId, '$H').replaceAll('2022', String(port));
    const named = at === first ? `H=$(mimamori --json handoff list | node -p "${listed}")\n` : '';
    return `exec > ${output}/${at} 2>&1\n${own}\necho $? > ${output}/${at}.status\n${named}`;
  });
  return ['set -u', 'cd', ...parts].join('\n');
}

describe('docs/operating/first-handoff.md', () => {
  const desk = mkdtempSync(join(tmpdir(), 'mm-page-'));
  const output = join(desk, 'output');
  const home = join(desk, 'home');

  beforeAll(async () => {
    await ensureBuilt();
    for (const folder of [output, home, join(desk, 'bin')]) mkdirSync(folder, { mode: 0o700 });
    symlinkSync(programPath, join(desk, 'bin/mimamori'));
    symlinkSync(root, join(home, 'mimamori'));
    // sshd as root refuses to start without it; the page says so.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const { MIMAMORI_WORKSPACE: _workspace, GNUPGHOME: _keys, ...environment } = process.env;
    const path = [join(desk, 'bin'), dirname(process.execPath), process.env['PATH']].join(':');
    const env = { ...environment, HOME: home, PATH: path, LC_ALL: 'C.UTF-8' };
    const script = join(desk, 'steps.sh');
    writeFileSync(script, scriptOf(await freePort(), output));
    const child = spawn('bash', [script], { env, stdio: 'ignore' });
    await new Promise((resolve) => child.once('close', resolve));
  }, playMs);

  afterAll(() => {
    // Left over only where the page did not get as far as its last step.
    const server = join(home, 'first-handoff/server/sshd.pid');
    if (existsSync(server)) process.kill(Number(readFileSync(server, 'utf8')), 'SIGTERM');
    rmSync(desk, { recursive: true, force: true });
  });

  it('has its steps found', () => {
    expect(steps.length).toBeGreaterThan(15);
    expect(shownId).not.toBe('');
  });

  it.each(steps.map((step, at) => [at, step] as const))('step %i does what it says', (at, step) => {
    const printed = existsSync(join(output, `${at}`))
      ? readFileSync(join(output, `${at}`), 'utf8')
      : '';

    expect({ printed, status: readStatus(at) }).toEqual({ printed, status: step.status });
    expect(wordsMissing(step.shown, printed)).toEqual([]);
  });

  it('cleans up after itself', () => {
    expect(existsSync(join(home, 'first-handoff'))).toBe(false);
  });

  function readStatus(at: number): number {
    const file = join(output, `${at}.status`);
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : -1;
  }
});

/** Words of what the page shows that were not printed: ids, digests, times and the reader's own name aside. */
function wordsMissing(shown: string, printed: string): string[] {
  const words = new Set(printed.match(wordPattern));
  const own = ['hanako', 'desk', shownId];
  return [...new Set(shown.match(wordPattern))].filter(
    (word) => !words.has(word) && !own.includes(word) && !hexadecimal.test(word),
  );
}

const wordPattern = /(?<![\w/.:+-])[A-Za-z]{4,}(?![\w/:+])/g;
const hexadecimal = /^(?:[a-f]+|[A-F]+)$/;
