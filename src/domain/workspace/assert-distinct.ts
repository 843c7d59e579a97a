import { WorkspaceFault } from './errors.ts';

/**
 * Refuses two entries with one id, and two with one certificate: a person with two names could approve their own
 * request, and a file sealed for one recipient would open at the other.
 *
 * @param file named in the fault
 * @throws WorkspaceFault `config-id-repeated`, `config-fingerprint-shared`
 */
export function assertDistinct(
  file: string,
  entries: readonly { readonly id: string; readonly fingerprint: string }[],
): void {
  const idsByFingerprint = new Map<string, string>();
  const ids = new Set<string>();
  for (const { id, fingerprint } of entries) {
    if (ids.has(id)) throw new WorkspaceFault('config-id-repeated', { file, id });
    ids.add(id);
    const first = idsByFingerprint.get(fingerprint);
    if (first !== undefined) {
      throw new WorkspaceFault('config-fingerprint-shared', {
        file,
        first,
        second: id,
        fingerprint,
      });
    }
    idsByFingerprint.set(fingerprint, id);
  }
}
