import { counted } from './counted.ts';

/** Words about an auditor kit that was written. */
export const kitWords = {
  made: (directory: string) => `The kit for reviewers stands in ${directory}.`,
  incident: 'Incident',
  handoffs: 'Handoffs',
  files: 'Files',
  signatures: 'Signed documents',
  manifest: 'List of files',
  log: 'Log',
  signedOver: (entries: number) =>
    `a checkpoint over ${counted(entries, 'entry', 'entries')}, signed now`,
  check:
    'Whoever gets it runs check.sh in it, without Mimamori. README.md and README.ja.md in it tell how, and what it shows.',
  secret:
    'It holds names, reasons and truncated card numbers, and no whole one. Send it encrypted; hand the key of the log over by another way.',
};

export type KitWords = typeof kitWords;
