import { describe, expect, it } from 'vitest';

import { warnings } from '../../../src/domain/intake/reasons.ts';
import { WarnedRecords } from '../../../src/domain/intake/warned-records.ts';

const [luhn, expired] = [warnings.indexOf('luhn'), warnings.indexOf('expired')];

describe('WarnedRecords', () => {
  it('counts each warning of a record about the cards that are asked for, however many there are', () => {
    const warned = new WarnedRecords();
    for (let record = 0; record < 3_000; record += 1) warned.add(record % 3, expired);
    warned.add(1, luhn);
    const counts = warned.countIn(Uint8Array.of(0, 1, 1));
    expect([counts[expired], counts[luhn]]).toEqual([2_000, 1]);
    expect(warned.countIn(new Uint8Array(3)).every((count) => count === 0)).toBe(true);
  });
});
