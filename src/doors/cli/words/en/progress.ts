export const progressWords = {
  phase: { reading: 'Reading', sealing: 'Sealing', sending: 'Sending' },
  reading: (count: string) => `${count} records`,
  sealing: (count: string) => `${count} cards`,
  sending: (count: string) => `${count} bytes`,
  left: (time: string) => `about ${time} left`,
};

export type ProgressWords = typeof progressWords;
