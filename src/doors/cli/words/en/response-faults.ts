import type { Facts } from '../../../../domain/fault.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { counted } from './counted.ts';

const batch = (f: Facts): string => fact(f, 'batch', 'the batch');
const line = (f: Facts): string => about(f, 'line', (n) => ` (line ${n})`);
const nothing = 'Nothing of it was stored; the refusal is in the log.';

export const responseFaults = {
  'response-malformed': {
    what: (f) =>
      `the answer cannot be read${line(f)}${f['column'] === 0 ? '' : about(f, 'column', (n) => `: column ${n}`)}`,
    means: () => `It is not built as an answer of this recipient is. ${nothing}`,
    next: () => [
      'docs/formats/resolved-answer-v1.md and card-answer.md show one; ask the recipient for it',
    ],
  },
  'response-too-large': {
    what: (f) => `the answer is larger than one can be${line(f)}`,
    means: () => nothing,
    next: () => ['ask the recipient what they sent; an answer has one short line a reference'],
  },
  'response-holds-card': {
    what: (f) => `ALARM: a whole card number stands in the answer${line(f)}`,
    means: () =>
      `No answer has one: it names cards by record reference, or by brand, issuer and last four digits. ${nothing}`,
    next: () => [
      'remove every copy of the file from this machine, its mailbox and its backups',
      'tell the recipient by phone, and ask for the answer without card numbers',
    ],
  },
  'response-digits': {
    what: (f) =>
      `the answer has digits that do not belong there${line(f)}${about(f, 'column', (n) => `: column ${n}`)}`,
    means: () =>
      `Besides its record reference a line has 8 digits at most: an issuer 4 (no BIN), a reason 5; all as 0-9, none as ① or ². ${nothing}`,
    next: () => [
      'look whether a card number is hidden in it: then remove every copy, and tell the recipient',
      'ask the recipient for the answer without these digits',
    ],
  },
  'response-of-other': {
    what: (f) => `the answer is about another ${fact(f, 'what', 'batch')} than that of ${batch(f)}`,
    means: () => nothing,
    next: () => ['the first line of the answer says of which: name that one with --batch'],
  },
  'response-count-differs': {
    what: (f) =>
      f['what'] === 'cards'
        ? `the recipient received ${counted(fact(f, 'announced', 'other'), 'card')}, and ${fact(f, 'found', 'others')} were sent`
        : `the answer announces ${fact(f, 'announced', 'other')} rows and has ${fact(f, 'found', 'others')}`,
    means: (f) =>
      `${f['what'] === 'cards' ? 'They may have read the file wrongly.' : 'It may have been cut off.'} ${nothing}`,
    next: (f) => [
      f['what'] === 'cards'
        ? 'ask the recipient how many records they found in the file'
        : 'ask the recipient for the whole file',
    ],
  },
  'response-contradicts': {
    what: (f) =>
      `the answer contradicts itself or what was sent: ${counted(fact(f, 'unknown', '0'), 'row')} of what was not sent, ${counted(fact(f, 'duplicates', '0'), 'second row')}, ${fact(f, 'differing', '0')} with another brand or last four digits than the shop has${line(f)}`,
    means: () => `It may answer something else, or have been made wrongly. ${nothing}`,
    next: (f) => [
      'ask the recipient',
      // Of an answer about cards nothing differs so, and the rest nobody can accept.
      ...(f['differing'] === 0
        ? []
        : [
            {
              command: 'mimamori response import … --accept-differing --reason "…"',
              label: 'if only brands or last four digits differ and the shop was wrong',
            },
          ]),
    ],
  },
  'response-code-unknown': {
    what: (f) => `the answer has a code that the recipient's format does not know${line(f)}`,
    means: () => `What is not understood is not taken for a yes. ${nothing}`,
    next: () => [
      'docs/formats/card-answer.md lists the codes; ask the recipient what theirs means',
      {
        command: 'mimamori recipient update ID --answer-format FORMAT',
        label: 'if they write another format',
      },
    ],
  },
  'response-takes-back': {
    what: (f) =>
      `the answer takes back what was said before: ${counted(fact(f, 'contradicted', 'some'), 'card')} of ${batch(f)}`,
    means: () =>
      `A card was accepted and is returned now, or the other way round, or is watched no longer. ${nothing}`,
    next: (f) => [
      'ask the recipient which of the two holds',
      { command: `mimamori response show ${batch(f)}`, label: 'what was said so far' },
      {
        command: 'mimamori response import … --accept-differing --reason "…"',
        label: 'if the new one holds',
      },
    ],
  },
  'response-stale': {
    what: (f) =>
      `the answer is older than one that stands about ${batch(f)}${about(f, 'standing', (at) => `, signed ${at}`)}`,
    means: () => `It says what was so before. ${nothing}`,
    next: (f) => [
      { command: `mimamori response show ${batch(f)}`, label: 'what stands' },
      'if it still holds, ask the recipient to sign it again',
    ],
  },
  'response-nonce-differs': {
    what: (f) =>
      f['what'] === 'absent'
        ? `the answer does not name the nonce that stands in the file of ${batch(f)}`
        : `the answer names another nonce than the one in the file of ${batch(f)}`,
    means: () =>
      `Whoever opened our file knows the letters of its nonce; whoever wrote this answer may not have. ${nothing}`,
    next: () => [
      'ask the recipient to answer anew, with the nonce of the header of our file',
      {
        command: 'mimamori response import … --accept-nonce --reason "…"',
        label: 'if they told you otherwise that they opened it; all else is still checked',
      },
    ],
  },
  'response-pair-differs': {
    what: (f) =>
      `two files about ${batch(f)} do not say the same: ${counted(fact(f, 'differing', 'some'), 'card')} came back by one of them only, or for another reason`,
    means: () => `All cards with their codes, and those that came back, have to agree. ${nothing}`,
    next: (f) => [
      'ask the recipient which of the two holds, and for both anew',
      { command: `mimamori response show ${batch(f)}`, label: 'what the first one says' },
    ],
  },
  'response-number-repeated': {
    what: (f) =>
      `the answer has the number ${fact(f, 'number', 'of another')}, which an answer of this recipient had before${about(f, 'last', (n) => ` (the newest is ${n})`)}`,
    means: () => `It may be an old one, or theirs are counted twice. ${nothing}`,
    next: () => [
      'ask the recipient which answer it is',
      {
        command: 'mimamori response import … --accept-differing --reason "…"',
        label: 'if they began to count again: the numbers before count no more',
      },
    ],
  },
  'response-known': {
    what: (f) => `this answer was taken in before, for ${batch(f)}`,
    means: () => 'An answer counts once. Nothing was changed.',
    next: (f) => [{ command: `mimamori response show ${batch(f)}` }],
  },
  'response-unsigned': {
    what: () => 'the answer came in clear, and nobody signed it',
    means: () => `Whoever can write a file could have written it. ${nothing}`,
    next: () => [
      'ask the recipient to encrypt it to our key and to sign it with theirs',
      { command: 'mimamori key export --openpgp', label: 'our key' },
      {
        command: 'mimamori response import … --accept-unsigned --reason "…"',
        label: 'if you know otherwise that it is theirs',
      },
    ],
  },
  'response-over-signed': {
    what: (f) =>
      `nobody signed this answer, and it changes ${fact(f, 'differing', 'some')} references of ${batch(f)}, which has a signed one`,
    means: () => `What was signed is changed only by what is signed. ${nothing}`,
    next: () => ['ask the recipient to encrypt it to our key and to sign it with theirs'],
  },
  'response-overtaken': {
    what: (f) => `another answer about ${batch(f)} came in or was settled in the meantime`,
    means: () => 'This one was judged without it. Nothing was stored.',
    next: (f) => [
      {
        command: `mimamori response show ${batch(f)}`,
        label: 'look at it, then run the command again if it still holds',
      },
    ],
  },
  'response-complete': {
    what: (f) =>
      f['what'] === 'arrival'
        ? `${fact(f, 'arrival', 'the file')} is not in quarantine: it waits, was taken in or is settled`
        : f['what'] === 'refused'
          ? `no refused answer about ${batch(f)} is open`
          : `everything of ${batch(f)} is resolved or settled: nothing is open`,
    next: (f) =>
      f['what'] === 'arrival'
        ? [{ command: 'mimamori response list', label: 'look at them' }]
        : [{ command: `mimamori response show ${batch(f)}`, label: 'look at it' }],
  },
  'response-of-cards': {
    what: (f) => `${batch(f)} holds cards, not references: there is nothing to resolve`,
    next: () => [{ command: 'mimamori handoff list' }],
  },
  'response-of-recall': {
    what: (f) => `the answer to recall ${batch(f)} says that cards are watched`,
    means: () =>
      'They were asked to set these cards aside; taken for a yes, it would hide that they did not. Nothing of the answer was kept.',
    next: () => [
      'ask the recipient: a card that they set aside is accepted, one that they keep is returned',
    ],
  },
} as const satisfies Record<string, FaultWords>;
