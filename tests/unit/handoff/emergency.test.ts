import { describe, expect, it } from 'vitest';

import { encodeEmergency, parseEmergency } from '../../../src/domain/handoff/emergency.ts';
import type { EmergencyStatement } from '../../../src/domain/handoff/emergency.ts';

const statement: EmergencyStatement = {
  type: 'mimamori/emergency/v1',
  workspace: 'shop-1',
  mode: 'live',
  handoff: 'hcbx8jz5',
  planSha256: 'a'.repeat(64),
  officer: 'officer-1',
  reason: 'nobody reachable',
  at: '2026-11-22T17:14:00.000Z',
  secondSignatureDue: '2026-11-23T17:14:00.000Z',
};
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = new TextDecoder().decode(encodeEmergency(statement));

describe('parseEmergency()', () => {
  it('reads back what encodeEmergency() wrote', () => {
    expect(parseEmergency(encodeEmergency(statement))).toEqual(statement);
  });

  it.each([
    ['another spelling of the same', `${text}\n`],
    ['a further member', text.replace('{', '{"a":1,')],
    ['no reason', text.replace('nobody reachable', '')],
    ['an approval', text.replace('emergency/v1', 'approval/v1')],
    ['no JSON', 'no'],
  ])('refuses %s', (_, given) => {
    expect(() => parseEmergency(bytesOf(given))).toThrow(
      expect.objectContaining({ code: 'statement-invalid' }),
    );
  });
});
