import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { encodeApproval, parseApproval } from '../../../src/domain/handoff/approval.ts';
import type { Approval } from '../../../src/domain/handoff/approval.ts';

const approval: Approval = {
  type: 'mimamori/approval/v1',
  workspace: 'drill-1',
  mode: 'drill',
  handoff: 'h7k2m9q',
  planSha256: 'a'.repeat(64),
  reviewSha256: 'b'.repeat(64),
  decision: 'approve',
  officer: 'sato',
  reason: '電話で確認 "ok"',
  at: '2026-11-22T10:00:00.000Z',
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (encoded: Uint8Array): string => new TextDecoder().decode(encoded);

describe('encodeApproval()', () => {
  it('writes the canonical form: sorted members, no spaces, UTF-8, no line end', () => {
    expect(text(encodeApproval(approval))).toBe(
      '{"at":"2026-11-22T10:00:00.000Z","decision":"approve","handoff":"h7k2m9q","mode":"drill",' +
        `"officer":"sato","planSha256":"${'a'.repeat(64)}","reason":"電話で確認 \\"ok\\"",` +
        `"reviewSha256":"${'b'.repeat(64)}","type":"mimamori/approval/v1","workspace":"drill-1"}`,
    );
  });

  it('does not depend on the order in which members were given', () => {
    const reversed = Object.fromEntries(Object.entries(approval).toReversed()) as Approval;
    expect(encodeApproval(reversed)).toEqual(encodeApproval(approval));
  });

  it('differs for every member that differs', () => {
    const changes: Partial<Approval>[] = [
      ...[{ workspace: 'x' }, { mode: 'live' as const }, { handoff: 'x' }, { officer: 'x' }],
      ...[{ planSha256: 'c'.repeat(64) }, { reviewSha256: 'c'.repeat(64) }, { reason: '' }],
      ...[{ decision: 'decline' as const }, { at: '2026-11-22T10:00:00.001Z' }],
    ];
    const all = changes.map((change) => text(encodeApproval({ ...approval, ...change })));
    expect(new Set([...all, text(encodeApproval(approval))]).size).toBe(changes.length + 1);
  });
});

describe('parseApproval()', () => {
  it('reads back what was encoded', () => {
    const reason = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(reason, fc.constantFrom('approve', 'decline'), (words, decision) => {
        fc.pre(words.isWellFormed() && words.length <= 2000);
        const one = { ...approval, reason: words, decision } as Approval;
        expect(parseApproval(encodeApproval(one))).toEqual(one);
      }),
    );
  });

  const canonical = text(encodeApproval(approval));

  it.each([
    ['nothing', ''],
    ['no JSON', 'approve it'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a line end', `${canonical}\n`],
    ['a space before', ` ${canonical}`],
    ['a space inside', canonical.replace('":"', '": "')],
    ['a byte order mark', `\ufeff${canonical}`],
    ['members in another order', JSON.stringify(approval)],
    ['an escape that is not needed', canonical.replace('sato', '\\u0073ato')],
    ['a member twice', canonical.replace('{', '{"at":"2026-11-22T10:00:00.000Z",')],
    ['a member more', canonical.replace('{', '{"a":1,')],
    ['a member less', canonical.replace('"mode":"drill",', '')],
    ['another type', canonical.replace('approval/v1', 'approval/v2')],
    ['another mode', canonical.replace('"drill"', '"test"')],
    ['another decision', canonical.replace('"approve"', '"maybe"')],
    ['a short digest', canonical.replace('a'.repeat(64), 'a'.repeat(63))],
    ['a digest in capitals', canonical.replace('a'.repeat(64), 'A'.repeat(64))],
    ['a time without a date', canonical.replace('2026-11-22T10:00:00.000Z', '10:00')],
    ['a reason that is a number', canonical.replace(/"reason":"[^,]*/, '"reason":1')],
    ['a reason of 2,001 characters', canonical.replace('電話', 'x'.repeat(2001))],
  ])('refuses %s', (_, statement) => {
    expect(() => parseApproval(bytes(statement))).toThrow(
      expect.objectContaining({ code: 'statement-invalid', retry: 'never' }),
    );
  });

  it('refuses bytes that are no UTF-8', () => {
    const broken = bytes(canonical);
    broken[canonical.indexOf('sato')] = 0xff;
    expect(() => parseApproval(broken)).toThrow(
      expect.objectContaining({ code: 'statement-invalid' }),
    );
  });

  it('refuses every change of one byte, or reads another meaning', () => {
    const original = encodeApproval(approval);
    for (let at = 0; at < original.length; at += 1) {
      const changed = original.slice();
      changed[at]! ^= 1;
      let read: Approval | undefined;
      try {
        read = parseApproval(changed);
      } catch (error) {
        expect(error).toMatchObject({ code: 'statement-invalid' });
      }
      expect(read).not.toEqual(approval);
    }
  });

  it('quotes nothing of a refused statement', () => {
    const statement = bytes('{"reason":"4111111111111111"');
    expect(() => parseApproval(statement)).toThrow(
      expect.objectContaining({
        facts: {},
        message: expect.not.stringContaining('4111') as string,
      }),
    );
  });
});
