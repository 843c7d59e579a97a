import { counted } from './counted.ts';

export const progressWords = {
  phase: { reading: 'Reading', sealing: 'Sealing', sending: 'Sending' },
  reading: (count: string) => counted(count, 'record'),
  sealing: (count: string) => counted(count, 'card'),
  sending: (count: string) => counted(count, 'byte'),
  left: (time: string) => `about ${time} left`,
};

export type ProgressWords = typeof progressWords;
