import type { Facts } from '../../../../domain/fault.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const handoff = (f: Facts): string => fact(f, 'handoff', 'HANDOFF');
const approve = (f: Facts): { command: string; label: string } => ({
  command: `mimamori handoff approve ${handoff(f)} --as ID --officer-key FILE`,
  label: 'the second signature, by someone else',
});

export const emergencyFaults = {
  'emergency-not-allowed': {
    what: () => 'the policy of this workspace does not let one person send alone',
    means: () => 'Nothing was sent.',
    next: (f) => [
      approve(f),
      'or decide together, in daylight, on [approvals] emergency = true in config/mimamori.toml',
    ],
  },
  'emergency-open': {
    what: (f) => `handoff ${handoff(f)} was sent by one person and waits for its second signature`,
    means: () => 'One emergency at a time. Nothing was sent.',
    next: (f) => [
      approve(f),
      {
        command: `mimamori handoff deliver ${handoff(f)} --as ID`,
        label: 'goes on with that handoff, without --emergency',
      },
    ],
  },
  'emergency-overdue': {
    what: (f) =>
      `the second signature of handoff ${handoff(f)} is overdue${about(f, 'due', (at) => ` (it was due ${at})`)}`,
    means: () => 'One person alone sends no more of it. Nothing was sent now.',
    next: (f) => [approve(f)],
  },
  'recall-unknown': {
    what: (f) => `no recall is proposed for batch ${fact(f, 'batch', '?')}`,
    means: () => 'Nothing was changed.',
    next: () => [{ command: 'mimamori status', label: 'shows what is proposed' }],
  },
} as const satisfies Record<string, FaultWords>;
