import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { programPath } from '../../support/built-program.ts';
import { Desk } from '../../support/cli.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.create();
});

afterAll(async () => {
  await desk.dispose();
});

describe('a command line that nothing can be made of', () => {
  it('is refused on a screen with code, exit status and next step', async () => {
    const { status, stdout, stderr } = await desk.run(['handoff', 'show']);

    expect([status, stdout]).toEqual([64, '']);
    expect(stderr).toContain('mimamori handoff show --help');
    expect(stderr).toContain('usage · exit 64');
  });

  it('is refused in Japanese, also when the language stands behind the mistake', async () => {
    const { status, stderr } = await desk.run(['status', '--no-such', '--lang', 'ja']);

    expect(status).toBe(64);
    expect(stderr).toContain('usage · 終了コード 64');
  });

  it('is refused with one JSON document, also when --json stands behind the mistake', async () => {
    for (const words of [['--no-such'], ['handoff'], ['incident', 'show', 'a', 'b']]) {
      const { status, stdout, stderr } = await desk.run([...words, '--json']);

      expect([status, stderr]).toEqual([64, '']);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage', retry: 'never' } });
    }
  });
});

describe('help', () => {
  it.each([
    [['handoff', 'prepare', '--help', '--lang', 'ja'], {}],
    [['help', 'handoff'], { LC_ALL: 'ja_JP.UTF-8' }],
    [['--help'], { MIMAMORI_LANG: 'ja' }],
  ])('is Japanese where Japanese is asked for: %j %j', async (words, env) => {
    const { status, stdout, stderr } = await desk.run(words, { env });

    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^使い方: mimamori/);
    expect(stdout).not.toMatch(/Usage|Options|Commands/);
  });

  it('stands on standard error where a command is missing', async () => {
    const { status, stdout, stderr } = await desk.run(['handoff', '--lang', 'ja']);

    expect([status, stdout]).toEqual([64, '']);
    expect(stderr).toContain('提供先へ送付する');
  });
});

it('output that nobody reads any more ends without a stack', async () => {
  const child = spawn(process.execPath, [programPath, '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));

  expect(await once(child, 'close')).toEqual([0, null]);
  expect(said).toBe('');
});
