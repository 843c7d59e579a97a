import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { commitText, parseLeaf, saltOf } from '../../../src/domain/audit/leaf.ts';
import { parseCheckpoint } from '../../../src/domain/tlog/checkpoint.ts';
import { leafHash } from '../../../src/domain/tlog/hashes.ts';
import { verifyNote } from '../../../src/domain/tlog/signed-note.ts';
import { parseVerifierKey } from '../../../src/domain/tlog/verifier-key.ts';

describe('examples of docs/formats', () => {
  it('leaf-v1.md: the leaf reads, hashes and binds its name as the page says', () => {
    const [leaf = '', hash = ''] = codeBlocks('leaf-v1.md');
    const parsed = parseLeaf(utf8(leaf));
    expect(Buffer.from(leafHash(utf8(leaf))).toString('hex')).toBe(hash);
    expect(commitText(saltOf(parsed), '田中 花子')).toBe(parsed.data['name']);
  });

  it('checkpoint.md: the note verifies under the key', () => {
    const [note = '', vkey = ''] = codeBlocks('checkpoint.md');
    const key = parseVerifierKey(vkey);
    const checkpoint = parseCheckpoint(verifyNote(utf8(`${note}\n`), [key]));
    expect(checkpoint).toMatchObject({ origin: key.name, size: 2 });
  });
});

/** Contents of the fenced blocks of a page, without their final newline. */
function codeBlocks(page: string): string[] {
  const text = readFileSync(new URL(`../../../docs/formats/${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```\w*\n(.*?)\n```$/gmsu)].map((match) => match[1]!);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
