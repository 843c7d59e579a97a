import { describe, expect, it } from 'vitest';

import { deliveryStates } from '../../../src/domain/handoff/delivery-states.ts';
import { Fault } from '../../../src/domain/fault.ts';
import type { Facts } from '../../../src/domain/fault.ts';
import { waiverStates } from '../../../src/domain/readiness/statements.ts';
import { faultScreen } from '../../../src/doors/cli/fault-screen.ts';

/** As it is drawn, with what the width broke put together again. */
function drawn(language: 'en' | 'ja', code: string, facts: Facts): string {
  const lines = faultScreen(new Fault(code, 'never', facts), { language, colour: false });
  return lines
    .join('\n')
    .replaceAll(/ \\\n */g, ' ')
    .replaceAll(/\n +/g, ' ');
}

const about = { batch: '7e9c5eaa27', handoff: 'h7k2m9qa' };
const words = new RegExp(`(?<![\\w-])(?:${deliveryStates.join('|')})(?![\\w-])`);

describe('faultScreen() in Japanese', () => {
  it.each(deliveryStates)('names the state %s of a batch as other screens do', (state) => {
    for (const code of ['handoff-decided', 'batch-not-sent', 'recall-not-delivered']) {
      // An outcome that is to be typed is no state.
      const text = drawn('ja', code, { ...about, state }).replaceAll(/--outcome \S+/g, '');
      expect(text, code).not.toMatch(words);
    }
    const text = drawn('ja', 'state-forbids', { ...about, state, event: 'retry' });
    expect(text.split('retry')[0]).not.toMatch(words);
  });

  it.each(waiverStates)('names the waiver state %s as other screens do', (state) => {
    const text = drawn('ja', 'waiver-step', { incident: 'shop-a', from: state, to: state });
    expect(text.split('waiver-step')[0]).not.toMatch(new RegExp(`「${state}」`));
    expect(text).not.toContain('「」');
  });
});

describe.each(['en', 'ja'] as const)('faultScreen() of state-forbids, %s', (language) => {
  it('names what may be said of the batch as the fault does', () => {
    const facts = { ...about, state: 'partly-read', event: 'resolve stored' };
    const text = drawn(language, 'state-forbids', { ...facts, choices: ['received', 'withdrawn'] });
    expect(text).toContain('handoff resolve 7e9c5eaa27 --outcome received|withdrawn --as ID');
    expect(text).toContain('resolve --outcome stored');
  });

  it.each([
    ['failed', 'mimamori handoff retry 7e9c5eaa27'],
    ['offered', 'mimamori handoff cancel h7k2m9qa'],
    ['approved', 'mimamori handoff cancel h7k2m9qa'],
  ])('tells how a batch that is %s is settled', (state, command) => {
    expect(drawn(language, 'state-forbids', { ...about, state, event: 'x' })).toContain(command);
  });

  it('shows of what is settled where it stands, and nothing else', () => {
    const text = drawn(language, 'state-forbids', { ...about, state: 'stored', event: 'retry' });
    expect(text.match(/mimamori handoff \w+/g)).toEqual(['mimamori handoff show']);
  });
});
