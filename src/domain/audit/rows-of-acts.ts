import type { ActTable, RowOfAct } from './act-row.ts';
import { isField } from './act-row.ts';
import { rowsOfAnswers } from './rows-of-answers.ts';
import { rowsOfKeeping } from './rows-of-keeping.ts';

const evidence = { evidence_sha256: 'evidence', evidence_bytes: 'bytes' } as const;
const always = (): boolean => true;

/** What was said before a notice is published; its party is in the entry as an id, or bound as a text. */
const told: RowOfAct = {
  repeats: {
    ...{ incident: 'incident', subject: 'subject', outcome: 'outcome', since: 'since', day: 'day' },
    ...{ said_at: 'saidAt', channel: 'channel', ...evidence },
  },
  agrees: {
    party_kind: (kind, { data }) =>
      kind === (data['issuer'] ? 'issuer' : data['recipient'] ? 'recipient' : 'desk'),
    party: (party, leaf) => {
      const field = ['issuer', 'recipient'].find((name) => leaf.data[name] !== undefined);
      return field === undefined ? party === '' : isField(party, leaf, field);
    },
  },
  ...{ actor: 'officer', at: 'recorded_at', isOwed: always },
};

const terms = {
  ...{ fee_by: 'feeBy', unit_price: 'unitPrice', cap: 'cap', currency: 'currency' },
  ...{ reissued: 'reissued', from_day: 'validFrom', until_day: 'validUntil' },
} as const;

const word = { channel: 'channel', ...evidence } as const;

/** What people said and decided about handoffs, batches, waivers and callers. */
const rowsOfHandoffs: readonly ActTable[] = [
  {
    ...{ table: 'batch_withdrawn', leaf: 'leaf' },
    acts: {
      'delivery-resolve': {
        ...{ repeats: { batch: 'batch' }, actor: 'officer' },
        agrees: { leaf: (_, { data }) => data['outcome'] === 'withdrawn' },
        isOwed: ({ outcome }) => outcome === 'withdrawn',
      },
    },
  },
  {
    ...{ table: 'allotted_name', leaf: 'leaf' },
    acts: {
      'delivery-name': {
        repeats: { batch: 'batch', recipient: 'recipient', sequence: 'sequence', name: 'name' },
      },
    },
  },
  {
    ...{ table: 'delivery_repeat', leaf: 'leaf' },
    acts: { 'delivery-retry': { repeats: { batch: 'batch' }, at: 'at' } },
  },
  {
    ...{ table: 'emergency', leaf: 'overdue_leaf' },
    acts: { 'handoff-overdue': { repeats: { handoff: 'handoff' }, isOwed: always } },
  },
  {
    ...{ table: 'incident_version', leaf: 'leaf' },
    acts: {
      'incident-amend': {
        repeats: { incident: 'incident', sha256: 'replaced' },
        ...{ digests: { document: 'replaced' }, at: 'replaced_at', isOwed: always },
      },
    },
  },
  { table: 'recall_proposal', leaf: 'leaf', acts: { 'incident-amend': {} } },
  { table: 'recall', leaf: 'proposal', acts: { 'incident-amend': {} } },
  {
    ...{ table: 'recall_proposal', leaf: 'settled_leaf' },
    acts: { 'recall-settle': { repeats: { batch: 'batch' } } },
  },
  {
    ...{ table: 'recall_settled', leaf: 'leaf' },
    acts: { 'recall-settle': { repeats: { batch: 'batch' }, isOwed: always } },
  },
  {
    ...{ table: 'persons_word', leaf: 'leaf' },
    acts: {
      'handoff-record': {
        repeats: { batch: 'batch', rung: 'rung', said_at: 'saidAt', ...word },
        ...{ actor: 'officer', at: 'recorded_at', isOwed: always },
      },
      'handoff-import-sent': {
        repeats: { said_at: 'sentAt', ...word },
        agrees: {
          batch: (batch, { data }) => (data['batches'] as readonly unknown[]).includes(batch),
          rung: (rung) => rung === 'stored',
        },
        ...{ actor: 'officer', at: 'recorded_at' },
        isOwed: ({ batches }) => (batches as readonly unknown[]).length > 0,
      },
    },
  },
  { table: 'told', leaf: 'leaf', acts: { 'incident-told': told } },
  {
    ...{ table: 'waiver_terms', leaf: 'leaf' },
    acts: {
      'incident-told': {
        repeats: terms,
        isOwed: (data) => Object.values(terms).some((field) => data[field] !== undefined),
      },
    },
  },
  {
    ...{ table: 'waiver_exception', leaf: 'leaf' },
    acts: {
      'waiver-exceptions': {
        repeats: { incident: 'incident', issuer: 'issuer', said_at: 'saidAt', ...word },
        ...{ actor: 'officer', at: 'recorded_at', isOwed: always },
      },
    },
  },
  {
    ...{ table: 'look_up', leaf: 'leaf' },
    acts: { 'look-up': { actor: 'officer', origin: 'origin', isOwed: always } },
  },
];

/**
 * Every table whose rows name entries of the log, and in what they have to agree with these: whoever may write to the
 * database may change a row, and a report made of it would show what nobody did.
 */
export const rowsOfActs: readonly ActTable[] = [
  ...rowsOfHandoffs,
  ...rowsOfAnswers,
  ...rowsOfKeeping,
];
