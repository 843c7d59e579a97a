import type { Facts } from '../../../../domain/fault.ts';
import { letterFields } from '../../../../domain/waivers/letter-fields.ts';
import { exceptionValues } from '../../../../domain/waivers/waiver-exceptions.ts';
import { about, fact } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const nothing = 'Nothing was recorded.';

const columns: Readonly<Record<string, string>> = {
  record: 'it has no record reference (up to ten digits) and no order',
  exception: `the exception is none of ${exceptionValues.join(', ')}`,
  none: 'no line names an exception',
  number: 'it holds a card number; record references name cards',
  quotes: 'its quotes do not close',
  charset: 'it is neither UTF-8 nor CP932',
};
const problems: Readonly<Record<string, string>> = {
  charset: 'it is no UTF-8',
  placeholder: 'a placeholder that there is not',
  braces: 'braces {{ }} that are no placeholder',
  control: 'a character that nobody sees',
  'card-number': 'it holds a card number',
};
const columnOf = (f: Facts): string => columns[fact(f, 'column', '')] ?? 'it cannot be read';

export const waiverFaults = {
  'exceptions-malformed': {
    what: (f) => `${about(f, 'line', (line) => `line ${line} of `)}the table: ${columnOf(f)}`,
    means: () => nothing,
    next: (f) => [
      ...(f['column'] === 'number' ? ['delete the file: a card number stands in it in clear'] : []),
      'give a table with a column record or order, and a column exception where --exception does not say it for all',
    ],
  },
  'exceptions-unplaced': {
    what: (f) =>
      `not every line names a card of ${fact(f, 'issuer', 'this issuer')} on a list of ${fact(f, 'incident', 'the incident')}: lines ${fact(f, 'lines', '?')}`,
    means: (f) =>
      [
        about(
          f,
          'unknown',
          (n) => `On no list, or recalled from it, or an order without a card: ${n}. `,
        ),
        about(f, 'ambiguous', (n) => `Orders that may mean several cards: ${n}. `),
        about(f, 'elsewhere', (n) => `Cards of another issuer: ${n}. `),
        about(f, 'twice', (n) => `Named twice, with two exceptions: ${n}. `),
        nothing,
      ].join(''),
    next: (f) => [
      'mend or remove these lines; a record reference names a card for certain, an order only by brand and last four digits',
      ...(f['unknown'] === undefined
        ? []
        : [
            'of a card that is on no list any more nothing new can be noted; what was noted can be withdrawn with none',
          ]),
    ],
  },
  'letter-template': {
    what: (f) =>
      `${fact(f, 'file', 'a template of a letter')}${about(f, 'line', (line) => `, line ${line}`)}: ${problems[fact(f, 'problem', '')] ?? 'it cannot be used'}${about(f, 'found', (name) => ` ({{${name}}})`)}`,
    means: () => 'No letter was written.',
    next: () => [
      `placeholders are: ${letterFields.map((field) => `{{${field}}}`).join(' ')}`,
      'mend it, or remove it: then the template that comes with the program is used',
    ],
  },
  'letter-without-cards': {
    what: (f) =>
      `no list of ${fact(f, 'incident', 'the incident')} with cards of ${fact(f, 'issuer', 'this issuer')} has left for sure${about(f, 'recipient', (id) => ` to ${id}`)}`,
    means: (f) =>
      `${about(f, 'recipient', () => 'Cards that the issuer table does not know can be any company’s: a recipient is told only of those on lists of its own. ')}A letter names only cards that somebody has for sure. What lies in a folder of ours counts once a person says that it arrived. No letter was written.`,
    next: () => [
      { command: 'mimamori handoff list', label: 'where the lists stand' },
      {
        command:
          'mimamori handoff record BATCH --rung received --channel phone --by "NAME" --at "YYYY-MM-DD HH:MM" --as ID',
        label: 'once they have said that it arrived; then write the letter',
      },
    ],
  },
  'waiver-unsaid': {
    what: (f) => `no file can ask for a waiver${about(f, 'profiles', (p) => `: ${p}`)}`,
    means: () => 'None of these format profiles has a place for it. Nothing was read or sealed.',
    next: () => [
      'add the field waiver_request to the header of a profile, once its recipient has confirmed it',
      { command: 'mimamori waiver request INCIDENT …', label: 'if they are asked by other means' },
    ],
  },
} as const satisfies Record<string, FaultWords>;
