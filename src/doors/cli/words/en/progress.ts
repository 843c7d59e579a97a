import { counted } from './counted.ts';

export const progressWords = {
  phase: {
    reading: 'Reading',
    sealing: 'Sealing',
    sending: 'Sending',
    saving: 'Saving',
    restoring: 'Restoring',
  },
  reading: (count: string) => counted(count, 'record'),
  sealing: (count: string) => counted(count, 'card'),
  sending: (count: string) => counted(count, 'byte'),
  saving: (count: string) => counted(count, 'byte'),
  restoring: (count: string) => counted(count, 'byte'),
  left: (time: string) => `about ${time} left`,
};

export type ProgressWords = typeof progressWords;
