import type { WordChannel, WordRung } from '../../../../domain/handoff/persons-word.ts';

/** Words about what a person said of a batch. */
export const recordWords = {
  rung: { stored: 'stored', received: 'received' } satisfies Record<WordRung, string> as Record<
    WordRung,
    string
  >,
  channel: { phone: 'phone', mail: 'mail', portal: 'portal' } satisfies Record<
    WordChannel,
    string
  > as Record<WordChannel, string>,
  how: (channel: string, time: string) => `by ${channel}, ${time}`,
  notedBy: (officer: string) => `noted by ${officer}`,
  evidence: (digest: string, size: string) => `evidence ${digest} (${size})`,
  noEvidence: 'no file',
  recorded: (batch: string, recipient: string) =>
    `A person's word about batch ${batch} for ${recipient} is recorded.`,
  recordedMeans: (state: string) =>
    `It is kept apart from what the machine saw: the batch itself stays "${state}".`,
  show: (handoff: string) => `mimamori handoff show ${handoff}`,
  record: (batch: string) =>
    `mimamori handoff record ${batch} --rung received --channel phone --by "NAME" --at "YYYY-MM-DD HH:MM" --as ID`,
  recordLabel: 'once the recipient has confirmed it',
};

export type RecordWords = typeof recordWords;
