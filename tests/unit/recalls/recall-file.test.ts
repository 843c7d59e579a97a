import { describe, expect, it } from 'vitest';

import { recallFileChunks } from '../../../src/domain/recalls/recall-file.ts';
import type { RecallFile } from '../../../src/domain/recalls/recall-file.ts';
import { runsOf } from '../../../src/domain/recalls/recalled-runs.ts';

const sha256 = 'ab'.repeat(32);
const recalled = {
  ...{ handoff: 'h7k2m9qa', batch: '1a9f3c0b2e', name: 'test-1a9f3c0b2e.pgp', sha256 },
  ...{ firstReference: 101, cards: 10_000 },
};
const linesOf = (places: readonly number[], more: Partial<RecallFile> = {}): string[] => {
  const file: RecallFile = {
    ...{ mode: 'drill', handoff: 'hcbx8jz5', batch: '77b0de4f10', nonce: 'hjkm', recalled },
    ...{ runs: runsOf(places), cards: places.length, ...more },
  };
  const text = [...recallFileChunks(file)].map((chunk) => new TextDecoder().decode(chunk)).join('');
  expect(text.endsWith('\r\n')).toBe(true);
  return text.split('\r\n').slice(0, -1);
};

describe('recallFileChunks()', () => {
  it('names the file that was sent, and its records', () => {
    expect(linesOf([0, 1, 9])).toEqual([
      `H,mimamori-recall,1,TEST,hcbx8jz5,77b0de4f10,h7k2m9qa,1a9f3c0b2e,test-1a9f3c0b2e.pgp,${sha256},some,hjkm`,
      ...['D,0000000101', 'D,0000000102', 'D,0000000110', 'T,3,3'],
    ]);
  });

  it('names no record where the whole file is recalled', () => {
    const whole = { recalled: { ...recalled, cards: 2 }, mode: 'live' as const };
    const [head, ...rest] = linesOf([0, 1], whole);
    expect([head!.split(',')[3], head!.endsWith(',all,hjkm'), rest]).toEqual([
      'LIVE',
      true,
      ['T,0,2'],
    ]);
  });

  it('loses no record between its chunks', () => {
    const places = Array.from({ length: 9_000 }, (_, at) => at);
    const lines = linesOf(places);
    expect(new Set(lines.slice(1, -1)).size).toBe(9_000);
    expect(lines.at(-1)).toBe('T,9000,9000');
  });
});
