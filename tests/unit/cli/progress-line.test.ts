import { describe, expect, it } from 'vitest';

import { LINE_COLUMNS, widthOf } from '../../../src/doors/cli/layout.ts';
import { ProgressLine } from '../../../src/doors/cli/progress-line.ts';
import { Sink } from '../../../src/doors/cli/sink.ts';

function bench(isTTY = true, language: 'en' | 'ja' = 'en') {
  const drawn: string[] = [];
  const stream = {
    isTTY,
    write(text: string) {
      drawn.push(text);
      return true;
    },
    once: () => undefined,
  };
  const look = { colour: false };
  const sink = new Sink({ stdout: stream, stderr: stream, result: look, talk: look, language });
  let now = 0;
  const line = new ProgressLine(sink, language, () => now);
  const report = (ms: number, done: number, total = 1000, recipient?: string): void => {
    now = ms;
    line.report({
      phase: 'sending',
      done,
      total,
      count: done,
      ...(recipient === undefined ? {} : { recipient }),
    });
  };
  return { drawn, line, report };
}

describe('ProgressLine', () => {
  it('draws nothing where standard error is no terminal', () => {
    const { drawn, report, line } = bench(false);
    report(5000, 500);
    line.end();
    expect(drawn).toEqual([]);
  });

  it('stays silent for work of less than a second', () => {
    const { drawn, report, line } = bench();
    report(900, 900);
    line.end();
    expect(drawn).toEqual([]);
  });

  it('shows share and count, and no estimate before there is ground for one', () => {
    const { drawn, report } = bench();
    report(0, 0);
    report(1500, 250);
    expect(drawn.at(-1)).toContain(' 25 %');
    expect(drawn.at(-1)).not.toContain('left');
  });

  it('estimates the rest from what was done so far', () => {
    const { drawn, report } = bench();
    report(0, 0);
    report(10_000, 500);
    expect(drawn.at(-1)).toContain('about 10 s left');
  });

  it('does not draw more than ten times a second', () => {
    const { drawn, report } = bench();
    for (let ms = 0; ms <= 3000; ms += 1) report(ms, ms / 3);
    expect(drawn.length).toBeLessThanOrEqual(21);
  });

  it('tells files to several recipients together', () => {
    const { drawn, report } = bench();
    report(0, 0, 1000, 'psp');
    report(2000, 1000, 1000, 'psp');
    report(2500, 0, 3000, 'amex');
    expect(drawn.at(-1)).toContain(' 25 %');
  });

  it('shows no bar when the end is not known, and is never too wide', () => {
    const { drawn, report } = bench(true, 'ja');
    report(2000, 5, 0, 'とても長い提供先'.repeat(20));
    expect(drawn.at(-1)).not.toContain('%');
    const text = drawn.at(-1)!.replace('\r', '').replace('\u001B[K', '');
    expect(widthOf(text)).toBeLessThan(LINE_COLUMNS);
  });

  it('removes its line at the end', () => {
    const { drawn, report, line } = bench();
    report(2000, 5);
    line.end();
    expect(drawn.at(-1)).toBe('\r\u001B[K');
  });
});
