import { DecisionFault } from '../domain/handoff/decision-errors.ts';
import type { Officer } from '../domain/workspace/officer.ts';
import type { Configuration } from './configuration.ts';
import type { OfficerKey, Signatures } from './signatures.ts';

/** How an officer stands behind a statement: a key used here for this one command, or a signature made elsewhere. */
export type OfficerProof =
  | { readonly by: 'key'; readonly key: OfficerKey }
  | { readonly by: 'signature'; readonly signature: Uint8Array };

/**
 * A detached signature by the officer over the statement, made or checked here. Either way it is verified against the
 * officer's pinned certificate before anyone relies on it, so that a key of somebody else is refused.
 *
 * Throws `officer-key-mismatch` and the faults of the OpenPGP edge.
 */
export async function signStatement(
  ports: { readonly signatures: Signatures; readonly configuration: Configuration },
  officer: Officer,
  statement: Uint8Array,
  proof: OfficerProof,
): Promise<Uint8Array> {
  const signature =
    proof.by === 'key'
      ? await ports.signatures.signDetached(statement, proof.key)
      : proof.signature;
  await verifyStatement(ports, officer, statement, signature);
  return signature;
}

/** Checks a signature that is stored or was handed in. Throws as `signStatement`. */
export async function verifyStatement(
  ports: { readonly signatures: Signatures; readonly configuration: Configuration },
  officer: Officer,
  statement: Uint8Array,
  signature: Uint8Array,
): Promise<void> {
  const certificate = await ports.configuration.readCertificate(officer.certificate);
  const { fingerprint } = await ports.signatures.verifyDetached(statement, signature, certificate);
  if (fingerprint !== officer.fingerprint) {
    throw new DecisionFault('officer-key-mismatch', { officer: officer.id });
  }
}
