/** Words of `key rotate --log` and `key retire --log`. */
export const logKeyWords = {
  rotated: (size: string) =>
    `A new key of the log was made. Both keys signed the checkpoint of ${size} entries.`,
  newKey: 'New key',
  oldKey: 'Retiring key',
  overlap:
    'Until the old key is retired, both sign. Whoever holds the old one follows to the new one by an entry of the log, under a checkpoint that the old one signed.',
  steps: {
    send: 'the new key, for each reviewer',
    end: 'when all have it',
  },
  retired: (vkey: string) => `The log key ${vkey} is retired.`,
  retiredMeans:
    'It signs nothing any more, and its private half was removed. What it signed still verifies.',
};

export type LogKeyWords = typeof logKeyWords;
