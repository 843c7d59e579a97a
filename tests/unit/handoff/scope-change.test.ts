import { describe, expect, it } from 'vitest';

import { CARD_ROW_BYTES } from '../../../src/domain/handoff/card-page.ts';
import { ScopeChange } from '../../../src/domain/handoff/scope-change.ts';
import type { ScopeSpan } from '../../../src/domain/handoff/scope-change.ts';

const day = 86_400_000;
/** A window of its own name: its bit is its place. */
const OWN_PLACE = -1;

const placed = (windows: readonly ScopeSpan[]): ScopeSpan[] =>
  windows.map((one, place) => (one.bit === OWN_PLACE ? { ...one, bit: place } : one));

/** A window from the start of one day to the end of another, days counted from 1970. */
function span(from: number, to: number, more: Partial<ScopeSpan> = {}): ScopeSpan {
  const fromMs = from * day;
  return {
    fromMs,
    toMs: (to + 1) * day,
    dayMs: fromMs,
    channels: undefined,
    merchants: undefined,
    bit: OWN_PLACE,
    listedOnly: false,
    ...more,
  };
}

/** A row of a card: windows, then first and last exposure in days. */
function row(mask: number, first: number, last: number): Uint8Array {
  const bytes = new Uint8Array(CARD_ROW_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(12, mask, true);
  view.setUint32(16, first * 86_400, true);
  view.setUint32(20, last * 86_400, true);
  return bytes;
}

const none: ReadonlySet<string> = new Set();

function judge(
  before: readonly ScopeSpan[],
  after: readonly ScopeSpan[],
  card: Uint8Array,
  excluded = none,
): 'in' | 'out' | 'untold' {
  const counts = { out: 0, untold: 0 };
  const change = new ScopeChange(
    { windows: placed(before), excluded: none },
    { windows: placed(after), excluded },
  );
  for (const [, becomes] of change.changes(card)) counts[becomes] += 1;
  return counts.out > 0 ? 'out' : counts.untold > 0 ? 'untold' : 'in';
}

const web = new Set(['web']);
const phone = new Set(['phone']);
const shopA = { merchants: new Set(['shop-a']), bit: 0 };
const shopB = { merchants: new Set(['shop-b']), bit: 0 };
const shops = { merchants: new Set(['shop-a', 'shop-b']), bit: 0 };

describe('ScopeChange', () => {
  it.each([
    ['in: the windows of both merchants live on', [span(90, 210, shops)], row(1, 150, 160), 'in'],
    [
      'untold: that of one merchant lives on, and the row does not say whose card it is',
      [span(100, 200, shopA)],
      row(1, 120, 130),
      'untold',
    ],
    ['out: seen where none of them was open', [span(140, 145, shops)], row(1, 150, 150), 'out'],
    [
      'out: their windows are gone',
      [span(100, 200, { ...shopA, merchants: new Set(['shop-c']) })],
      row(1, 120, 130),
      'out',
    ],
    ['in: the incident lists no merchants any more', [span(100, 250)], row(1, 120, 130), 'in'],
  ] as const)(
    'says of a card of two merchants under one name: %s',
    (_what, after, card, answer) => {
      expect(judge([span(100, 200, shopA), span(110, 210, shopB)], after, card)).toBe(answer);
    },
  );

  it.each([
    ['in: its window lives on, wider', [span(90, 210)], row(1, 150, 160), 'in'],
    ['in: seen once, inside', [span(100, 160)], row(1, 150, 150), 'in'],
    ['in: its last exposure is inside', [span(155, 200)], row(1, 110, 160), 'in'],
    ['out: seen once, after the new end', [span(100, 149)], row(1, 150, 150), 'out'],
    ['out: all of it before the new start', [span(170, 200)], row(1, 120, 160), 'out'],
    ['untold: before and behind what is left', [span(140, 150)], row(1, 120, 160), 'untold'],
    ['untold: a moment that is not known', [span(140, 150)], row(1, 0, 0), 'untold'],
    ['in: no window at all, it was listed', [span(300, 301)], row(0, 120, 160), 'in'],
    ['out: the window is gone', [], row(1, 120, 160), 'out'],
    ['out: only lists count now', [span(100, 200, { listedOnly: true })], row(1, 120, 130), 'out'],
  ] as const)('%s', (_, after, card, verdict) => {
    expect(judge([span(100, 200)], after, card)).toBe(verdict);
  });

  it('leaves a card in while any of its windows lives on', () => {
    const before = [span(100, 200), span(300, 400)];
    expect(judge(before, [span(300, 400)], row(3, 150, 350))).toBe('in');
    expect(judge(before, [span(300, 340)], row(3, 150, 350))).toBe('untold');
  });

  it('holds channels against each other', () => {
    const before = [span(100, 200, { channels: web })];
    const card = row(1, 150, 150);
    expect(judge(before, [span(100, 200, { channels: phone })], card)).toBe('out');
    expect(judge(before, [span(100, 200)], card)).toBe('in');
    expect(judge(before, [span(100, 200)], card, web)).toBe('out');
    expect(judge([span(100, 200)], [span(100, 200, { channels: web })], card)).toBe('untold');
    expect(judge([span(100, 200)], [span(100, 200)], card, phone)).toBe('untold');
  });

  it('takes a day alone for the whole day where a window begins within it', () => {
    const noon = span(150, 200, { fromMs: 150.5 * day });
    expect(judge([span(100, 200)], [noon], row(1, 150, 150))).toBe('untold');
    expect(judge([span(100, 200)], [noon], row(1, 149, 149))).toBe('out');
  });

  it.each([
    ['an earlier start', [span(99, 200)], true],
    ['another window', [span(100, 200), span(300, 301)], true],
    ['less of it', [span(120, 180)], false],
    ['the same', [span(100, 200)], false],
  ] as const)('isWidened: %s', (_, after, isWidened) => {
    const before = { windows: [span(100, 200)], excluded: none };
    expect(new ScopeChange(before, { windows: after, excluded: none }).isWidened).toBe(isWidened);
  });
});
