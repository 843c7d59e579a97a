import { accountsOf } from '../acts/shared-accounts.ts';
import type { SharedAccount } from '../acts/shared-accounts.ts';
import type { HashedLog } from '../audit/hashed-leaves.ts';
import { configurationHistory } from './configuration-history.ts';
import type { StandingConfiguration } from './configuration-history.ts';
import { configurationLeaves } from './configuration-leaves.ts';

/** A version, and the accounts under which more than one officer proposed and approved it. */
export interface SignedConfiguration extends StandingConfiguration {
  readonly accounts: readonly SharedAccount[];
}

/**
 * Every version as `configurationHistory` has it. One account forbids nothing, but who had it may have had both keys.
 * Throws AuditFault `leaf-malformed`, `log-altered`.
 */
export async function signedHistory(
  ports: Parameters<typeof configurationHistory>[0] & { readonly log: HashedLog },
): Promise<readonly SignedConfiguration[]> {
  const { proposed, approved } = await configurationLeaves(ports.log);
  const leavesOf = Map.groupBy([...proposed, ...approved], ({ data }) => data['configuration']);
  return (await configurationHistory(ports)).map((standing) => ({
    ...standing,
    accounts: accountsOf(leavesOf.get(standing.version.digest) ?? []),
  }));
}
