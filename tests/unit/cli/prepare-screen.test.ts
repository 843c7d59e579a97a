import { describe, expect, it } from 'vitest';

import { prepareScreen } from '../../../src/doors/cli/screens/prepare-screen.ts';
import { ordinary, preparedOf, worst } from './screen-data.ts';
import type { Size } from './screen-data.ts';

const draw = (size: Size, language: 'en' | 'ja' = 'en', isRequested = true): string[] =>
  prepareScreen(
    { prepared: preparedOf(size), recipients: [], isRequested, elapsedMs: 1230 },
    { language, colour: false },
  );

const number = (text: string): number => Number(text.replaceAll(',', ''));

/** Reads the tally off the screen, as a person with a pencil would. */
function readTally(lines: readonly string[]): {
  read: number;
  blocks: { count: number; parts: number[] }[];
} {
  const first = lines.findIndex((line) => /^[\d,]+(?: records|件)/.test(line));
  const read = number(/^[\d,]+/.exec(lines[first]!)![0]);
  const blocks: { count: number; parts: number[] }[] = [];
  for (const line of lines.slice(first + 1)) {
    if (line === '') break;
    const head = /^ {0,8}([\d,]+) {2}(\S.*)$/.exec(line);
    if (head) blocks.push({ count: number(head[1]!), parts: [] });
    const part = / {2}([\d,]+) {2}[a-z]+(?:-[a-z]+)*(?: {2}|$)/.exec(head?.[2] ?? line);
    if (part) blocks.at(-1)!.parts.push(number(part[1]!));
  }
  return { read, blocks };
}

describe('prepareScreen()', () => {
  it.each([
    ['en', ordinary],
    ['ja', ordinary],
    ['en', worst],
    ['ja', worst],
  ] as const)('shows numbers that add up (%s)', (language, size) => {
    const { read, blocks } = readTally(draw(size, language));
    expect(blocks).toHaveLength(3);
    expect(read).toBe(preparedOf(size).result.read);
    expect(blocks.reduce((sum, { count }) => sum + count, 0)).toBe(read);
    const [, excluded, held] = blocks;
    expect(excluded!.parts).toHaveLength(13);
    expect(held!.parts).toHaveLength(8);
    for (const { count, parts } of [excluded!, held!]) {
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(count);
    }
  });

  it('promises that nothing leaves before somebody else approves', () => {
    const text = draw(ordinary).join('\n');
    expect(text).toContain('Nothing leaves this machine before someone other than you approves');
    expect(text).toContain('mimamori handoff approve h7k2m9qa');
    expect(text).not.toContain('handoff request');
  });

  it('asks for the signature of the requester when it is not there', () => {
    expect(draw(ordinary, 'en', false).join('\n')).toContain('mimamori handoff request h7k2m9qa');
  });

  it('says DRY RUN first and last, and names no handoff that was never stored', () => {
    const { plan: _plan, ...prepared } = preparedOf(ordinary);
    const lines = prepareScreen(
      { prepared, recipients: [], isRequested: false, elapsedMs: 0 },
      { language: 'en', colour: false },
    );
    expect(lines[0]).toMatch(/^DRY RUN/);
    expect(lines.at(-1)).toMatch(/^DRY RUN/);
    expect(lines.join('\n')).not.toContain(prepared.handoff);
  });

  it('asks for no approval when nothing is left to be sent', () => {
    const prepared = preparedOf(ordinary);
    const empty = { ...prepared, result: { ...prepared.result, batches: [] } };
    const text = prepareScreen(
      { prepared: empty, recipients: [], isRequested: false, elapsedMs: 0 },
      { language: 'en', colour: false },
    ).join('\n');
    expect(text).toContain('no approval is needed');
    expect(text).not.toContain('handoff approve');
    expect(text).toContain('mimamori handoff held');
  });
});
