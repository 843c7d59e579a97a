import { describe, expect, it } from 'vitest';

import { readinessScreen } from '../../../src/doors/cli/screens/readiness-screen.ts';
import { readinessOf } from './readiness-data.ts';
import { ordinary } from './screen-data.ts';

function screenOf(monitoring: number, isSigned: boolean): string {
  const found = readinessOf({ ...ordinary, count: 2 });
  const [row] = found.issuers.slice(3);
  const [list] = row!.lists;
  const said = { ...list!.said!, monitoring, isSigned };
  const issuers = [{ ...row!, cards: 2, lists: [{ ...list!, said }] }];
  return readinessScreen({ ...found, issuers }, { language: 'en', colour: false }).join('\n');
}

describe('readinessScreen() on cards that answers say are watched', () => {
  it.each([
    ['●', 'all, signed', 2, true],
    ['◐', 'some, signed', 1, true],
    ['◆', 'all, signed by nobody', 2, false],
    ['◆', 'some, signed by nobody', 1, false],
  ])('has %s for %s', (mark, _, monitoring, isSigned) => {
    expect(screenOf(monitoring, isSigned)).toContain(`${mark} ${monitoring} answered`);
  });
});
