import { describe, expect, it } from 'vitest';
import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import { otherKeyLine } from '../../support/pickup-box.ts';
import { hostKeyOf, recipientEntry, sftpEndpoint } from '../../support/recipient-entry.ts';

const accepts = (changes: object) =>
  recipientSchema.safeParse({ ...recipientEntry(), ...changes }).success;
const box = { kind: 'pickup', keys: [otherKeyLine] };
const endpoint = (changes: object) => ({ endpoints: [{ ...sftpEndpoint, ...changes }] });

describe('recipientSchema', () => {
  it('fills in the ordinary recipient', () => {
    expect(recipientSchema.parse(recipientEntry())).toMatchObject({
      profile: 'pan-expiry-reference',
      layout: 'per-recipient',
      state: 'enabled',
      allow: [],
      endpoints: [
        {
          port: 22,
          authentication: 'key',
          can_read_back: true,
          can_list: true,
          rename: 'plain',
        },
      ],
    });
  });

  it('reads fingerprints as people group them', () => {
    const spaced = '0123 4567 89ab cdef 0123  4567 89ab cdef 0123 4567';
    expect(recipientSchema.parse(recipientEntry({ fingerprint: spaced })).fingerprint).toBe(
      '0123456789ABCDEF0123456789ABCDEF01234567',
    );
  });

  it('drops the padding of a host key', () => {
    const padded = recipientSchema.parse({
      ...recipientEntry(),
      ...endpoint({ host_keys: [`${hostKeyOf('k')}=`] }),
    });
    expect(padded.endpoints[0]).toMatchObject({ host_keys: [hostKeyOf('k')] });
  });

  it.each([
    ['a manual endpoint', { endpoints: [{ kind: 'manual', directory: '/srv/handover/psp' }] }],
    ['a current and a next host key', endpoint({ host_keys: [hostKeyOf('k'), hostKeyOf('n')] })],
    ['a password', endpoint({ authentication: 'password', password_file: 'keys/psp.password' })],
    ['an IPv6 host', endpoint({ host: '2001:db8::22' })],
    ['the login directory', endpoint({ directory: '.' })],
    ['a relative directory', endpoint({ directory: 'in/cards' })],
    ['a hidden directory', endpoint({ directory: '/.in/..cards' })],
    ['answers in clear out of a box', { answers: { in_clear: true }, endpoints: [box] }],
    ['no answers in clear', { answers: { in_clear: false } }],
    [
      'hours of answers',
      { answers: { directory: '/out', hours: { between: ['09:00-09:15', '10:00-24:00'] } } },
    ],
    ['a pickup term in hours', { pickup: { within_hours: 1 }, endpoints: [box] }],
    [
      'a pickup term with a cut-off',
      { pickup: { within_days: { count: 1, of: 'bank', cut_off: '23:59' } }, endpoints: [box] },
    ],
    ['answers in working days', { answers: { within_days: { count: 60, of: 'bank' } } }],
    ['a weakness with a reason', { allow: [{ weakness: 'rsa-2048', reason: 'old gateway' }] }],
  ])('accepts %s', (_what, changes) => {
    expect(accepts(changes)).toBe(true);
  });

  it.each([
    ['answers in clear by SFTP', { answers: { in_clear: true } }],
    ['answers in no day', { answers: { within_days: { count: 0, of: 'bank' } } }],
    ['answers in more days than may be', { answers: { within_days: { count: 61, of: 'bank' } } }],
    ['answers in days of no calendar', { answers: { within_days: { count: 3, of: 'every-day' } } }],
    [
      'answers by two terms',
      { answers: { within_hours: 72, within_days: { count: 3, of: 'bank' } } },
    ],
    ['hours of answers without a directory', { answers: { hours: { between: ['09:00-17:00'] } } }],
    [
      'hours of answers that a look could miss',
      { answers: { directory: '/out', hours: { between: ['09:00-17:00', '18:00-18:14'] } } },
    ],
    [
      'hours of answers with a span that ends before it begins',
      { answers: { directory: '/out', hours: { between: ['17:00-09:00'] } } },
    ],
    ['a pickup term of who is brought files', { pickup: { within_hours: 24 } }],
    ['a pickup term of no length', { pickup: {}, endpoints: [box] }],
    ['a pickup term of no hours', { pickup: { within_hours: 0 }, endpoints: [box] }],
    ['a pickup term of over a year', { pickup: { within_hours: 8_785 }, endpoints: [box] }],
    [
      'a pickup term with two ends',
      {
        ...{ pickup: { within_hours: 24, within_days: { count: 1, of: 'bank' } } },
        endpoints: [box],
      },
    ],
    ...['00:00', '24:00', '9:00', '12:60', '15:00:00', ''].map((cut_off): [string, object] => [
      `the cut-off "${cut_off}"`,
      { answers: { within_days: { count: 1, of: 'bank', cut_off } } },
    ]),
    ['a short fingerprint', { fingerprint: '89ABCDEF01234567' }],
    ['a fingerprint with other letters', { fingerprint: 'G'.repeat(40) }],
    ['a v6 fingerprint', { fingerprint: 'A'.repeat(64) }],
    ['no confirmation', { confirmed_by: '' }],
    ['a confirmation without offset', { confirmed_at: '2026-11-20T10:00:00' }],
    ['a certificate outside the workspace', { certificate: '../psp.asc' }],
    ['an absolute certificate', { certificate: '/etc/psp.asc' }],
    ['no endpoint', { endpoints: [] }],
    ['two endpoints', { endpoints: [sftpEndpoint, { kind: 'manual', directory: 'out' }] }],
    ['an unknown kind', { endpoints: [{ kind: 'ftp', directory: '/in' }] }],
    ['no host key', endpoint({ host_keys: [] })],
    ['three host keys', endpoint({ host_keys: ['a', 'b', 'c'].map(hostKeyOf) })],
    ['one host key twice', endpoint({ host_keys: [hostKeyOf('k'), hostKeyOf('k')] })],
    ['an MD5 host key', endpoint({ host_keys: ['MD5:00:11:22:33'] })],
    ['a password without a file', endpoint({ authentication: 'key+password' })],
    ['a password file without a password', endpoint({ password_file: 'keys/psp.password' })],
    ['a password in the file', endpoint({ password: 'secret' })],
    ['an empty password file', endpoint({ authentication: 'password', password_file: '' })],
    ['an overwriting rename', endpoint({ rename: 'posix' })],
    ['port 0', endpoint({ port: 0 })],
    ['port 65536', endpoint({ port: 65_536 })],
    ['a port as text', endpoint({ port: '22' })],
    ['a host with a path', endpoint({ host: 'sftp.example/in' })],
    ['a directory that climbs', endpoint({ directory: '/in/../out' })],
    ['a directory that begins with ..', endpoint({ directory: '../out' })],
    ['an empty segment', endpoint({ directory: '/in//cards' })],
    ['a slash at the end', endpoint({ directory: '/in/' })],
    ['a backslash', endpoint({ directory: '/in\\cards' })],
    ['a control character', endpoint({ directory: '/in\u0000' })],
    ['a weakness without a reason', { allow: [{ weakness: 'rsa-2048' }] }],
    ['an unknown weakness', { allow: [{ weakness: 'rsa-1024', reason: 'old' }] }],
    [
      'a weakness twice',
      { allow: Array(2).fill({ weakness: 'sha1-self-signature', reason: 'old' }) },
    ],
    ['an unknown layout', { layout: 'per-brand' }],
    ['an unknown key', { finger_print: 'A'.repeat(40) }],
  ])('refuses %s', (_what, changes) => {
    expect(accepts(changes)).toBe(false);
  });
});
