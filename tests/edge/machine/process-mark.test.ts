import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { describe, expect, it } from 'vitest';

import { isProcessGone, processMark } from '../../../src/edge/machine/process-mark.ts';

const module = new URL('../../../src/edge/machine/process-mark.ts', import.meta.url).pathname;

/** Looks at a process that says its mark and waits; it is gone afterwards. */
async function withAnother(
  look: (child: ChildProcess, mark: string) => Promise<void>,
): Promise<void> {
  const code = `import { processMark } from ${JSON.stringify(module)};
    process.stdout.write(processMark()); setTimeout(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
  try {
    const died = once(child, 'exit').then(([status]) => {
      throw new Error(`it ended with ${String(status)} before it said its mark`);
    });
    const said = once(child.stdout, 'data') as Promise<[Buffer]>;
    said.catch(() => undefined);
    died.catch(() => undefined);
    const [mark] = await Promise.race([said, died]);
    await look(child, mark.toString());
  } finally {
    child.kill('SIGKILL');
  }
}

describe('isProcessGone()', () => {
  it('is so once a process was killed, and not before', async () => {
    await withAnother(async (child, mark) => {
      expect(isProcessGone(mark)).toBe(false);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      expect(isProcessGone(mark)).toBe(true);
    });
  });

  it('is so where another process got the number', () => {
    const own = processMark()!;
    expect(isProcessGone(own)).toBe(false);
    expect(isProcessGone(own.replace(/ \d+$/, ' 1'))).toBe(true);
  });

  it('is never said of another boot or another container, nor of what is no mark', () => {
    const gone = processMark()!.replace(/ \d+ \d+$/, ' 4194304 1');
    expect(isProcessGone(gone)).toBe(true);
    expect(isProcessGone(gone.replace(/^[0-9a-f]{8}/, '00000000'))).toBe(false);
    expect(isProcessGone(gone.replace(/\[\d+\]/, '[1]'))).toBe(false);
    for (const text of ['', '1', gone.replace(' 4194304 ', ' -1 ')]) {
      expect(isProcessGone(text)).toBe(false);
    }
  });
});
