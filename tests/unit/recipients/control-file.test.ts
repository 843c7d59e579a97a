import { describe, expect, it } from 'vitest';

import { controlBytes, controlFileSchema } from '../../../src/domain/recipients/control-file.ts';
import type { ControlledFile } from '../../../src/domain/recipients/control-file.ts';

const sha256 = 'a'.repeat(64);
const file: ControlledFile = {
  ...{ name: 'mm-0001.pgp', sizeBytes: 900, sha256, mode: 'live', cards: 3 },
};
const note = 'log.example\n2\nAAAA\n\n— log.example BBBB\n— log.example CCCC\n';

function written(change: Partial<ControlledFile>, control: object): string {
  const parsed = controlFileSchema.parse({ name: '{stem}.done', ...control });
  return new TextDecoder().decode(controlBytes(parsed, { ...file, ...change }));
}

describe('controlBytes()', () => {
  it('of a checkpoint: the details, an empty line, and the note as it is', () => {
    const details = written({}, { content: 'details' });
    expect(written({ checkpoint: note }, { content: 'checkpoint' })).toBe(`${details}\n${note}`);
  });

  it('of a checkpoint are none without it', () => {
    expect(() => written({}, { content: 'checkpoint' })).toThrow();
  });

  it.each(['empty', 'sha256', 'details'])('of %s say nothing of a checkpoint', (content) => {
    expect(written({ checkpoint: note }, { content })).toBe(written({}, { content }));
  });
});

describe('controlFileSchema', () => {
  const isTaken = (entry: object): boolean =>
    controlFileSchema.safeParse({ name: '{stem}.done', ...entry }).success;

  it('takes a checkpoint with the line ends that its signature is over, and no others', () => {
    expect(isTaken({ content: 'checkpoint' })).toBe(true);
    expect(isTaken({ content: 'checkpoint', newline: 'crlf' })).toBe(false);
    expect(isTaken({ content: 'details', newline: 'crlf' })).toBe(true);
  });
});
