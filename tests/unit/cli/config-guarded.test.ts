import { describe, expect, it } from 'vitest';

import { DecisionFault } from '../../../src/domain/handoff/decision-errors.ts';
import { faultScreen } from '../../../src/doors/cli/fault-screen.ts';
import {
  configDiffScreen,
  configHistoryScreen,
} from '../../../src/doors/cli/screens/config-screen.ts';
import type { ConfigurationVersion } from '../../../src/exchange/configuration/configuration-versions.ts';

const view = { language: 'en', colour: false } as const;
const change = (field: string, isGuarded = true) =>
  ({ part: 'recipients', id: 'psp', entry: 'changed', field, after: 'x', isGuarded }) as const;
const counted = (...changes: ReturnType<typeof change>[]): string | undefined =>
  /(\d+) changes? of more/.exec(
    configDiffScreen({ inForce: 'a'.repeat(64), changes }, view).join(' '),
  )?.[1];

describe('configDiffScreen()', () => {
  it('counts what has to wait by thing, not by field', () => {
    const answers = ['format', 'within_hours', 'within_days.of'].map((key) => `answers.${key}`);
    expect(counted(...answers.map((field) => change(field)))).toBe('1');
    expect(counted(change('endpoints[1].host'), change('endpoints[2].host'))).toBe('2');
    expect(counted(change('name', false))).toBeUndefined();
  });
});

describe('configHistoryScreen()', () => {
  it('writes times in the form of its reader', () => {
    const version: ConfigurationVersion = {
      ...{ digest: 'a'.repeat(64), replaces: undefined, proposer: 'officer-1' },
      ...{ proposerFingerprint: 'AB', signature: new Uint8Array(), state: 'proposed' },
      ...{ proposedAt: new Date('2026-11-23T15:02:00Z'), effectiveFrom: undefined },
      ...{ number: undefined, hasStarted: false, dropped: undefined, approvals: [] },
    };
    const of = (language: 'en' | 'ja'): string =>
      configHistoryScreen([{ version, standing: 'open', accounts: [] }], {
        ...{ language, colour: false, timeZone: 'Asia/Tokyo' },
      }).join(' ');
    expect(of('ja')).toContain('officer-1、2026/11/24 00:02 JST');
    expect(of('en')).toContain('officer-1, 2026-11-24 00:02 JST');
  });
});

describe('faultScreen() of officer-unknown', () => {
  it.each(['en', 'ja'] as const)('adds whoever has the role that is needed, %s', (language) => {
    const of = (facts: { role?: string }): string =>
      faultScreen(new DecisionFault('officer-unknown', { officer: 'desk-1', ...facts }), {
        ...{ language, colour: false },
      })
        .join(' ')
        .replaceAll(/\\? +/g, ' ');
    expect(of({ role: 'desk' })).toContain('officer add ID --name TEXT --roles desk ');
    expect(of({})).toContain('--roles officer ');
  });
});
