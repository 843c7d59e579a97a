import { describe, expect, it } from 'vitest';

import { deliveryStates } from '../../../src/domain/handoff/delivery-states.ts';
import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import {
  holdingUse,
  standingOfSource,
  usesInNeed,
} from '../../../src/domain/handoff/source-use.ts';
import type { SourceUse } from '../../../src/domain/handoff/source-use.ts';

const use = (batches: readonly DeliveryState[], more: Partial<SourceUse> = {}): SourceUse => ({
  ...{ handoff: 'h-0001', state: 'decided', outcome: 'approve', batches, held: 0, ...more },
});
const handedOver: readonly DeliveryState[] = [
  'stored',
  'written',
  'read',
  'taken',
  'sent-elsewhere',
];

describe('standingOfSource()', () => {
  it.each(deliveryStates)('knows whether a source of one %s batch is needed', (state) => {
    expect(standingOfSource([use([state])])).toBe(handedOver.includes(state) ? 'done' : 'needed');
  });

  it('is unknown only of a source that no handoff was made of', () => {
    expect(standingOfSource([])).toBe('unknown');
    expect(standingOfSource([use([], { outcome: 'decline' })])).toBe('needed');
  });

  it('needs each batch of each handoff that was not given up to be done', () => {
    const done = use(['stored', 'written']);
    expect(standingOfSource([done, use(['stored', 'cancelled'])])).toBe('needed');
    expect(standingOfSource([done, use(['built'], { outcome: 'cancel' })])).toBe('done');
    expect(standingOfSource([done, use(['written', 'presumed'])])).toBe('needed');
    expect(standingOfSource([done, use(['stored'], { state: 'undecided' })])).toBe('needed');
    expect(standingOfSource([use([], { state: 'nothing-to-send' })])).toBe('done');
  });

  it('needs a source whose records the newest handoff held back', () => {
    const waiting = use(['stored'], { held: 3 });
    expect(standingOfSource([waiting])).toBe('needed');
    expect(standingOfSource([use([], { state: 'nothing-to-send', held: 1 })])).toBe('needed');
    expect(standingOfSource([waiting, use(['stored'])])).toBe('done');
    expect(standingOfSource([use(['stored']), waiting])).toBe('needed');
  });
});

describe('usesInNeed()', () => {
  const named = (id: string, ...given: Parameters<typeof use>): SourceUse => ({
    ...use(...given),
    handoff: id,
  });
  const idsOf = (uses: readonly SourceUse[]): string[] =>
    usesInNeed(uses).map(({ handoff }) => handoff);

  it('names neither what was given up nor what is done', () => {
    const cancelled = named('h-1', ['cancelled'], { outcome: 'cancel' });
    const done = named('h-2', ['stored'], { held: 1 });
    expect(idsOf([cancelled, done, named('h-3', ['built'])])).toEqual(['h-3']);
    expect(idsOf([cancelled, done])).toEqual(['h-2']);
    expect(idsOf([cancelled])).toEqual(['h-1']);
    expect(idsOf([done, named('h-3', ['stored'])])).toEqual([]);
  });
});

describe('holdingUse()', () => {
  const holding = use(['stored'], { held: 3 });

  it('is the newest use where held records are all that is open', () => {
    expect(holdingUse([holding])).toBe(holding);
    expect(holdingUse([use(['stored'], { held: 9 }), holding])).toBe(holding);
    const nothing = use([], { state: 'nothing-to-send', outcome: undefined, held: 1 });
    expect(holdingUse([use(['stored']), nothing])).toBe(nothing);
  });

  it('is none where something waits, where nothing is held, or all were given up', () => {
    expect(holdingUse([use(['built']), holding])).toBeUndefined();
    expect(holdingUse([use(['built'], { held: 3 })])).toBeUndefined();
    expect(holdingUse([holding, use(['stored'])])).toBeUndefined();
    expect(holdingUse([use(['stored'], { held: 3, outcome: 'cancel' })])).toBeUndefined();
    expect(holdingUse([])).toBeUndefined();
  });
});
