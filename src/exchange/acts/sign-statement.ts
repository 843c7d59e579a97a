import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { enabledOfficer } from './acting-officer.ts';
import type { OfficerKey, Signatures } from './signatures.ts';

/** No statement of any kind: whoever found it signed could use it for nothing. */
const TRIAL = new TextEncoder().encode('mimamori: a trial of a key\n');

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

/**
 * Whether the acting officer's key opens and is theirs, asked before long work that ends with their signature: found out
 * then, the work would be stored and unsigned. What it signs here is nothing that counts, and is thrown away. A signature
 * made elsewhere cannot be tried. Throws `officer-required` and the like, and what `signStatement` throws.
 */
export async function tryKey(
  ports: {
    readonly signatures: Signatures;
    readonly configuration: Configuration;
    readonly clock: Clock;
  },
  id: string | undefined,
  proof: OfficerProof | undefined,
): Promise<void> {
  if (proof?.by !== 'key') return;
  const { officers } = await ports.configuration.load();
  const officer = enabledOfficer(officers, id, 'officer', ports.clock.now());
  await signStatement(ports, officer, TRIAL, proof);
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
