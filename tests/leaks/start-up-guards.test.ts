import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Desk } from '../support/cli.ts';
import type { CliOptions, Document } from '../support/cli.ts';
import { GpgHome } from '../support/gpg.ts';
import { childrenOf, until } from '../support/processes.ts';

let desk: Desk;
let live: string;
let drill: string;
/** Of whoever asks. */
let gpg: GpgHome;
let certificate: string;
let fingerprint: string;

beforeAll(async () => {
  desk = await Desk.create();
  [live, drill] = [join(desk.root, 'live'), join(desk.root, 'drill')];
  writeFileSync(join(desk.root, 'passphrase'), 'a passphrase for guards\n', { mode: 0o600 });
  const made = await Promise.all([make(live, 'live'), make(drill, 'drill')]);
  expect(made.map(({ status }) => status)).toEqual([0, 0]);
  gpg = await GpgHome.create();
  fingerprint = await gpg.createKey({ name: 'desk-1', kind: 'ed25519' });
  certificate = join(desk.root, 'desk-1.gpg');
  writeFileSync(certificate, await gpg.exportKey(fingerprint));
});

afterAll(async () => {
  await gpg.dispose();
  await desk.dispose();
});

type Run = Promise<{ status: number; document: Document }>;

function make(folder: string, mode: string, options: CliOptions = {}): Run {
  const given = ['--passphrase-file', join(desk.root, 'passphrase'), 'init', folder];
  const names = ['--org', 'Kitsutsuki', '--mode', mode, '--openpgp', 'ed25519'];
  return desk.json([...given, ...names, '--anchor', `${folder}-anchor`], options);
}

const status = (workspace: string, options: CliOptions): Run =>
  desk.json(['--workspace', workspace, 'status'], options);
const asked = (options: string): CliOptions => ({ env: { NODE_OPTIONS: options } });

/** A machine whose limit for core files is what is said; without `prlimit` for whoever looks for it. */
const coresOf = (limit: string): string[] => ['prlimit', `--core=${limit}`, '--'];
const withoutLimiter = [
  ...['strace', '-f', '-qq', '-o', '/dev/null', '-P', '/usr/bin/prlimit'],
  ...['-e', 'inject=%file:error=ENOENT', '--'],
];

describe('a live workspace', () => {
  it.each([
    ['--inspect=127.0.0.1:0', '--inspect'],
    ['--no-warnings --heapsnapshot-signal=SIGUSR2', '--heapsnapshot-signal'],
    ['--report-on-signal', '--report-on-signal'],
    ['"--report_on_fatalerror"', '--report_on_fatalerror'],
    ['--abort-on-uncaught-exception', '--abort-on-uncaught-exception'],
    ['--require=node:os', '--require'],
  ])('is not opened with NODE_OPTIONS=%s', async (options, named) => {
    const { status: code, document } = await status(live, asked(options));
    expect({ code, error: document.error.code }).toEqual({
      code: 78,
      error: 'process-inspectable',
    });
    expect(JSON.stringify(document)).toContain(`(${named})`);
  });

  it.each(
    [
      ['--inspect=127.0.0.1:0'],
      ['--no-warnings', '--heapsnapshot-signal=SIGUSR2'],
      ['--heapsnapshot-near-heap-limit=1'],
      ['--report-on-signal'],
      ['--report_uncaught_exception'],
      ['--abort-on-uncaught-exception'],
      ['--heap-prof'],
      ['--require', 'node:os'],
      ['--import=node:os'],
    ].map((flags) => [flags]),
  )('is not opened by node with %j', async (nodeFlags) => {
    const { status: code, document } = await status(live, { nodeFlags });
    expect([code, document.error.code]).toEqual([78, 'process-inspectable']);
    const named = nodeFlags.find((flag) => flag.startsWith('--') && flag !== '--no-warnings')!;
    expect(JSON.stringify(document)).toContain(`(${named.split('=')[0]!})`);
  });

  it('is opened with options that open nothing', async () => {
    const nodeFlags = ['--no-warnings', '--max-old-space-size=2048'];
    expect((await status(live, { nodeFlags })).status).toBe(0);
    expect((await status(live, asked('--no-warnings --max-old-space-size=2048'))).status).toBe(0);
  });

  it('is not made, either', async () => {
    const folder = join(desk.root, 'never');
    const { document } = await make(folder, 'live', asked('--report-on-signal'));
    expect(document.error.code).toBe('process-inspectable');
    expect(existsSync(folder)).toBe(false);
  });

  it('is not opened where a core file may be left and the limit cannot be taken away', async () => {
    const under = [...coresOf('unlimited'), ...withoutLimiter];
    const refused = await status(live, { under });
    expect(refused).toMatchObject({
      status: 78,
      document: { error: { code: 'core-dumps-possible' } },
    });
    const { stderr } = await desk.run(['--lang', 'ja', '--workspace', live, 'status'], { under });
    expect(stderr).toContain('ulimit -c 0');
    expect((await status(live, { under: [...coresOf('0'), ...withoutLimiter] })).status).toBe(0);
    expect((await status(live, { under: coresOf('unlimited') })).status).toBe(0);
  });
});

