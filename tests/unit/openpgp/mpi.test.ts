import { describe, expect, it } from 'vitest';
import { mpi } from '../../../src/edge/openpgp/mpi.ts';

describe('mpi()', () => {
  it.each([
    [[1], [0, 1, 1]],
    [
      [1, 0xff],
      [0, 9, 1, 0xff],
    ],
    [
      [0, 0, 0x80, 0],
      [0, 16, 0x80, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ])('writes %j with its length in bits, without leading zeros', (number, written) => {
    expect([...mpi(Uint8Array.from(number))]).toEqual(written);
  });
});
