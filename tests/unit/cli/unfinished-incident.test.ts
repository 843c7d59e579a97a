import { describe, expect, it } from 'vitest';

import { unfinishedThings } from '../../../src/domain/handoff/purge-errors.ts';
import { faultDocument, faultScreen } from '../../../src/doors/cli/fault-screen.ts';
import { assertFinished } from '../../../src/exchange/purge/unfinished.ts';
import type { Unfinished } from '../../../src/exchange/purge/unfinished.ts';

const incident = 'shop-a-2020';

function faultOf(...unfinished: readonly Unfinished[]): unknown {
  try {
    assertFinished(incident, unfinished);
  } catch (error) {
    return error;
  }
  return undefined;
}
const screen = (language: 'en' | 'ja', ...unfinished: readonly Unfinished[]): string =>
  faultScreen(faultOf(...unfinished), { language, colour: false })
    .join(' ')
    .replaceAll(/\\? +/g, ' ');

describe('assertFinished()', () => {
  it('has nothing against an incident that is over', () => {
    expect(faultOf()).toBeUndefined();
  });

  it('names ten of each, and that there are more', () => {
    const of = Array.from({ length: 12 }, (_, at) => `b${at}`);
    expect(faultOf({ what: 'batches', of })).toMatchObject({
      code: 'incident-unfinished',
      facts: { incident, open: ['batches'], batches: [...of.slice(0, 10), '…'] },
    });
  });
});

describe.each(['en', 'ja'] as const)('faultScreen() of incident-unfinished in %s', (language) => {
  it('names what is open, and the command that ends it', () => {
    const text = screen(
      language,
      { what: 'responses', of: ['7e9c5eaa27', '1a9f3c0b2e'] },
      { what: 'waivers', of: ["Bank O'Neill, N.A.", ''], first: { issuer: "Bank O'Neill, N.A." } },
    );
    expect(text).toContain('7e9c5eaa27, 1a9f3c0b2e');
    expect(text).toContain("Bank O'Neill, N.A., unknown");
    expect(text).toContain('mimamori response settle 7e9c5eaa27 --as ID --reason');
    expect(text).toContain(`waiver record ${incident} --issuer 'Bank O'\\''Neill, N.A.' --state`);
    expect(text).not.toMatch(/mimamori status|incident close/);
  });

  it('says of whom a waiver is awaited as the option does', () => {
    const waivers = { what: 'waivers', of: ['psp'], first: { recipient: 'psp' } } as const;
    expect(screen(language, waivers)).toContain(`waiver record ${incident} --recipient psp`);
    const nobody = { what: 'waivers', of: [''], first: { issuer: '' } } as const;
    expect(screen(language, nobody)).toContain(`waiver record ${incident} --issuer 'unknown'`);
  });

  it.each(unfinishedThings)('has a step for %s that leaves no id to be guessed', (what) => {
    const first = what === 'batches' ? { handoff: 'x1' } : { issuer: 'x1' };
    const text = screen(language, { what, of: what === 'incident-open' ? [] : ['x1'], first });
    expect(text).toMatch(
      what === 'incident-open' ? /incident close shop-a-2020 / : /mimamori .*x1/,
    );
    expect(text).not.toMatch(/(?<!--as) ID\b/);
  });
});

describe('faultDocument() of incident-unfinished', () => {
  it('hints at the first step', () => {
    const { hint } = faultDocument(faultOf({ what: 'handoffs', of: ['x1'] })).error;
    expect(hint).toBe('mimamori handoff show x1');
  });
});
