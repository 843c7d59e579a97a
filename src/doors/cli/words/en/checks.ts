import { about, fact } from '../fault-words.ts';
import type { CheckWords } from '../check-words.ts';
import { counted } from './counted.ts';

export const checkWords: Readonly<Record<string, CheckWords>> = {
  node: {
    name: 'Node and SQLite',
    found: (f) => `Node ${fact(f, 'version', '?')}, SQLite ${fact(f, 'sqlite', '?')}`,
  },
  'core-dumps': {
    name: 'Core dumps',
    bad: () => 'a crash could write memory to disk',
    advice: 'ulimit -c 0, or LimitCORE=0 in the systemd unit',
  },
  swap: {
    name: 'Swap',
    bad: () => 'memory may be written to an unencrypted swap area',
    advice: 'switch swap off or encrypt it',
  },
  inspection: {
    name: 'Inspection',
    bad: (f) => `Node was started with ${fact(f, 'option', 'an option')} that opens its memory`,
    advice: 'unset NODE_OPTIONS',
  },
  'private-files': {
    name: 'Private files',
    bad: (f) => `others can read ${fact(f, 'files', 'files of the workspace')}`,
    advice: 'chmod -R go-rwx on the workspace',
  },
  'durable-disk': {
    name: 'Durable disk',
    bad: (f) => `the database lies on ${fact(f, 'fileSystem', 'a file system')} that may lose it`,
    advice: 'put the workspace on a local disk',
  },
  officers: {
    name: 'Officers',
    bad: (f) =>
      `${fact(f, 'officers', '0')} may request, ${fact(f, 'approvers', '0')} may approve; every request needs ${counted(fact(f, 'required', '1'), 'other approver')}`,
    advice: 'mimamori officer add ID …',
  },
  recipients: {
    name: 'Recipients',
    bad: () => 'none is enabled',
    advice: 'mimamori recipient add ID …',
  },
  certificate: {
    name: 'Certificate',
    found: (f) =>
      `${fact(f, 'kind', '')} ${fact(f, 'id', '?')}${about(f, 'daysLeft', (n) => `, ${counted(n, 'day')} left`)}`,
    bad: (f) =>
      `${fact(f, 'kind', '')} ${fact(f, 'id', '?')}: ${about(f, 'problem', (p) => p) || about(f, 'daysLeft', (n) => `${counted(n, 'day')} left`)}`,
    advice: 'ask its owner for the next one in good time',
  },
  log: {
    name: 'Log',
    bad: (f) => fact(f, 'breach', 'it does not hold'),
    advice: 'mimamori audit verify',
  },
  anchor: {
    name: 'Anchor',
    found: (f) => fact(f, 'anchor', 'agrees'),
    bad: (f) => fact(f, 'anchor', 'not in order'),
    advice: 'set [log] anchor to a directory on another disk',
  },
};