describe('refuseOpenMemory()', () => {
  it.each([
    ['opens no inspector for SIGUSR1 any more', 'refuseOpenMemory();', false],
    ['is what keeps it shut', '', true],
  ])('%s', async (_, before, isOpen) => {
    const from = new URL('../../src/compose-closed-memory.ts', import.meta.url).href;
    const lines = [
      `import { refuseOpenMemory } from ${JSON.stringify(from)};`,
      `${before} console.log('ready'); process.stdin.resume();`,
    ];
    const child = spawn(process.execPath, ['--input-type=module', '--eval', lines.join('\n')]);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(child.stdout, 'data');
    child.kill('SIGUSR1');
    const isListening = (): boolean => said.includes('Debugger listening');
    if (isOpen) await until('the inspector', () => isListening() || undefined);
    child.stdin.end();
    await once(child, 'close');
    expect(isListening()).toBe(isOpen);
  });
});

describe('a drill workspace', () => {
  it('is opened all the same', async () => {
    expect((await status(drill, asked('--report-on-signal'))).status).toBe(0);
    expect((await status(drill, { nodeFlags: ['--inspect=127.0.0.1:0'] })).status).toBe(0);
    expect((await status(drill, { under: coresOf('unlimited') })).status).toBe(0);
  });
});

describe('the process that sees card numbers', () => {
  it.each(['live', 'drill'])(
    'may leave no core file, and none of its memory in one: %s',
    async (mode) => {
      const secret = ['--passphrase-file', join(desk.root, 'passphrase')];
      const given = [...secret, '--workspace', mode === 'live' ? live : drill];
      const names = ['desk-1', '--name', 'desk', '--roles', 'desk'];
      const key = ['--certificate', certificate, '--fingerprint', fingerprint];
      const added = await desk.run([...given, 'officer', 'add', ...names, ...key]);
      expect(added.status, added.stderr).toBe(0);
      // It waits for the number, for as long as we look at it.
      const question = ['--as', 'desk-1', '--reason', 'a caller', 'lookup', 'card', '--stdin'];
      const running = desk.start([...given, ...question], { under: coresOf('unlimited') });
      const seen = await until('the card process with its own settings', () => {
        // The child is first the program that takes the limit of core files away, and then becomes Node.
        const child = childrenOf(running.pid).find((pid) =>
          /^[^\0]*\/node\0.*\/cde\//s.test(readProc(pid, 'cmdline')),
        );
        if (child === undefined) return undefined;
        const filter = readProc(child, 'coredump_filter');
        const limits = readProc(child, 'limits');
        return /^0+\n$/.test(filter) ? limits : undefined;
      });
      expect(seen).toMatch(/^Max core file size\s+0\s+0\s/m);
      running.child.stdin?.end();
      await running.ended;
    },
  );
});

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    // It ended between two looks; the next one finds who came after it.
    return '';
  }
}
