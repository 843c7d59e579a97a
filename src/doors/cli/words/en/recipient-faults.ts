import type { Facts } from '../../../../domain/fault.ts';
import { fact, numberOf } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';
import { counted } from './counted.ts';

const id = (f: Facts): string => fact(f, 'recipient', 'ID');
const test = (f: Facts): string => `mimamori recipient test ${id(f)} --as ID`;

/** Why no test of a recipient waits for an answer. */
const whyMissing: Readonly<Record<string, string>> = {
  none: 'No test file was sent to them yet.',
  unsent: 'The last test file did not arrive.',
  misread: 'The last test file was read back wrongly too often.',
  'read-back': 'The last test file was read back already.',
  'by-phone-only': 'It was sent by an earlier version, and can be answered by phone only.',
  superseded: 'Another command was quicker.',
  changed: 'Certificate, profile or endpoint changed since the test file was sent.',
};

/** Words about testing and probing recipients. */
export const recipientFaults = {
  'recipient-untested': {
    what: (f) => `${id(f)} has not read back a test file of this certificate, profile and endpoint`,
    means: () =>
      'Live files go only where somebody fetched, opened and read a test file. Nothing was sent there.',
    next: (f) => [{ command: test(f), label: 'then call them and run recipient confirm' }],
  },
  'recipient-test-missing': {
    what: (f) => `no test file of ${id(f)} waits for an answer`,
    means: (f) => whyMissing[fact(f, 'why', 'none')] ?? '',
    next: (f) => [
      { command: test(f), label: 'sends a new one' },
      { command: `mimamori recipient show ${id(f)}`, label: 'shows whether they are tested' },
    ],
  },
  'recipient-test-differs': {
    what: (f) => `what ${id(f)} read back is not what their test file holds`,
    means: (f) => {
      const tries = numberOf(f, 'tries') ?? 0;
      return `It is recorded, and unlocks nothing. ${
        tries > 0
          ? `${counted(tries, 'try', 'tries')} left for this file.`
          : 'This file cannot be answered any more.'
      }`;
    },
    next: (f) =>
      (numberOf(f, 'tries') ?? 0) > 0
        ? ['ask them whether they have the right file open, and let them read once more']
        : [{ command: test(f), label: 'sends a new one, with other numbers' }],
  },
  'recipient-test-exhausted': {
    what: (f) =>
      `${id(f)} answered wrongly too often: ${numberOf(f, 'tries') ?? 0} times in 24 hours`,
    means: () => 'Nothing was sent. Whoever goes on guessing would be right some day.',
    next: () => ['find out with them why the file reads otherwise there, and test again tomorrow'],
  },
  'recipient-test-unreadable': {
    what: (f) =>
      `the profile ${fact(f, 'profile', 'of this recipient')} shows no last four digits to read back`,
    means: () => 'Nothing was sent. A test file has to have a column pan or truncated_pan.',
    next: (f) => [
      { command: `mimamori recipient update ${id(f)} --profile PROFILE`, label: 'another profile' },
    ],
  },
  'probe-directory-missing': {
    what: (f) => `no probe directory is set for ${id(f)}`,
    means: () =>
      'A probe creates, renames and removes files, and does so only in a directory that is there for it. Nothing was touched.',
    next: (f) => [
      'ask the recipient for a directory that no program of theirs reads',
      {
        command: `mimamori recipient update ${id(f)} --probe-directory DIR --as ID`,
        label: 'keeps it',
      },
    ],
  },
  'probe-directory-shared': {
    what: (f) =>
      `${fact(f, 'directory', 'the directory')} is where files of ${id(f)} are delivered`,
    means: () =>
      'Their programs would take what a probe puts there for a delivery. Nothing was touched.',
    next: () => ['ask the recipient for a directory that no program of theirs reads'],
  },
} as const satisfies Record<string, FaultWords>;
