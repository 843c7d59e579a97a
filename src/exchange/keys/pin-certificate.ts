import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { isExampleKey } from '../../domain/workspace/example-keys.ts';
import type { Certificate, Certificates, InspectRequest } from './certificates.ts';
import type { Clock } from '../workspace/clock.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/**
 * Examines a certificate that is about to be pinned under `id`. Throws `certificate-*`, and `example-key` in a live
 * workspace for a key whose private half is published with this program.
 */
export async function pinCertificate(
  ports: {
    readonly certificates: Certificates;
    readonly clock: Clock;
    readonly facts: WorkspaceFacts;
  },
  id: string,
  bytes: Uint8Array,
  request: Omit<InspectRequest, 'at'>,
): Promise<Certificate> {
  const at = ports.clock.now();
  const certificate = await ports.certificates.inspect(bytes, { ...request, at });
  if (ports.facts.mode === 'live' && isExampleKey(certificate.fingerprint)) {
    throw new WorkspaceFault('example-key', { id });
  }
  return certificate;
}
