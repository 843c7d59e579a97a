import { describe, expect, it } from 'vitest';

import { assertStageFits, stages } from '../../../src/domain/handoff/stage.ts';
import type { EarlierList, Stage } from '../../../src/domain/handoff/stage.ts';

const list = (stage: Stage | undefined, wish: Partial<EarlierList> = {}): EarlierList => ({
  ...{ handoff: 'h-1', stage, counts: true, isDelivered: true, ...wish },
});
const waiting = { isDelivered: false };
const gone = { counts: false, isDelivered: false };

function codeOf(stage: Stage, earlier: readonly EarlierList[]): string {
  try {
    assertStageFits(stage, earlier);
    return 'fits';
  } catch (error) {
    return (error as { code: string }).code;
  }
}
const all = (earlier: readonly EarlierList[]): string[] =>
  stages.map((stage) => codeOf(stage, earlier));

describe('assertStageFits()', () => {
  const none = 'stage-without-list';

  it('lets a first list be interim or final, and nothing that builds on another', () => {
    expect(all([])).toEqual(['fits', 'fits', none, none]);
  });

  it.each([
    ['an interim list was delivered', [list('interim')]],
    ['a list of an earlier version was delivered', [list(undefined)]],
    ['one of several was delivered', [list('interim', gone), list('interim')]],
  ])('takes every stage where %s', (_, earlier) => {
    expect(all(earlier)).toEqual(['fits', 'fits', 'fits', 'fits']);
  });

  it.each([
    ['a list is on its way', list('interim', waiting)],
    ['a list ended badly', list('interim', gone)],
    ['a final list was declined', list('final', gone)],
  ])('does not build on a list that did not arrive: %s', (_, earlier) => {
    expect(all([earlier])).toEqual(['fits', 'fits', none, none]);
  });

  it('takes no interim list once a final one counts, delivered or not', () => {
    const after = 'stage-after-final';
    expect(all([list('final')])).toEqual([after, 'fits', 'fits', 'fits']);
    expect(all([list('interim'), list('final', waiting)])).toEqual([after, 'fits', 'fits', 'fits']);
  });

  it('names the final list', () => {
    const earlier = [list('interim'), list('final', { handoff: 'h-2' })];
    expect(() => {
      assertStageFits('interim', earlier);
    }).toThrow(expect.objectContaining({ facts: { stage: 'interim', handoff: 'h-2' } }) as Error);
  });
});
