import { about, fact } from '../fault-words.ts';
import { sizeIn } from '../../figures.ts';
import type { CheckWords } from '../check-words.ts';
import { placeWords } from './place-checks.ts';
import { counted } from './counted.ts';

const anchors: Readonly<Record<string, string>> = {
  absent: 'absent',
  ahead: 'ahead of this copy',
  forked: 'it differs',
  missing: 'it does not hold what was put there',
};
const anchorAdvice: Readonly<Record<string, string>> = {
  absent: 'set [log] anchor to a directory on another disk',
  missing: 'mount the disk of the anchor, or set [log] anchor back',
};

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
  'configuration-approved': {
    name: 'Configuration',
    found: (f) => `${fact(f, 'configuration', '?')} is in force`,
    bad: (f) =>
      f['problem'] === 'emergency'
        ? `${fact(f, 'configuration', '?')} came into force by an EMERGENCY, without cooling-off time`
        : f['problem'] === 'unproven'
          ? 'signatures and log do not bear it out: nothing live can be handed over'
          : 'nobody has approved it: nothing live can be handed over',
    command: (f) =>
      f['problem'] === 'emergency' || f['problem'] === 'unproven'
        ? 'mimamori config history'
        : 'mimamori config propose --as ID --officer-key FILE',
  },
  'configuration-files': {
    name: 'Files in config/',
    bad: (f) =>
      f['code'] === undefined
        ? `${fact(f, 'files', 'the files')}: not what is in force, and not used`
        : 'they cannot be read; what was approved is used',
    command: () => 'mimamori config diff',
  },
  recipients: {
    name: 'Recipients',
    bad: () => 'none is enabled',
    advice: 'mimamori recipient add ID …',
  },
  'weak-algorithms': {
    name: 'Weak SSH',
    bad: (f) => `${fact(f, 'id', '?')} may be spoken to with ${fact(f, 'algorithms', '?')}`,
    advice: 'ask them to update; then mimamori recipient update ID --allow-algorithm none',
  },
  certificate: {
    name: 'Certificate',
    found: (f) =>
      `${fact(f, 'kind', '')} ${fact(f, 'id', '?')}${about(f, 'daysLeft', (n) => `, ${counted(n, 'day')} left`)}`,
    bad: (f) =>
      `${fact(f, 'kind', '')} ${fact(f, 'id', '?')}: ${about(f, 'problem', (p) => p) || about(f, 'daysLeft', (n) => `${counted(n, 'day')} left`)}`,
    advice: 'ask its owner for the next one in good time',
  },
  clocks: {
    name: 'Clocks',
    found: (f) => `${fact(f, 'owed', '0')} running`,
    bad: (f) => `${fact(f, 'overdue', '0')} overdue (${fact(f, 'incidents', '')})`,
    advice: 'mimamori incident clocks ID',
  },
  holidays: {
    name: 'Holiday table',
    found: (f) => `to ${fact(f, 'last', '?')}, as of ${fact(f, 'edition', '?')}`,
    bad: (f) =>
      `ends with ${fact(f, 'last', '?')}, as of ${fact(f, 'edition', '?')}: later time limits are not computed`,
    advice: 'install a newer version of this program',
  },
  'one-person': {
    name: 'One person',
    bad: (f) =>
      `handoff ${fact(f, 'handoff', '?')} was sent by ${fact(f, 'officer', '?')} alone; second signature due ${fact(f, 'due', '?')}`,
    advice: 'mimamori handoff approve HANDOFF --as ID --officer-key FILE',
  },
  'recipient-tested': {
    name: 'Tested recipient',
    found: (f) => `${fact(f, 'id', '?')}${about(f, 'drill', () => ': not needed in a drill')}`,
    bad: (f) =>
      `${fact(f, 'id', '?')}: no test of its certificate, profile and endpoint was read back`,
    command: (f) => `mimamori recipient test ${fact(f, 'id', 'ID')} --as ID`,
  },
  'recipient-profile': {
    name: 'File format',
    bad: (f) => `${fact(f, 'id', '?')}: ${fact(f, 'problem', '?')}`,
    command: (f) => `mimamori recipient show ${fact(f, 'id', 'ID')}`,
  },
  'our-key': {
    name: 'Our OpenPGP key',
    found: (f) => about(f, 'daysLeft', (n) => `${counted(n, 'day')} left`),
    bad: (f) =>
      about(f, 'problem', (p) => p) || about(f, 'daysLeft', (n) => `${counted(n, 'day')} left`),
    command: () => 'mimamori key sheet',
  },
  cryptoperiod: {
    name: 'Cryptoperiod',
    found: (f) =>
      `${fact(f, 'purpose', '?')}${about(f, 'id', (id) => ` ${id}`)}, ${counted(fact(f, 'daysLeft', '?'), 'day')} left`,
    bad: (f) =>
      `${fact(f, 'purpose', '?')}${about(f, 'id', (id) => ` ${id}`)}: ${counted(fact(f, 'daysLeft', '?'), 'day')} left`,
    command: () => 'mimamori key list',
  },
  'issuer-table': {
    name: 'Issuer table',
    found: (f) => `imported ${counted(fact(f, 'days', '0'), 'day')} ago`,
    bad: (f) =>
      f['problem'] === 'missing'
        ? 'none: every card shows as of an unknown issuer'
        : f['problem'] === 'altered'
          ? 'the file is not what was imported'
          : `imported ${counted(fact(f, 'days', '?'), 'day')} ago`,
    command: () => 'mimamori bins import FILE',
  },
  clock: {
    name: 'Clock',
    found: (f) =>
      `${fact(f, 'now', '?')}; not behind the log (whether it is right was not checked)`,
    bad: (f) => `${fact(f, 'now', '?')} is before the newest entry of the log`,
    advice: 'set the clock of this machine',
  },
  passphrase: {
    name: 'Passphrase',
    found: (f) =>
      ({ file: 'its file is for its owner alone', credential: 'the credential opens it' })[
        String(f['from'])
      ] ?? 'no file was named',
    bad: (f) =>
      `${f['from'] === 'credential' ? 'credential' : fact(f, 'file', 'its file')}: ${fact(f, 'problem', '?')}`,
    command: (f) =>
      f['from'] === 'credential' ? 'mimamori key list' : `chmod 600 ${fact(f, 'file', 'FILE')}`,
  },
  'free-space': {
    name: 'Free space',
    found: (f) => sizeIn(Number(f['bytes']), 'en'),
    bad: (f) =>
      `${sizeIn(Number(f['bytes']), 'en')} left; ${sizeIn(Number(f['needed']), 'en')} wanted`,
    advice: 'make room on the disk of the workspace',
  },
  ...placeWords('workspace-place', 'Place of the workspace'),
  ...placeWords('source-place', 'Place of sources'),
  ...placeWords('backup-place', 'Place of the backup'),
  log: {
    name: 'Log',
    bad: (f) => fact(f, 'breach', 'it does not hold'),
    advice: 'mimamori audit verify',
  },
  restored: {
    name: 'Restored',
    found: (f) => `from backup ${fact(f, 'backup', '?')}; nothing contradicts it`,
    bad: (f) => `from backup ${fact(f, 'backup', '?')}; read only (${fact(f, 'code', '?')})`,
    advice: 'see docs/operating/backup.md',
  },
  anchor: {
    name: 'Anchor',
    found: (f) => fact(f, 'anchor', 'agrees'),
    bad: (f) => anchors[fact(f, 'anchor', '')] ?? fact(f, 'anchor', 'not in order'),
    command: (f) => anchorAdvice[fact(f, 'anchor', '')] ?? 'mimamori audit verify',
  },
};
