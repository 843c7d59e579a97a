import { describe, expect, it } from 'vitest';

import { partyOf } from '../../../src/doors/cli/acts/told-options.ts';

describe('partyOf()', () => {
  it.each(['unknown', 'unknown issuer', '不明', '発行会社不明', ' 不明 '])(
    'takes %j, as screens call a company of no table',
    (issuer) => {
      expect(partyOf({ issuer })).toEqual({ kind: 'issuer', name: '' });
    },
  );

  it('takes every other name as it is, and not two parties at once', () => {
    expect(partyOf({ issuer: '不明銀行' })).toEqual({ kind: 'issuer', name: '不明銀行' });
    expect(partyOf({ recipient: '不明' })).toEqual({ kind: 'recipient', name: '不明' });
    const usage = expect.objectContaining({ code: 'usage' }) as unknown;
    expect(() => partyOf({})).toThrow(usage);
    expect(() => partyOf({ issuer: '不明', recipient: 'psp' })).toThrow(usage);
  });
});
