import type { Leaf } from './leaf.ts';
import type { ActRowValue, ActTable, RowOfAct } from './act-row.ts';

const always = (): boolean => true;

const answer = {
  ...{ batch: 'batch', sha256: 'sha256', content_sha256: 'contentSha256', bytes: 'bytes' },
  ...{ fingerprint: 'fingerprint', changed: 'changed', nonce_differs: 'nonceDiffers' },
} as const;

const imported = { actor: 'officer', at: 'imported_at', isOwed: always } as const;
const settled = { actor: 'officer', at: 'settled_at', isOwed: always } as const;

/** What stood once an answer had come: JSON with a count for each state. */
function isStanding(value: ActRowValue, { data }: Leaf): boolean {
  let counts: unknown;
  try {
    counts = JSON.parse(String(value));
  } catch {
    return false;
  }
  const states = ['accepted', 'monitoring', 'returned'] as const;
  const said = counts as Readonly<Record<string, unknown>> | null;
  return states.every((state) => said?.[state] === data[state]);
}

const ofBatch: RowOfAct = { repeats: { batch: 'batch' } };

/** Answers of recipients, and files that were brought. */
export const rowsOfAnswers: readonly ActTable[] = [
  {
    ...{ table: 'response', leaf: 'leaf' },
    acts: {
      'response-import': {
        repeats: {
          ...{ ...answer, resolved: 'resolved', not_found: 'notFound', differing: 'differing' },
        },
        ...imported,
      },
    },
  },
  {
    ...{ table: 'response_settled', leaf: 'leaf' },
    acts: {
      'response-settle': {
        repeats: { batch: 'batch', unanswered: 'unanswered', not_found: 'notFound' },
        ...settled,
      },
    },
  },
  {
    ...{ table: 'card_answer', leaf: 'leaf' },
    acts: {
      'response-import-cards': {
        repeats: {
          ...{ ...answer, format: 'format', signed_at: 'signedAt', rest: 'rest', part: 'part' },
          ...{ sequence: 'sequence', named: 'named', contradicted: 'contradicted' },
        },
        ...{ agrees: { standing: isStanding }, ...imported },
      },
    },
  },
  {
    ...{ table: 'card_answer_settled', leaf: 'leaf' },
    acts: {
      'response-settle-cards': {
        repeats: {
          ...{ batch: 'batch', unanswered: 'unanswered', returned: 'returned', refused: 'refused' },
        },
        ...settled,
      },
    },
  },
  {
    ...{ table: 'refused_answer', leaf: 'leaf' },
    acts: {
      'response-refused': {
        repeats: { batch: 'batch', code: 'code', line: 'line', sha256: 'sha256' },
        ...{ actor: 'officer', at: 'refused_at' },
      },
    },
  },
  {
    ...{ table: 'refused_answer', leaf: 'settled_leaf' },
    acts: {
      'response-refused': ofBatch,
      'response-import-cards': ofBatch,
      'response-settle-cards': ofBatch,
    },
  },
  {
    ...{ table: 'arrival', leaf: 'leaf' },
    acts: {
      'answer-arrived': {
        repeats: {
          ...{ id: 'arrival', recipient: 'recipient', sha256: 'sha256', bytes: 'bytes' },
          ...{ way: 'by', key: 'key', clear_bytes: 'clearBytes' },
        },
        at: 'arrived_at',
      },
      'source-brought': {
        repeats: { id: 'arrival', recipient: 'box', sha256: 'sha256', bytes: 'bytes', key: 'key' },
        agrees: { way: (way) => way === 'sources' },
        at: 'arrived_at',
      },
    },
  },
  {
    ...{ table: 'refused_arrival', leaf: 'leaf' },
    acts: {
      'answer-refused': {
        repeats: { recipient: 'recipient', way: 'by', code: 'code' },
        at: 'refused_at',
      },
      'source-not-taken': {
        repeats: { recipient: 'box', code: 'code' },
        ...{ agrees: { way: (way) => way === 'sources' }, at: 'refused_at' },
      },
    },
  },
  {
    ...{ table: 'refused_arrival', leaf: 'settled_leaf' },
    acts: {
      'answer-settled': { repeats: { id: 'arrival', recipient: 'recipient' } },
      'source-settled': { repeats: { id: 'arrival', recipient: 'box' } },
    },
  },
];
