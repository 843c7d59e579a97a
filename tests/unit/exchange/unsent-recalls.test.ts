import { describe, expect, it } from 'vitest';

import { isTakenBack } from '../../../src/exchange/incident/unsent-recalls.ts';

describe('isTakenBack()', () => {
  it.each(['approved', 'offered', 'failed'] as const)('takes back what is %s', (state) => {
    expect(isTakenBack({ state })).toBe(true);
    expect(isTakenBack({ state, evidence: {} })).toBe(true);
  });

  it('leaves what is offered again after it was opened', () => {
    expect(isTakenBack({ state: 'offered', evidence: { sentBytes: 0 } })).toBe(false);
  });

  it.each(['presumed', 'partly-read', 'stored', 'cancelled'] as const)(
    'leaves what is %s',
    (state) => {
      expect(isTakenBack({ state })).toBe(false);
    },
  );
});
