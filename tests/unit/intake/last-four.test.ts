import { describe, expect, it } from 'vitest';

import { codePointRead } from '../../../src/domain/intake/code-points.ts';
import { LAST_FOUR_UNREADABLE, readLastFour } from '../../../src/domain/intake/last-four.ts';

function read(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return readLastFour(codePointRead('utf-8'), bytes, 0, bytes.length);
}

describe('readLastFour()', () => {
  it.each([
    '0042',
    ' 0042 ',
    '****0042',
    '**** **** **** 0042',
    '下4桁：0042',
    '００４２',
    'x-0042',
  ])('reads %j', (text) => {
    expect(read(text)).toBe(43);
  });

  it.each(['', '  ', '　'])('has nothing in %j', (text) => {
    expect(read(text)).toBe(0);
  });

  it.each(['42', '00420', '0042x', '4111-11', 'none', '1234567890120042'])(
    'takes nothing out of %j',
    (text) => {
      expect(read(text)).toBe(LAST_FOUR_UNREADABLE);
    },
  );
});
