import { describe, expect, it } from 'vitest';

import { deliveryExitStatus } from '../../../src/doors/cli/delivery-status.ts';
import { exitStatus, worstStatus } from '../../../src/doors/cli/exit-status.ts';
import type { ExitStatus } from '../../../src/doors/cli/exit-status.ts';
import { exitStatuses, isFaultCode } from '../../../src/doors/cli/exit-statuses.ts';

const all = Object.values(exitStatus);

describe('exitStatuses', () => {
  it('holds no success and only known numbers', () => {
    const used = new Set<number>(Object.values(exitStatuses));
    expect([...used].filter((status) => !all.includes(status as ExitStatus))).toEqual([]);
    expect(used.has(0)).toBe(false);
  });

  it.each([
    ['sensitive-data', 65],
    ['source-missing', 66],
    ['peer-unavailable', 69],
    ['remote-read-only', 69],
    ['target-taken', 73],
    ['disk-full', 74],
    ['handoff-undecided', 75],
    ['remote-full', 75],
    ['certificate-expired', 75],
    ['outcome-unknown', 75],
    ['host-key-changed', 76],
    ['handoff-not-approved', 77],
    ['approver-is-requester', 77],
    ['config-unknown-key', 78],
    ['host-key-missing', 78],
    ['interrupted', 130],
  ] as const)('%s leaves with %i', (code, status) => {
    expect(exitStatuses[code]).toBe(status);
  });
});

describe('isFaultCode()', () => {
  it('knows codes and not what every object has', () => {
    expect(isFaultCode('usage')).toBe(true);
    expect(['', 'constructor', 'toString', 'of-tomorrow'].some(isFaultCode)).toBe(false);
  });
});

describe('worstStatus()', () => {
  it('is done for nothing and for all done', () => {
    expect(worstStatus([])).toBe(0);
    expect(worstStatus([0, 0])).toBe(0);
  });

  it('ranks every status', () => {
    expect(all.filter((status) => worstStatus([0, status]) !== status)).toEqual([]);
    expect(worstStatus([75, 76, 69])).toBe(76);
    expect(worstStatus([130, 0])).toBe(130);
  });
});

describe('deliveryExitStatus()', () => {
  it.each([
    [[{ state: 'stored' }, { state: 'written' }, { state: 'cancelled' }], 0],
    [[{ state: 'stored' }, { state: 'presumed' }], 75],
    [[{ state: 'expired', fault: { code: 'certificate-no-longer-good' } }], 75],
    [[{ state: 'conflict' }, { state: 'presumed' }], 73],
    [[{ state: 'failed', fault: { code: 'remote-read-only' } }], 69],
    [[{ state: 'failed' }], 69],
    [[{ state: 'failed', fault: { code: 'of-tomorrow' } }], 70],
    [[{ state: 'sending', fault: { code: 'delivery-interrupted' } }], 130],
    [[{ state: 'publishing', fault: { code: 'connection-lost' } }], 75],
    [[{ state: 'publishing', fault: { code: 'host-key-changed' } }], 76],
    [[{ state: 'approved', fault: { code: 'folder-missing' } }], 74],
    [[{ state: 'built' }], 77],
    [[], 0],
  ] as const)('of %j is %i', (batches, status) => {
    expect(deliveryExitStatus(batches)).toBe(status);
  });
});
