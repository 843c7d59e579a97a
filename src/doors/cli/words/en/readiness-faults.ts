import { about, fact, stateOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { stateNames } from './state-names.ts';

const nothing = 'Nothing was recorded.';

export const readinessFaults = {
  'waiver-step': {
    what: (f) =>
      `a waiver that is ${stateOf(f, 'from', stateNames.waiver) ?? 'where it is'} cannot become ${stateOf(f, 'to', stateNames.waiver) ?? 'that'}`,
    means: () =>
      'docs/states.md has the steps; nothing follows a closed one. Nothing was recorded.',
    next: (f) => [
      { command: `mimamori waiver show ${fact(f, 'incident', 'ID')}`, label: 'where it stands' },
    ],
  },
  'party-unknown': {
    what: (f) =>
      `no list of incident ${fact(f, 'incident', 'this one')} is for ${fact(f, 'party', 'this name')}`,
    means: (f) => `${nothing}${about(f, 'known', (names) => ` Its lists are for: ${names}.`)}`,
    next: (f) => [
      { command: `mimamori incident readiness ${fact(f, 'incident', 'ID')}`, label: 'shows them' },
      'name the issuer as the issuer table does; "unknown" for cards of none',
    ],
  },
  'statement-changed': {
    what: () => 'somebody else recorded something about the same at this moment',
    means: () => nothing,
    next: (f) => [
      {
        command: `mimamori incident readiness ${fact(f, 'incident', 'ID')}`,
        label: 'look at it, then record again if it still holds',
      },
    ],
  },
  'statement-unrecorded': {
    what: (f) => `nothing that could be withdrawn is recorded about ${fact(f, 'what', 'it')}`,
    means: () => nothing,
    next: (f) => [
      {
        command: `mimamori incident readiness ${fact(f, 'incident', 'ID')}`,
        label: 'shows what was told, and of whom',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
