import type { RecipientEntry } from '../../src/domain/recipients/recipient.ts';

/** Forty hex digits that differ with the number. */
export function fingerprintOf(number: number): string {
  return number.toString(16).toUpperCase().padStart(40, 'A');
}

/** A well-formed host key fingerprint; the letter tells two apart. */
export function hostKeyOf(letter: string): string {
  return `SHA256:${letter.repeat(43)}`;
}

export const sftpEndpoint = {
  kind: 'sftp' as const,
  host: 'sftp.psp.example',
  user: 'example-shop',
  directory: '/incoming/cards',
  host_keys: [hostKeyOf('k')],
};

/** A correct recipient; each test changes what it is about. */
export function recipientEntry(changes: Partial<RecipientEntry> = {}): RecipientEntry {
  return {
    id: 'psp',
    certificate: 'keys/recipients/psp.asc',
    fingerprint: fingerprintOf(1),
    encryption_subkey: fingerprintOf(2),
    confirmed_by: 'phone call with the operations desk',
    confirmed_at: '2026-11-20T10:00:00+09:00',
    endpoints: [sftpEndpoint],
    ...changes,
  };
}
