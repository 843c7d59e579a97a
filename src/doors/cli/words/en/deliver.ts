export const deliverWords = {
  title: (handoff: string) => `Handoff ${handoff}`,
  nothingSent: 'nothing was sent in this run',
  attempts: (n: string) => `${n} attempts`,
  checkpoint: (size: string) =>
    `Checkpoint over ${size} entries of the log. Keep it somewhere else: it proves everything up to here.`,
  summary: (done: string, all: string) => `${done} of ${all} cards are with their recipients`,
  show: (handoff: string) => `mimamori handoff show ${handoff}`,
  settled: (batch: string, state: string) => `Batch ${batch} is now ${state}.`,
  settledNote: "Recorded as a person's word, with the reason given.",
  retryNote: 'The same file, under the same name, may be sent again.',
};

export type DeliverWords = typeof deliverWords;
