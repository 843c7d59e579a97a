/** Words about accounts of the operating system under which officers signed. */
export const accountWords = {
  oneAccount: 'One account',
  and: ' and ',
  signedUnder: (officers: string, account: string, host: string) =>
    `${officers} signed as ${account} on ${host}`,
};

export type AccountWords = typeof accountWords;
