import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseStatement } from '../../../src/domain/handoff/signed-statement.ts';

const schema = z.strictObject({ act: z.string() });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const refused = (content: Uint8Array): unknown => {
  try {
    return parseStatement(content, schema);
  } catch (error) {
    return error;
  }
};

describe('parseStatement()', () => {
  it('reads a statement in its one form, up to 64 KiB', () => {
    const longest = 'a'.repeat(64 * 1024 - '{"act":""}'.length);
    expect(parseStatement(bytes(`{"act":"${longest}"}`), schema)).toEqual({ act: longest });
  });

  it.each([
    ['white space', '{"act": "a"}'],
    ['a line end', '{"act":"a"}\n'],
    ['a member twice', '{"act":"b","act":"a"}'],
    ['another member', '{"act":"a","b":"c"}'],
    ['a byte order mark', '\uFEFF{"act":"a"}'],
    ['an escape that needs none', '{"act":"\\u0061"}'],
    ['one byte too many', `{"act":"${'a'.repeat(64 * 1024 - '{"act":""}'.length + 1)}"}`],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(refused(bytes(text))).toMatchObject({ code: 'statement-invalid' });
  });

  it('refuses bytes that are not UTF-8, and quotes none', () => {
    const error = refused(Uint8Array.of(0x22, 0xff, 0x22));
    expect(error).toMatchObject({ code: 'statement-invalid' });
    expect(JSON.stringify(error)).not.toContain('\uFFFD');
  });
});
