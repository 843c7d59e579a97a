import { describe, expect, it } from 'vitest';

import { assertRecoveriesKnown } from '../../../src/domain/audit/anchor.ts';
import {
  isRecoveryOf,
  isRecoveryPart,
  recoveredOrigin,
  recoveryPart,
} from '../../../src/domain/audit/log-recovery.ts';
import { encodeRecovery, parseRecovery } from '../../../src/domain/audit/recovery-statement.ts';
import type { RecoveryStatement } from '../../../src/domain/audit/recovery-statement.ts';
import { asciiOf, cardDigits, seededRandom } from '../../support/seeded-cards.ts';

const log = 'mimamori.example/live/shop-a';
const [one, two] = ['0f'.repeat(8), 'a1'.repeat(8)];

describe('the name of a recovered log', () => {
  it('is that of the log with one part more, however often it is recovered', () => {
    const first = recoveredOrigin(log, one);
    expect(first).toBe(`${log}/recovered-${one}`);
    expect(recoveredOrigin(first, two)).toBe(`${log}/recovered-${two}`);
    expect([recoveryPart(first), recoveryPart(log)]).toEqual([`recovered-${one}`, undefined]);
  });

  it('follows from a name of the same log only, and from another one', () => {
    const [first, second] = [recoveredOrigin(log, one), recoveredOrigin(log, two)];
    expect([isRecoveryOf(first, log), isRecoveryOf(second, first)]).toEqual([true, true]);
    for (const [name, before] of [
      [first, first],
      [log, first],
      [log, log],
      [recoveredOrigin(`${log}b`, one), log],
      [`${first}/recovered-${two}`, log],
      [`${log}/recovered-${one.slice(1)}`, log],
    ] as const) {
      expect(isRecoveryOf(name, before), name).toBe(false);
    }
  });

  it('is no other name of the anchor', () => {
    expect(isRecoveryPart(`recovered-${one}`)).toBe(true);
    for (const name of [
      'recovered-',
      `recovered-${one}0`,
      `x-recovered-${one}`,
      `RECOVERED-${one}`,
    ]) {
      expect(isRecoveryPart(name), name).toBe(false);
    }
  });
});

describe('assertRecoveriesKnown()', () => {
  it('refuses a recovered copy that this log does not know of, and no other', () => {
    const parts = [`recovered-${one}`];
    assertRecoveriesKnown([], [log]);
    assertRecoveriesKnown(parts, [recoveredOrigin(log, one), log]);
    for (const names of [[log], [recoveredOrigin(log, two), log]]) {
      expect(() => {
        assertRecoveriesKnown(parts, names);
      }).toThrow(expect.objectContaining({ code: 'anchor-recovered' }));
    }
  });
});

describe('parseRecovery()', () => {
  const statement: RecoveryStatement = {
    type: 'mimamori/log-recovery/v1',
    ...{ workspace: 'live-1', mode: 'live', replaced: `${log}+0+A`, vkey: `${log}+1+B` },
    ...{ size: 3, root: '0'.repeat(64), anchored: 5, anchoredRoot: '1'.repeat(64) },
    ...{ requester: 'officer-1', reason: 'machine burnt', at: '2026-11-22T10:00:00.000Z' },
  };

  it('reads back what encodeRecovery() wrote', () => {
    expect(parseRecovery(encodeRecovery(statement))).toEqual(statement);
  });

  it.each<[string, object]>([
    ['without a reason', { reason: '' }],
    [
      'with a card number in its reason',
      { reason: `it was ${asciiOf(cardDigits(seededRandom(7))).toString()}` },
    ],
    ['of another kind', { type: 'mimamori/command/v1' }],
    ['with a size below nothing', { anchored: -1 }],
    ['with a member more', { note: 'x' }],
  ])('refuses one %s', (_, change) => {
    const bytes = encodeRecovery({ ...statement, ...change });
    expect(() => parseRecovery(bytes)).toThrow(
      expect.objectContaining({ code: 'statement-invalid' }),
    );
  });
});
