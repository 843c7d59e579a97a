import type { ConfigurationDocument } from '../../domain/configuration/configuration-document.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { decodeBase64 } from '../../domain/tlog/base64.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { isFault } from '../../domain/fault.ts';
import { keptCertificate } from '../configuration/configuration.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { KitFile, KitSignature } from './incident-kit.ts';

/**
 * The certificate of each signature, by its fingerprint: as every adopted configuration had it, and as the one in force
 * has it; else as it was when the officer was added. One that changed between versions, by a revocation say, is there in
 * each of its forms.
 *
 * Throws `signer-certificate-lost` where none of them has it: a signature that nobody can check is not passed on,
 * nor left out.
 */
export async function signerFiles(
  configuration: Pick<Configuration, 'load' | 'readCertificate'>,
  documents: readonly ConfigurationDocument[],
  signatures: readonly KitSignature[],
): Promise<readonly KitFile[]> {
  const needed = new Set(signatures.map(({ fingerprint }) => fingerprint));
  const forms = new Map<string, Map<string, Uint8Array>>();
  const take = (fingerprint: string, bytes: Uint8Array): void => {
    const known = forms.get(fingerprint) ?? new Map<string, Uint8Array>();
    forms.set(fingerprint, known.set(digestOf(bytes), bytes));
  };
  for (const { officers, certificates } of documents) {
    for (const { fingerprint, certificate } of officers) {
      const bytes = decodeBase64(certificates[certificate] ?? '');
      if (needed.has(fingerprint) && bytes !== undefined) take(fingerprint, bytes);
    }
  }
  const { officers } = await configuration.load();
  for (const { fingerprint, certificate } of officers) {
    if (needed.has(fingerprint)) {
      take(fingerprint, await configuration.readCertificate(certificate));
    }
  }
  for (const fingerprint of needed) {
    if (forms.has(fingerprint)) continue;
    const kept = await keptOf(configuration, fingerprint);
    if (kept !== undefined) take(fingerprint, kept);
  }
  return [...needed].flatMap((fingerprint) => {
    const found = [...(forms.get(fingerprint)?.values() ?? [])];
    if (found.length === 0) throw new WorkspaceFault('signer-certificate-lost', { fingerprint });
    return found.map((bytes, at) => ({
      path: `people/signers/${fingerprint}${at === 0 ? '' : `-${at + 1}`}.asc`,
      bytes,
    }));
  });
}

/** Undefined where it was never kept. */
async function keptOf(
  configuration: Pick<Configuration, 'readCertificate'>,
  fingerprint: string,
): Promise<Uint8Array | undefined> {
  try {
    return await configuration.readCertificate(keptCertificate(fingerprint));
  } catch (error) {
    if (isFault(error) && error.code === 'config-file-missing') return undefined;
    throw error;
  }
}
