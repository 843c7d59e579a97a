import { about, fact, stateOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { stateNames } from './state-names.ts';

const kept = 'Nothing was sealed, nothing is stored.';
const settle = 'mimamori incident recalled BATCH --as ID --reason "…"';
const recall = (options: string): string =>
  `mimamori handoff recall --incident ID ${options} --as ID --reason "…"`;

export const recallFaults = {
  'recall-nothing': {
    what: (f) => `nothing of incident ${fact(f, 'incident', '?')} is to be recalled`,
    means: () => `No card is proposed, or all of them are recalled already. ${kept}`,
    next: () => [
      {
        command: 'mimamori incident show ID',
        label: 'shows what is proposed, and where recalls stand',
      },
      {
        command: recall('--records FILE'),
        label: 'for records that you name, one reference a line',
      },
    ],
  },
  'recall-untold': {
    what: (f) =>
      `only a new prepare can tell which cards of batch ${fact(f, 'batch', '?')} are out${about(f, 'cards', (n) => ` (${n} of them)`)}`,
    means: () => `A recall of the wrong cards would leave them unwatched. ${kept}`,
    next: () => [
      {
        command: 'mimamori handoff prepare --incident ID --source FILE --as ID',
        label: 'from all the sources of that batch; decide it, then recall',
      },
      { command: recall('--batch BATCH'), label: 'for another batch alone' },
    ],
  },
  'recall-not-delivered': {
    what: (f) =>
      `batch ${fact(f, 'batch', '?')} is ${stateOf(f, 'state', stateNames.batch) ?? 'not with its recipient'}`,
    means: () => `Only what its recipient has for sure is recalled. ${kept}`,
    next: () => [
      { command: 'mimamori handoff show ID', label: 'says how to settle it, or cancel it' },
    ],
  },
  'recall-twice': {
    what: (f) =>
      `batch ${fact(f, 'batch', '?')} has cards among these that stand recalled${about(f, 'cards', (n) => `: ${n}`)}`,
    means: () => `Their recall is on its way or there, and they did not return them. ${kept}`,
    next: () => [
      { command: 'mimamori incident show ID', label: 'shows where recalls stand' },
      'name only records that do not stand recalled',
    ],
  },
  'recall-other-incident': {
    what: (f) =>
      `batch ${fact(f, 'batch', '?')} is of incident ${fact(f, 'incident', '?')}, not of this one`,
    means: () => kept,
    next: () => [{ command: 'mimamori handoff list', label: 'shows handoffs by incident' }],
  },
  'recall-not-possible': {
    what: (f) => `cards of batch ${fact(f, 'batch', '?')} cannot be recalled by a file`,
    means: (f) =>
      `It holds references, is a recall itself, or was sent without this program (${fact(f, 'why', '?')}): there is no record by which its recipient could find cards. ${kept}`,
    next: () => [
      'ask the recipient by phone or mail',
      { command: settle, label: 'keeps what they said' },
    ],
  },
  'recall-unreadable': {
    what: (f) =>
      `the file of batch ${fact(f, 'batch', '?')} has no record references for ${fact(f, 'recipient', 'its recipient')}`,
    means: (f) =>
      `Profile ${fact(f, 'profile', '?')} has none, or it was another one then: nobody there could tell which cards are meant. ${kept}`,
    next: () => [
      { command: recall('--batch BATCH --whole'), label: 'recalls the whole file' },
      'or ask the recipient by phone or mail',
      { command: settle, label: 'keeps what they said' },
    ],
  },
  'recall-unmarked': {
    what: (f) => `files for ${fact(f, 'recipient', 'a recipient')} have names of their own there`,
    means: () => `Under such a name a recall would look like a list of leaked cards. ${kept}`,
    next: () => [
      'ask the recipient by phone or mail to set the cards aside',
      { command: settle, label: 'keeps what they said' },
    ],
  },
  'recall-records-malformed': {
    what: (f) => `the file with record references cannot be read: line ${fact(f, 'line', '?')}`,
    means: () =>
      `A line is ten digits and nothing else, and there are a million at most. If card numbers stand in it, remove the file. ${kept}`,
    next: () => ['take the references from the file that was sent, or from an answer'],
  },
  'recall-record-unknown': {
    what: (f) =>
      `no batch of this incident has the record reference on line ${fact(f, 'line', '?')}${about(f, 'references', (n) => ` (${n} in all)`)}`,
    means: () => kept,
    next: () => [
      { command: 'mimamori handoff list', label: 'shows the handoffs of each incident' },
    ],
  },
  'recall-alone': {
    what: (f) => `recall ${fact(f, 'handoff', '?')} needs another officer, whatever the hour`,
    means: () => 'Cards that are recalled are watched no more. Nothing was sent.',
    next: () => [
      {
        command: 'mimamori handoff approve ID --as ID --officer-key FILE',
        label: 'the approver, not you',
      },
    ],
  },
} as const satisfies Record<string, FaultWords>;
