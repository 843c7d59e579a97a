import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LetterTemplate, TEMPLATE_BYTES_MAX } from '../../../src/domain/waivers/letter-template.ts';
import { LetterFolder, shippedLetters } from '../../../src/edge/files/letter-folder.ts';

let own = '';
beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), 'mimamori-letters-'));
});
afterEach(() => {
  rmSync(own, { recursive: true });
});

const read = (language: 'ja' | 'en') =>
  new LetterFolder(own, shippedLetters).read(language, TEMPLATE_BYTES_MAX);

describe('LetterFolder', () => {
  it('reads the letter of the workspace before the one that comes with the program', async () => {
    writeFileSync(join(own, 'waiver-request.ja.txt'), 'ours');
    const { file, bytes } = await read('ja');
    expect([file, new TextDecoder().decode(bytes)]).toEqual([
      ...['config/letters/waiver-request.ja.txt', 'ours'],
    ]);
    const shipped = await read('en');
    expect(shipped.file).toBe('waiver-request.en.txt');
    expect(() => LetterTemplate.parse(shipped.bytes, shipped.file)).not.toThrow();
  });

  it('takes no other letter in place of one that is too large', async () => {
    writeFileSync(join(own, 'waiver-request.en.txt'), 'x'.repeat(TEMPLATE_BYTES_MAX + 1));
    await expect(read('en')).rejects.toMatchObject({ code: 'input-too-large' });
  });

  it('tells when the program came without letters', async () => {
    const nowhere = new LetterFolder(own, own).read('en', 10);
    await expect(nowhere).rejects.toMatchObject({ code: 'input-missing' });
  });
});
