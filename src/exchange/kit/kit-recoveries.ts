import type { Leaf } from '../../domain/audit/leaf.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { signatureName } from '../acts/papers.ts';
import { statementName } from '../audit/recovery-papers.ts';
import type { RecoveryPapers } from '../audit/recovery-papers.ts';
import { joinedParts, signedDocument } from './incident-kit.ts';
import type { KitPart } from './incident-kit.ts';

export interface KitRecoveryPorts {
  readonly recoveryPapers: Pick<RecoveryPapers, 'read'>;
}

/**
 * The statement by which two officers let the log go on after its last entries were lost: once for each signature, so that
 * it is checked like every other document. Nothing for any other entry.
 *
 * Throws `signed-document-lost` where it or a signature is not what the entry names: no signature of the old key leads to
 * the one that signs this kit, and without these two nobody vouches for it.
 */
export async function recoveryFiles(
  { recoveryPapers }: KitRecoveryPorts,
  { index, leaf }: { readonly index: number; readonly leaf: Leaf },
): Promise<KitPart> {
  if (leaf.act !== 'log-recover') return { files: [], signatures: [] };
  const data = leaf.data as Readonly<
    Record<'statement' | 'requester' | 'requesterFingerprint' | 'requesterSignature', string> &
      Record<'officer' | 'fingerprint' | 'signature', string>
  >;
  const place = `recoveries/${index}`;
  const read = async (name: string, digest: string): Promise<Uint8Array> => {
    const bytes = await recoveryPapers.read(data.statement, name);
    if (bytes !== undefined && digestOf(bytes) === digest) return bytes;
    throw new WorkspaceFault('signed-document-lost', { file: `${place}/${name}` });
  };
  const statement = await read(statementName, data.statement);
  const { requester, requesterSignature, requesterFingerprint } = data;
  const { officer, signature, fingerprint } = data;
  return joinedParts([
    signedDocument(
      `${place}/request-${requester}.json`,
      statement,
      await read(signatureName(requester), requesterSignature),
      requesterFingerprint,
    ),
    signedDocument(
      `${place}/approve-${officer}.json`,
      statement,
      await read(signatureName(officer), signature),
      fingerprint,
    ),
  ]);
}
