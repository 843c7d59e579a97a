import { describe, expect, it } from 'vitest';

import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import { combinationDigest } from '../../../src/domain/recipients/recipient-test.ts';
import { plannedEndpoint } from '../../../src/exchange/handoff/compose-plan.ts';
import { sftpEndpointOf } from '../../../src/exchange/delivery/sftp-endpoint-of.ts';

function endpointWith(traits: object): ReturnType<typeof plannedEndpoint> {
  const endpoint = {
    ...{ kind: 'sftp', host: 'h.example', user: 'u', directory: '/in' },
    host_keys: [`SHA256:${'A'.repeat(43)}`],
  };
  return plannedEndpoint(
    recipientSchema.parse({
      ...{ id: 'psp', certificate: 'keys/recipients/psp.asc', fingerprint: 'A'.repeat(40) },
      ...{ encryption_subkey: 'B'.repeat(40), confirmed_by: 'a phone call' },
      ...{ confirmed_at: '2026-11-20T10:00:00+09:00', endpoints: [{ ...endpoint, ...traits }] },
    }),
  );
}

const digestOf = (endpoint: ReturnType<typeof plannedEndpoint>): string =>
  combinationDigest({
    ...{ certificate: 'A'.repeat(40), encryptionSubkey: 'B'.repeat(40) },
    ...{ profile: 'pan-list', profileSha256: 'c'.repeat(64), endpoint },
  });

const traits = [
  { rename: 'none' },
  { temporary_name: '{name}.{attempt}-{fence}.tmp' },
  { control_file: { name: '{stem}.done' } },
  { control_file: { name: '{stem}.done', newline: 'crlf' } },
  { name_pattern: '{batch}.PGP' },
  { name_pattern: '{sequence}.PGP', sequence: { start: 7 } },
  { allow_algorithms: [{ algorithm: 'ssh-rsa', reason: 'x' }] },
] as const;

describe('plannedEndpoint()', () => {
  it('has no new member without traits, so that plans and tests of before still count', () => {
    expect(Object.keys(endpointWith({})).sort()).toEqual([
      ...['authentication', 'canList', 'canReadBack', 'directory', 'host', 'hostKeys', 'kind'],
      ...['port', 'user'],
    ]);
    expect(endpointWith({ rename: 'plain' })).toEqual(endpointWith({}));
  });

  it('is another one with every trait, for the approval and for the test of the recipient', () => {
    const digests = [{}, ...traits].map((trait) => digestOf(endpointWith(trait)));
    expect(new Set(digests).size).toBe(traits.length + 1);
  });

  it('keeps reasons to the configuration: another reason is no other endpoint', () => {
    const because = (reason: string) =>
      endpointWith({ allow_algorithms: [{ algorithm: 'ssh-rsa', reason }] });
    expect(because('one')).toEqual(because('another'));
  });
});

describe('sftpEndpointOf()', () => {
  it('gives the courier what is about the server, and nothing about names', () => {
    const planned = endpointWith({ ...traits[0], ...traits[2], ...traits[5], ...traits[6] });
    if (planned.kind !== 'sftp') throw new Error('an SFTP endpoint');
    expect(sftpEndpointOf(planned)).toMatchObject({ rename: 'none', algorithms: ['ssh-rsa'] });
    expect(sftpEndpointOf(planned)).not.toHaveProperty('naming');
    expect(sftpEndpointOf(planned)).not.toHaveProperty('controlFile');
  });
});
