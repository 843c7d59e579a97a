import { describe, expect, it } from 'vitest';

import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import { assertBoxes } from '../../../src/domain/workspace/assert-boxes.ts';
import { senderSchema } from '../../../src/domain/workspace/sender.ts';
import { otherKeyLine } from '../../support/pickup-box.ts';
import { fingerprintOf, recipientEntry } from '../../support/recipient-entry.ts';

const blob = (fill: number): Buffer =>
  Buffer.concat([
    Buffer.from('0000000b7373682d6564323535313900000020', 'hex'),
    Buffer.alloc(32, fill),
  ]);
const ownKey = `ssh-ed25519 ${blob(9).toString('base64')}`;

const boxed = recipientSchema.parse(
  recipientEntry({ id: 'psp', endpoints: [{ kind: 'pickup', keys: [ownKey] }] }),
);
const pushed = recipientSchema.parse(recipientEntry({ id: 'amex' }));
const sender = (id: string, keys?: readonly string[]) =>
  senderSchema.parse({
    ...{ id, name: id, kind: 'pfi', certificate: 'keys/senders/x.asc', confirmed_by: 'in person' },
    ...{ fingerprint: fingerprintOf(7), confirmed_at: '2026-11-20T10:00:00+09:00' },
    ...(keys === undefined ? {} : { pickup_keys: keys }),
  });

const check = (...senders: ReturnType<typeof sender>[]) => {
  assertBoxes('senders', [boxed, pushed], senders);
};

describe('assertBoxes()', () => {
  it('accepts a sender with a box, and one without under any id', () => {
    check(sender('pfi-1', [otherKeyLine]), sender('psp'));
    check(sender('amex', [otherKeyLine]));
  });

  it.each([
    ['the id of a recipient who has a box', [sender('psp', [otherKeyLine])], 'config-box-taken'],
    ['a key that opens the box of a recipient', [sender('pfi-1', [ownKey])], 'endpoint-shared'],
    [
      'a key that opens the box of another sender',
      [sender('pfi-1', [otherKeyLine]), sender('pfi-2', [otherKeyLine])],
      'endpoint-shared',
    ],
  ])('refuses %s', (_what, senders, code) => {
    expect(() => {
      check(...senders);
    }).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['no key', []],
    ['three', [ownKey, otherKeyLine, `ssh-ed25519 ${blob(8).toString('base64')}`]],
    ['one twice', [ownKey, ownKey]],
    ['what is no key', ['ssh-ed25519 AAAA']],
  ])('knows no box with %s', (_what, keys) => {
    expect(() => sender('pfi-1', keys)).toThrow();
  });
});
