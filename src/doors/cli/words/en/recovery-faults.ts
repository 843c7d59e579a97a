import { about, fact } from '../fault-words.ts';
import type { FaultWords, Step } from '../fault-words.ts';

const verify: Step = { command: 'mimamori audit verify', label: 'what does not hold' };
const request: Step = { command: 'mimamori audit recover --as ID --officer-key FILE --reason "…"' };

/** Words about a log that is to go on after its last entries were lost. */
export const recoveryFaults = {
  'anchor-recovered': {
    what: (f) =>
      `another copy of this workspace was recovered and goes on${about(f, 'recovered', (r) => ` (${r})`)}`,
    means: () =>
      'Two officers let the log go on from a backup. Two copies that go on would each send. Nothing was signed, nothing was sent.',
    next: () => [
      'go on in the recovered copy',
      'keep this one for reading: it may have what is lost there',
    ],
  },
  'recovery-not-needed': {
    what: () => 'the anchor agrees with this log: there is nothing to recover',
    means: () => 'A recovery is for a copy that is older than its anchor, or differs from it.',
    next: () => [{ command: 'mimamori doctor', label: 'what else may be wrong' }],
  },
  'recovery-unknown-successor': {
    what: (f) =>
      `the newest checkpoint in the anchor is signed by a key that this copy does not know${about(f, 'file', (x) => ` (${x})`)}`,
    means: () =>
      'The key of the log was replaced after this copy was made, or somebody else signs. What is lost cannot be told from here. Nothing was changed.',
    next: () => [
      'restore a backup from after that key was made',
      'if there is none, keep this copy for reading and make a new workspace',
    ],
  },
  'recovery-statement': {
    what: (f) => `no request fits what was given${about(f, 'reason', (r) => ` (${r})`)}`,
    means: () =>
      'It was never made here, is not signed by its requester, was changed, or is about another state of the anchor. Nothing was changed.',
    next: () => [request, verify],
  },
  'recovery-own-request': {
    what: (f) =>
      `${fact(f, 'officer', 'this officer')} asked for the recovery and cannot approve it`,
    means: () => 'Two persons with two certificates stand behind it. Nothing was changed.',
    next: () => [
      {
        command: 'mimamori audit recover DIGEST --as ID --officer-key FILE',
        label: 'someone else runs this',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
