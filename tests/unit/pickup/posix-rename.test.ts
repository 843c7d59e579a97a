import { describe, expect, it } from 'vitest';

import { readPosixRename } from '../../../src/edge/pickup-server/posix-rename.ts';

const name = 'posix-rename@openssh.com';

/** As SSH writes strings one behind the other. */
function strings(...texts: readonly string[]): Buffer {
  const fields = texts.map((text) => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  });
  return Buffer.concat(fields);
}

describe('readPosixRename()', () => {
  it('reads two paths', () => {
    expect(readPosixRename(name, strings('/inbox/a', '/inbox/回答'))).toEqual([
      '/inbox/a',
      '/inbox/回答',
    ]);
    expect(readPosixRename(name, strings('', ''))).toEqual(['', '']);
  });

  it.each([
    ['another extension', 'statvfs@openssh.com', strings('/a', '/b')],
    ['nothing', name, undefined],
    ['no bytes', name, Buffer.alloc(0)],
    ['one path', name, strings('/a')],
    ['three paths', name, strings('/a', '/b', '/c')],
    ['a length without its bytes', name, strings('/a', '/b').subarray(0, -1)],
    ['half a length', name, Buffer.concat([strings('/a', '/b'), Buffer.alloc(2)])],
    ['a length beyond everything', name, Buffer.alloc(8, 0xff)],
    ['thousands of empty strings', name, Buffer.alloc(32_000)],
  ])('takes no %s', (_, given, data) => {
    expect(readPosixRename(given, data)).toBeUndefined();
  });
});
