import { counted } from './counted.ts';

export const merchantWords = {
  merchants: 'By merchant',
  columns: ['merchant', 'records', 'cards', 'references', 'excluded', 'held'],
  none: '(no merchant of the incident)',
  more: (merchants: number) => `(${counted(merchants, 'more merchant')})`,
  total: 'together',
  shared: (sum: number, cards: number) =>
    `A card that was seen at several merchants counts for each of them: ${counted(sum, 'card')} by merchant, ${counted(cards, 'card')} in all.`,
  listed: 'Merchants',
  listedMore: (merchants: number) => `and ${counted(merchants, 'more merchant')}`,
  number: (number: string) => `number ${number}`,
  windowOf: (merchants: string) => `only ${merchants}`,
  routeOf: (merchant: string) => `merchant ${merchant}`,
  several: (merchants: number) => counted(merchants, 'merchant'),
};

export type MerchantWords = typeof merchantWords;
