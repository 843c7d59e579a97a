import { afterEach, describe, expect, it, vi } from 'vitest';

import { LiteralSeal } from '../../../src/edge/openpgp/literal-seal.ts';
import { bytesOf } from '../../support/chunks.ts';

type Bytes = typeof Uint8Array.prototype;
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as Bytes;
const set = Reflect.get<Bytes, 'set'>(typedArray, 'set');
const slice = Reflect.get<Bytes, 'slice'>(typedArray, 'slice');
const said = 'what nobody may find afterwards';

/** Every memory into which anything is copied from here on. */
function watchedCopies(): Bytes[] {
  const copies: Bytes[] = [];
  vi.spyOn(typedArray, 'set').mockImplementation(function (this: Bytes, ...given) {
    copies.push(this);
    set.apply(this, given);
  });
  vi.spyOn(typedArray, 'slice').mockImplementation(function (this: Bytes, ...given) {
    const copy = slice.apply(this, given);
    copies.push(copy);
    return copy;
  });
  return copies;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('LiteralSeal', () => {
  it.each([
    ['stopped half-way', false],
    ['finished', true],
  ])('leaves no clear byte in its memory, %s', (_, isFinished) => {
    const seal = new LiteralSeal(new Uint8Array(32).fill(7));
    const copies = watchedCopies();
    const holding = (): number => copies.filter((copy) => Buffer.from(copy).includes(said)).length;
    // 100 KiB: one part is complete, and some of the next one is held.
    const chunk = bytesOf(said.padEnd(1024));
    for (let chunks = 0; chunks < 100; chunks += 1) seal.update(chunk);
    expect(holding()).toBeGreaterThan(0);
    if (isFinished) seal.finish();
    seal.wipe();
    expect(holding()).toBe(0);
  });
});
