import { fact, factOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const why: Readonly<Record<string, string>> = {
  empty: 'nothing was typed',
  characters: 'it has other characters than digits',
  masked: 'digits of it are hidden',
  length: 'it is too short or too long for its brand',
  'check-digit': 'its check digit does not fit: one digit at least is wrong',
};

const whyNoPerson: Readonly<Record<string, string>> = {
  empty: 'the name is missing, or only one character of it was typed',
  'name-only': 'a name alone is not looked up',
  'too-long': 'a line is too long',
  characters: 'there are digits or control characters in the name, or signs that cannot be read',
  detail: 'the second line is neither a postcode of 7 digits nor a phone number',
  'last-four': 'the third line is not four digits',
};

export const lookupFaults = {
  'lookup-number-unreadable': {
    what: (f) =>
      `this is not a card number: ${why[String(factOf(f, 'reason'))] ?? 'it cannot be read'}`,
    means: () => 'Nothing was looked up, and nothing of it was kept.',
    next: () => ['ask the caller to read the whole number from the card once more'],
  },
  'lookup-person-unreadable': {
    what: (f) =>
      `this cannot be looked up: ${whyNoPerson[String(factOf(f, 'reason'))] ?? 'it cannot be read'}`,
    means: () => 'Nothing was looked up, and nothing of it was kept.',
    next: () => ['ask for the whole name, and for the postcode or phone number of the order'],
  },
  'lookup-too-many': {
    what: (f) =>
      `${fact(f, 'limit', '60')} questions were asked in your name or from this account within one hour`,
    means: () => 'More could be an attempt to try numbers out. Nothing was looked up.',
    next: (f) => [
      `wait until ${fact(f, 'until', 'the hour is over')}`,
      { command: 'mimamori audit tail', label: 'who asked' },
    ],
  },
} satisfies Record<string, FaultWords>;
