import type { Transaction } from 'kysely';

import type {
  ConfigurationApprover,
  NewConfigurationApproval,
} from '../../exchange/configuration/configuration-versions.ts';
import type { ConfigurationApprovalTable } from './configuration-tables.ts';
import { storedValidity } from './stored-validity.ts';
import type { Tables } from './tables.ts';

/** Records who may approve by a version once it is in force, and until when. Throws what the database throws. */
export async function insertApprovers(
  trx: Transaction<Tables>,
  configuration: string,
  approvers: readonly ConfigurationApprover[],
): Promise<void> {
  for (const { officer, fingerprint, validUntil } of approvers) {
    await trx
      .insertInto('configuration_approver')
      .values({ configuration, officer, fingerprint, valid_until: storedValidity(validUntil) })
      .execute();
  }
}

/** When an approval was given, and what its officer is bound by: the version replaced, or the first one itself. */
export function approverColumns(
  digest: string,
  replaces: string | null,
  { approvedAt, validUntil }: NewConfigurationApproval,
): Pick<
  ConfigurationApprovalTable,
  'approved_at' | 'approver_in' | 'approver_in_state' | 'valid_until'
> {
  return {
    ...{ approved_at: approvedAt.getTime(), valid_until: storedValidity(validUntil) },
    approver_in: replaces ?? digest,
    approver_in_state: replaces === null ? null : 'adopted',
  };
}
