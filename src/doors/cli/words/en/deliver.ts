import { counted } from './counted.ts';

export const deliverWords = {
  title: (handoff: string) => `Handoff ${handoff}`,
  nothingSent: 'nothing was sent in this run',
  attempts: (why: string, n: string) => `${why} (${n} attempts)`,
  checkpoint: (size: number) =>
    `Checkpoint over ${counted(size, 'entry', 'entries')} of the log. Keep it somewhere else: it proves everything up to here.`,
  storedSum: (n: number) =>
    `${counted(n, 'card')} stored with ${n === 1 ? 'its recipient' : 'their recipients'}`,
  writtenSum: (n: number) => `${counted(n, 'card')} in a folder, to be handed over`,
  offeredSum: (n: number) => `${counted(n, 'card')} in a box, to be fetched`,
  notServed: 'serve does NOT run: nobody can fetch what lies in a box until it does.',
  serveLabel: 'lets recipients fetch',
  fetchedSum: (n: number) =>
    `${counted(n, 'card')} fetched by ${n === 1 ? 'its recipient' : 'their recipients'}`,
  openSum: (n: number) => `${counted(n, 'card')} not sent, or not known to have arrived`,
  testRecipient: (recipient: string) => `mimamori recipient test ${recipient} --as ID`,
  testLabel: 'then deliver again',
  allow: (recipient: string, names: readonly string[]) =>
    `mimamori recipient update ${recipient} ${names.map((name) => `--allow-algorithm ${name}`).join(' ')} --reason "…"`,
  allowLabel: 'only while their server has nothing better; then prepare again',
  show: (handoff: string) => `mimamori handoff show ${handoff}`,
  settled: (batch: string, state: string) => `Batch ${batch} is now ${state}.`,
  settledNote: "Recorded as a person's word, with the reason given.",
  retryNote: 'The same file, under the same name, may be sent again.',
};

export type DeliverWords = typeof deliverWords;
