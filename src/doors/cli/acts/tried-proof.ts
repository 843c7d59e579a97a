import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { tryKey } from '../../../exchange/acts/sign-statement.ts';
import type { OfficerProof } from '../../../exchange/acts/sign-statement.ts';
import { officerProof } from '../invocation.ts';
import type { GlobalOptions, ProofPorts } from '../invocation.ts';

/**
 * The proof of whoever signs at the end of long work, once their key was tried. A signature of something that is yet to
 * be made there cannot be: throws `usage`, and what `officerProof` and `tryKey` throw.
 */
export async function triedProof(
  options: GlobalOptions,
  ports: ProofPorts & Parameters<typeof tryKey>[0],
): Promise<OfficerProof | undefined> {
  if (options.signature !== undefined) {
    throw new WorkspaceFault('usage', {
      option: '--signature',
      expected: 'mimamori handoff request --signature FILE, once there is a plan to sign',
    });
  }
  const proof = await officerProof(options, ports);
  await tryKey(ports, options.as, proof);
  return proof;
}
