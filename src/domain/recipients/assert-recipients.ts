import { assertDistinct } from '../workspace/assert-distinct.ts';
import type { Endpoint } from './endpoint.ts';
import { RecipientsFault } from './errors.ts';
import { fingerprintOfLine } from './pickup-key.ts';
import type { Recipient } from './recipient.ts';

/** The places an endpoint writes to, or the keys that open its box, in one spelling. */
function endpointPlaces(endpoint: Endpoint): readonly string[] {
  if (endpoint.kind === 'pickup')
    return endpoint.keys.map((key) => `pickup ${fingerprintOfLine(key)}`);
  if (endpoint.kind === 'manual') return [`manual ${endpoint.directory.replace(/(?<=.)\/+$/, '')}`];
  return [`sftp ${endpoint.host.toLowerCase()}:${endpoint.port} ${endpoint.directory}`];
}

/**
 * Refuses recipients that could be taken for each other: one id, one certificate, or one place for files.
 *
 * @throws WorkspaceFault `config-id-repeated`, `config-fingerprint-shared`; RecipientsFault `endpoint-shared`
 */
export function assertRecipients(file: string, recipients: readonly Recipient[]): void {
  assertDistinct(file, recipients);
  const owners = new Map<string, string>();
  for (const { id, endpoints } of recipients) {
    for (const place of endpoints.flatMap(endpointPlaces)) {
      const first = owners.get(place);
      if (first !== undefined) {
        throw new RecipientsFault('endpoint-shared', { file, first, second: id, endpoint: place });
      }
      owners.set(place, id);
    }
  }
}
