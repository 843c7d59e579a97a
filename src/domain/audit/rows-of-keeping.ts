import type { Leaf } from './leaf.ts';
import type { ActRowValue, ActTable } from './act-row.ts';

const always = (): boolean => true;

/** A key is named by its fingerprint, a pin or a verifier key, whichever its kind has. */
function isKeyOf(value: ActRowValue, { data }: Leaf): boolean {
  return value === (data['fingerprint'] ?? data['pin'] ?? data['vkey']);
}

/** An entry names the key by its id as well, and has no field for what else a fingerprint may look like. */
function isEndingKey(value: ActRowValue, { data }: Leaf): boolean {
  const named = data['fingerprint'] ?? data['pin'];
  return named === undefined || value === named;
}

/** As rows name what an escalation is about: ids with a space between. */
function isSubjectOf(value: ActRowValue, { data }: Leaf): boolean {
  const { incident, handoff, batch, recipient, arrival, clock, merchant } = data;
  const whole = incident === undefined ? [recipient, arrival] : [incident, handoff, batch];
  return value === [...whole, clock, merchant].filter((part) => typeof part === 'string').join(' ');
}

/** Versions of the configuration: who proposed, approved and dropped them, and since when they count. */
const rowsOfConfigurations: readonly ActTable[] = [
  {
    ...{ table: 'configuration_version', leaf: 'leaf' },
    acts: {
      'configuration-propose': {
        repeats: {
          ...{ sha256: 'configuration', replaces: 'replaced', proposer: 'officer' },
          proposer_fingerprint: 'fingerprint',
        },
        digests: { document: 'configuration', signature: 'signature' },
        ...{ at: 'proposed_at', isOwed: always },
      },
    },
  },
  {
    ...{ table: 'configuration_approval', leaf: 'leaf' },
    acts: {
      'configuration-approve': {
        repeats: {
          ...{ sha256: 'configuration', officer: 'officer', fingerprint: 'fingerprint' },
          is_emergency: 'emergency',
        },
        digests: { statement: 'statement', signature: 'signature' },
        ...{ at: 'approved_at', isOwed: always },
      },
    },
  },
  {
    ...{ table: 'configuration_version', leaf: 'started_leaf' },
    acts: {
      'configuration-approve': { repeats: { sha256: 'configuration' } },
      'configuration-start': { repeats: { sha256: 'configuration' }, isOwed: always },
    },
  },
  {
    ...{ table: 'configuration_drop', leaf: 'leaf' },
    acts: {
      'configuration-drop': {
        repeats: { sha256: 'configuration', officer: 'officer' },
        ...{ at: 'dropped_at', isOwed: always },
      },
    },
  },
];

/** Configurations, tests of recipients, keys, purges, signed commands, and what runs by itself. */
export const rowsOfKeeping: readonly ActTable[] = [
  ...rowsOfConfigurations,
  {
    ...{ table: 'signed_command', leaf: 'leaf' },
    acts: {
      'command-sign': {
        repeats: { sha256: 'statement', officer: 'officer', fingerprint: 'fingerprint' },
        digests: { statement: 'statement', signature: 'signature' },
        agrees: {
          command: (command, { data }) => String(command).replace(' ', '-') === data['command'],
        },
        isOwed: always,
      },
    },
  },
  {
    ...{ table: 'recipient_test', leaf: 'leaf' },
    acts: {
      'recipient-test': {
        repeats: {
          ...{ id: 'test', recipient: 'recipient', combination: 'combination', file: 'name' },
          ...{ fingerprint: 'fingerprint', profile: 'profile', bytes: 'bytes', sha256: 'sha256' },
        },
        ...{ at: 'made_at', isOwed: always },
      },
    },
  },
  {
    ...{ table: 'recipient_test', leaf: 'answer_leaf' },
    acts: {
      'recipient-test-answer': {
        repeats: { id: 'test', recipient: 'recipient', spoken_at: 'spokenAt' },
        isOwed: always,
      },
      'recipient-test-file-answer': {
        repeats: { id: 'test', recipient: 'recipient', answer_sha256: 'evidence' },
        ...{ at: 'spoken_at', isOwed: always },
      },
    },
  },
  {
    ...{ table: 'test_taken', leaf: 'leaf' },
    acts: { 'recipient-test-taken': { repeats: { test: 'test' }, isOwed: always } },
  },
  {
    ...{ table: 'source_removal', leaf: 'leaf' },
    acts: {
      'source-purge': { repeats: { sha256: 'sha256' }, at: 'removed_at', isOwed: always },
    },
  },
  {
    ...{ table: 'incident_purge', leaf: 'leaf' },
    acts: {
      'incident-purge-start': {
        ...{ repeats: { incident: 'incident' }, at: 'started_at', isOwed: always },
      },
    },
  },
  {
    ...{ table: 'incident_purge', leaf: 'finished_leaf' },
    acts: {
      'incident-purge': {
        ...{ repeats: { incident: 'incident' }, at: 'finished_at', isOwed: always },
      },
    },
  },
  {
    ...{ table: 'serve_round', leaf: 'leaf' },
    acts: { 'serve-trouble': { repeats: { name: 'round', code: 'code' } } },
  },
  {
    ...{ table: 'escalation', leaf: 'leaf' },
    acts: {
      escalation: {
        repeats: { kind: 'kind', due_at: 'due' },
        ...{ agrees: { subject: isSubjectOf }, isOwed: always },
      },
    },
  },
  {
    ...{ table: 'key_warning', leaf: 'leaf' },
    acts: {
      'key-ending': {
        repeats: { purpose: 'purpose', ends_at: 'ends', days: 'days' },
        ...{ agrees: { key: isEndingKey }, isOwed: always },
      },
    },
  },
  {
    ...{ table: 'host_key', leaf: 'leaf' },
    acts: {
      'key-create': { repeats: { fingerprint: 'pin' }, at: 'made_at' },
      'key-rotate': { repeats: { fingerprint: 'pin' }, at: 'made_at' },
    },
  },
  {
    ...{ table: 'own_key', leaf: 'leaf' },
    acts: {
      'key-rotate': { repeats: { purpose: 'purpose' }, agrees: { fingerprint: isKeyOf } },
      'log-key-rotate': {
        agrees: { purpose: (purpose) => purpose === 'log', fingerprint: isKeyOf },
      },
      'log-recover': {
        repeats: { fingerprint: 'vkey' },
        agrees: { purpose: (purpose) => purpose === 'log' },
      },
    },
  },
];
