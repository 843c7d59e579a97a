import { describe, expect, it } from 'vitest';
import { assertRecipients } from '../../../src/domain/recipients/assert-recipients.ts';
import { recipientSchema, type RecipientEntry } from '../../../src/domain/recipients/recipient.ts';
import { fingerprintOf, recipientEntry, sftpEndpoint } from '../../support/recipient-entry.ts';

const other: Partial<RecipientEntry> = {
  id: 'amex',
  fingerprint: fingerprintOf(3),
  endpoints: [{ ...sftpEndpoint, host: 'sftp.amex.example' }],
};

const check = (changes: Partial<RecipientEntry>) => {
  const entries = [recipientEntry(), recipientEntry({ ...other, ...changes })];
  assertRecipients(
    'config/recipients.toml',
    entries.map((entry) => recipientSchema.parse(entry)),
  );
};
const manual = (directory: string) => ({ kind: 'manual' as const, directory });

describe('assertRecipients()', () => {
  it.each([
    ['another port', { ...sftpEndpoint, port: 2222 }],
    ['another directory', { ...sftpEndpoint, directory: '/incoming' }],
    ['a folder', manual('/incoming/cards')],
  ])('accepts %s', (_what, endpoint) => {
    check({ endpoints: [endpoint] });
  });

  it.each([
    ['one id', { id: 'psp' }, 'config-id-repeated'],
    ['one certificate', { fingerprint: fingerprintOf(1) }, 'config-fingerprint-shared'],
    ['one place', { endpoints: [sftpEndpoint] }, 'endpoint-shared'],
    [
      'one place in another spelling',
      { endpoints: [{ ...sftpEndpoint, host: 'SFTP.psp.example', port: 22, user: 'amex' }] },
      'endpoint-shared',
    ],
  ])('refuses %s', (_what, changes, code) => {
    expect(() => {
      check(changes);
    }).toThrow(expect.objectContaining({ code }));
  });

  it('names both recipients', () => {
    expect(() => {
      check({ endpoints: [sftpEndpoint] });
    }).toThrow(
      expect.objectContaining({
        facts: {
          file: 'config/recipients.toml',
          first: 'psp',
          second: 'amex',
          endpoint: 'sftp sftp.psp.example:22 /incoming/cards',
        },
      }),
    );
  });
});
