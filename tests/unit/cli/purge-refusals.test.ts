import { describe, expect, it } from 'vitest';

import { PurgeFault } from '../../../src/domain/handoff/purge-errors.ts';
import { faultScreen } from '../../../src/doors/cli/fault-screen.ts';

describe.each(['en', 'ja'] as const)('faultScreen() of purge-undelivered, %s', (language) => {
  const drawn = (facts: { held?: number }): string => {
    const about = { file: 'orders.csv', handoffs: ['hywt5bfq'], ...facts };
    const fault = new PurgeFault('purge-undelivered', about);
    return faultScreen(fault, { language, colour: false }).join('\n');
  };

  it('names held records, their handoff, and what shows why, where they are all that is open', () => {
    const text = drawn({ held: 22 });
    expect(text).toMatch(/orders\.csv.*22/s);
    expect(text).toContain('mimamori handoff held hywt5bfq');
    expect(text).not.toContain('mimamori status');
  });

  it('names the handoffs that are not handed over', () => {
    const text = drawn({});
    expect(text).toContain('hywt5bfq');
    expect(text).toContain('mimamori status');
    expect(text).not.toContain('handoff held');
  });
});
