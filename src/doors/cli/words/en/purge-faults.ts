import type { UnfinishedThing } from '../../../../domain/handoff/purge-errors.ts';
import { about, fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { openThings, unfinishedSteps } from '../unfinished-steps.ts';
import { counted } from './counted.ts';

const things: Readonly<Record<UnfinishedThing, string>> = {
  'incident-open': 'it is not closed',
  handoffs: 'a handoff is being prepared or waits for its decision',
  batches: 'a batch is not sent, failed, or nobody knows whether it arrived',
  recalls: 'a recall is not settled',
  responses: 'answers about references or cards are missing, or not settled',
  waivers: 'a waiver waits for its answer',
  'second-signature': 'a second signature is owed',
};

/** What each step is for. */
const ends: Readonly<Record<UnfinishedThing, string>> = {
  'incident-open': 'ends it',
  handoffs: 'shows what it waits for; handoff cancel gives it up',
  batches: 'shows where they stand, and what to do about each',
  recalls: 'recalls them; incident recalled notes one that was told otherwise',
  responses: 'says why nobody waits for its answer any more; response show has what is open',
  waivers: 'STATE is what they answered, or no-answer',
  'second-signature': 'shows who has to sign',
};

export const purgeFaults = {
  'purge-source-unknown': {
    what: (f) => `no handoff of this workspace was made of ${fact(f, 'file', 'this file')}`,
    means: () => 'It may be another file, or may have changed since. Nothing was removed.',
    next: () => [
      'check that the right file and workspace were named',
      {
        command: 'mimamori purge source FILE --as ID --force-reason "…"',
        label: 'removes it all the same',
      },
    ],
  },
  'purge-undelivered': {
    what: (f) => {
      const [file, handoffs] = [fact(f, 'file', 'this file'), fact(f, 'handoffs', '?')];
      const held = factOf(f, 'held');
      return held === undefined
        ? `the cards of ${file} are not handed over yet (${handoffs})`
        : `${file} is still needed: ${counted(held, 'record')} held by handoff ${handoffs}`;
    },
    means: (f) =>
      factOf(f, 'held') === undefined
        ? 'It may be needed again. Nothing was removed.'
        : 'A held record is on no list, and nowhere but in the source. Nothing was removed.',
    next: (f) => [
      factOf(f, 'held') === undefined
        ? { command: 'mimamori status', label: 'shows what is missing' }
        : {
            command: `mimamori handoff held ${fact(f, 'handoffs', 'ID')}`,
            label: 'says why, and what decides them; then prepare once more',
          },
      {
        command: 'mimamori purge source FILE --as ID --force-reason "…"',
        label: 'removes it all the same',
      },
    ],
  },
  'incident-unfinished': {
    what: (f) =>
      `incident ${fact(f, 'incident', '?')} is not over: ${openThings(f, things).join('; ')}`,
    means: () => 'What is still needed for it would be gone. Nothing was removed.',
    next: (f) => unfinishedSteps(f, ends),
  },
  'incident-retained': {
    what: (f) =>
      `incident ${fact(f, 'incident', '?')} is to be kept${about(f, 'until', (until) => ` until ${until}`)}`,
    means: (f) =>
      f['until'] === undefined
        ? 'No retention is set in config/mimamori.toml ([retention] incident_days). Nothing was removed.'
        : 'Its retention has not ended. Nothing was removed.',
    next: () => [
      {
        command: 'mimamori purge incident ID --early --as ID --reason "…"',
        label: 'removes it all the same',
      },
    ],
  },
  'purge-statement-old': {
    what: (f) =>
      `what the other officer signed is not the purge of incident ${fact(f, 'incident', '?')} as it stands`,
    means: () =>
      'It names another state, reason or officer, or is older than 7 days. Nothing was removed; a new statement is written.',
    next: (f) => [
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'purge.json')}`,
        label: 'by the other officer, once they have read it; then run the command again',
      },
    ],
  },
  'purge-second-required': {
    what: (f) =>
      `an early purge of incident ${fact(f, 'incident', '?')} takes another officer's signature`,
    means: () =>
      'In a live workspace nobody removes evidence alone before its time. Nothing was removed.',
    next: (f) => [
      {
        command: `gpg --detach-sign ${fact(f, 'path', 'purge.json')}`,
        label: 'by the other officer; without --second there is nothing to sign yet',
      },
      {
        command:
          'mimamori purge incident ID --early --second OFFICER --second-signature FILE --as ID --reason "…"',
        label: 'with the same reason',
      },
    ],
  },
  'incident-purged': {
    what: (f) => `incident ${fact(f, 'incident', '?')} was purged`,
    means: () => 'Only its log, plans and counts are left, and nothing is added to it any more.',
    next: () => [{ command: 'mimamori incident show ID', label: 'says when' }],
  },
  'source-linked': {
    what: (f) => `the source has ${counted(fact(f, 'count', '2'), 'name', 'names')} (hard links)`,
    means: () => 'Taking one name away would leave the file where it is. Nothing was removed.',
    next: () => ['find its other names (find DISK -samefile FILE) and remove them first'],
  },
  'source-changed': {
    what: () => 'the source changed while it was looked at',
    means: () => 'Somebody is writing to it, or put another file in its place. It was not removed.',
    next: () => ['see who uses it, and run the same command again'],
  },
} as const satisfies Record<string, FaultWords>;
