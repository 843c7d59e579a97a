import { describe, expect, it } from 'vitest';

import type { Plan } from '../../../src/domain/handoff/plan.ts';
import type { HandoffRow } from '../../../src/exchange/handoff/handoff-register.ts';
import { assertRecallHolds } from '../../../src/exchange/handoff/plan-still-holds.ts';

const [then, later] = ['1'.repeat(64), '2'.repeat(64)] as const;

function check(plan: Partial<Plan>, documentSha256: string): void {
  const handoff = { id: 'hcbx8jz5' } as HandoffRow;
  const named = { incident: 'shop-a-2020', incidentSha256: then, ...plan } as Plan;
  assertRecallHolds(handoff, named, documentSha256);
}

const recall = (basis: 'amendment' | 'batches' | 'records'): Partial<Plan> => ({
  recall: { basis, files: [] },
});

describe('assertRecallHolds()', () => {
  it('refuses a recall that follows from a document which was replaced', () => {
    const facts = { handoff: 'hcbx8jz5', what: 'incident:shop-a-2020' };
    expect(() => check(recall('amendment'), later)).toThrow(
      expect.objectContaining({ code: 'plan-changed', facts }),
    );
    expect(() => check(recall('amendment'), then)).not.toThrow();
  });

  it('asks for no document where an officer said what to recall, nor of a list', () => {
    for (const plan of [recall('batches'), recall('records'), {}]) {
      expect(() => check(plan, later)).not.toThrow();
    }
  });
});
