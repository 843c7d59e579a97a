import { describe, expect, it } from 'vitest';

import { BytesInOrder } from '../../../src/domain/pickup/bytes-in-order.ts';

const bytes = (from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => from + at);

describe('BytesInOrder', () => {
  it('gives out what comes next, and keeps what overtook it', () => {
    const order = new BytesInOrder();
    expect(order.take(2, bytes(2, 2))).toEqual([]);
    expect(order.isWhole).toBe(false);
    expect(order.take(0, bytes(0, 2))).toEqual([bytes(0, 2), bytes(2, 2)]);
    expect(order.take(4, bytes(4, 0))).toEqual([]);
    expect(order.take(4, bytes(4, 1))).toEqual([bytes(4, 1)]);
    expect(order.isWhole).toBe(true);
  });

  it.each([
    [
      'a byte before the end of what came',
      [
        [0, 4],
        [3, 2],
      ],
    ],
    [
      'a piece that reaches into one that waits',
      [
        [4, 2],
        [0, 5],
      ],
    ],
    [
      'a second piece at a place',
      [
        [4, 2],
        [4, 2],
      ],
    ],
    ['a place that is none', [[-1, 2]]],
  ] as const)('refuses %s, and everything after it', (_, pieces) => {
    const order = new BytesInOrder();
    const taken = pieces.map(([at, length]) => order.take(at, bytes(0, length)));
    expect(taken.at(-1)).toBeUndefined();
    expect(order.take(100, bytes(0, 1))).toBeUndefined();
    expect(order.isWhole).toBe(false);
  });

  it('keeps no more than 4 MiB, nor 1,024 pieces, behind a gap', () => {
    const large = new BytesInOrder();
    expect(large.take(1, new Uint8Array(4 * 1024 * 1024))).toEqual([]);
    expect(large.take(4 * 1024 * 1024 + 1, bytes(0, 1))).toBeUndefined();
    const many = new BytesInOrder();
    const taken = Array.from({ length: 1_025 }, (_, at) => many.take(1 + at, bytes(0, 1)));
    expect(taken.findIndex((each) => each === undefined)).toBe(1_024);
  });
});
