import { counted } from './counted.ts';

/** Words about sources that were brought into boxes. */
export const broughtWords = {
  none: 'No source lies here that was brought. Whoever has a box puts one into its folder sources/.',
  title: 'Brought into boxes, encrypted as they came',
  standing: {
    unknown: () => 'waits: no handoff was made of it',
    needed: (handoffs: string) => `used by ${handoffs}; its cards are not all handed over`,
    done: (handoffs: string) => `used by ${handoffs}; not needed any more`,
  },
  prepare: (id: string) =>
    `mimamori handoff prepare --incident INCIDENT --source inbox:${id} --as ID`,
  prepareLabel: 'reads it; the signature has to be of a pinned sender',
  refuse: (id: string) => `mimamori purge source inbox:${id} --as ID --force-reason "…"`,
  refuseLabel: 'removes one that nobody will use',
  purge: (id: string) => `mimamori purge source inbox:${id} --as ID`,
  purgeLabel: 'removes one whose cards are handed over',
  waiting: (box: string, n: number) => `${counted(n, 'source')} brought by ${box}`,
  list: 'mimamori source list',
};

export type BroughtWords = typeof broughtWords;
