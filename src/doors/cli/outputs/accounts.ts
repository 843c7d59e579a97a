import { z } from 'zod';

import type { SharedAccount } from '../../../exchange/acts/shared-accounts.ts';

/** Accounts under which several officers signed; left out where there are none. */
export const accountsSchema = z
  .array(z.strictObject({ host: z.string(), account: z.string(), officers: z.array(z.string()) }))
  .optional();

export function accountsOf(accounts: readonly SharedAccount[] = []): {
  oneAccount?: { host: string; account: string; officers: string[] }[];
} {
  if (accounts.length === 0) return {};
  return {
    oneAccount: accounts.map(({ host, account, officers }) => ({
      ...{ host, account, officers: [...officers] },
    })),
  };
}
