import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseBoxPath, parseMisnamed, renderBoxPath } from '../../../src/domain/pickup/box-path.ts';

describe('parseBoxPath()', () => {
  it.each([
    ['', '/'],
    ['.', '/'],
    ['/', '/'],
    ['/../../..', '/'],
    ['outbox', '/outbox'],
    ['/outbox/./a.pgp', '/outbox/a.pgp'],
    ['outbox//a.pgp', '/outbox/a.pgp'],
    ['outbox/../done/a.pgp', '/done/a.pgp'],
  ])('reads %j as %j', (path, meant) => {
    const place = parseBoxPath(path);
    expect(place && renderBoxPath(place)).toBe(meant);
  });

  it.each([
    'etc/passwd',
    '/outbox/a/b',
    'outbox\\a.pgp',
    'outbox/%2e%2e/a',
    'outbox/.hidden',
    'outbox/a\0.pgp',
    'outbox/a\n.pgp',
    'outbox/ａ.pgp',
    `outbox/${'a'.repeat(129)}`,
    '/'.repeat(600),
    'OUTBOX/a.pgp',
  ])('knows nothing under %j', (path) => {
    expect(parseBoxPath(path)).toBeUndefined();
  });

  it.each([
    ['/inbox/回答.pgp', 'inbox', '回答.pgp'],
    ['inbox/an answer.pgp', 'inbox', 'an answer.pgp'],
    ['./sources//.list.pgp', 'sources', '.list.pgp'],
    [`inbox/${'a'.repeat(129)}`, 'inbox', 'a'.repeat(129)],
  ])('tells of %j that its name alone is at fault', (path, folder, name) => {
    expect([parseBoxPath(path), parseMisnamed(path)]).toEqual([undefined, { folder, name }]);
  });

  it.each([
    ...['inbox/a.pgp', 'inbox', 'inbox/..', 'outbox/回答.pgp', 'inbox/回答/a', '回答.pgp', ''],
    `inbox/${'回'.repeat(512)}`,
  ])('tells nothing of the kind of %j', (path) => {
    expect(parseMisnamed(path)).toBeUndefined();
  });

  it('names four directories and plain names in them, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (path) => {
        const place = parseBoxPath(path);
        if (place === undefined) return;
        expect(renderBoxPath(place)).toMatch(
          /^\/(?:(?:outbox|done|inbox|sources)(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)?)?$/,
        );
      }),
    );
  });
});
