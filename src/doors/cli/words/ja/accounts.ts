import type { AccountWords } from '../en/accounts.ts';

export const accountWords: AccountWords = {
  oneAccount: '同一アカウント',
  and: ' と ',
  signedUnder: (officers, account, host) =>
    `${officers} は ${host} の同じアカウント ${account} で署名しました`,
};
