import type { Facts } from '../../../../domain/fault.ts';
import { about, fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const handoff = (f: Facts): string => fact(f, 'handoff', 'HANDOFF');
const approve = (f: Facts): { command: string; label: string } => ({
  command: `mimamori handoff approve ${handoff(f)} --as ID --officer-key FILE`,
  label: 'the second signature, by someone else',
});
const decline = (f: Facts): { command: string; label: string } => ({
  command: `mimamori handoff decline ${handoff(f)} --as ID --officer-key FILE --reason "…"`,
  label: 'or their decline',
});
const goOn = (f: Facts): { command: string; label: string } => ({
  command: `mimamori handoff deliver ${handoff(f)} --as ID`,
  label: 'goes on with that handoff, without --emergency',
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
    means: (f) =>
      factOf(f, 'batch') === undefined
        ? 'One emergency at a time. Nothing was sent.'
        : `Batch ${fact(f, 'batch', '')} may have left, so only somebody else's signature ends it. Nothing was changed.`,
    next: (f) => [approve(f), factOf(f, 'batch') === undefined ? goOn(f) : decline(f)],
  },
  'emergency-overdue': {
    what: (f) =>
      `the second signature of handoff ${handoff(f)} is overdue${about(f, 'due', (at) => ` (it was due ${at})`)}`,
    means: () => 'One person alone sends no more of it. Nothing was sent now.',
    next: (f) => [approve(f)],
  },
  'emergency-in-future': {
    what: (f) =>
      `the emergency of handoff ${handoff(f)} was declared later than the clock says${about(f, 'at', (at) => ` (${at})`)}`,
    means: () =>
      'The clock of this machine is slow, or was fast then: it cannot tell when the second signature is overdue. Nothing was sent.',
    next: (f) => ['set the clock of this machine right', approve(f)],
  },
  'recall-unknown': {
    what: (f) => `no recall is proposed for batch ${fact(f, 'batch', '?')}`,
    means: () => 'Nothing was changed.',
    next: () => [{ command: 'mimamori status', label: 'shows what is proposed' }],
  },
} as const satisfies Record<string, FaultWords>;
