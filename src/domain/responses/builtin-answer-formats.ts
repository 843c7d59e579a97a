import { answerFormatSchema } from './answer-format.ts';
import type { AnswerFormat, AnswerFormatInput } from './answer-format.ts';

const UNCONFIRMED =
  'A layout of ours after common acknowledgement files; to be confirmed with the recipient before the first live batch.';
const OURS = 'A layout of ours; docs/formats/card-answer.md.';

const ownCodes: AnswerFormatInput['codes'] = {
  accepted: { state: 'accepted' },
  monitoring: { state: 'monitoring' },
  'not-our-card': { state: 'returned', reason: 'not-our-card' },
  'closed-account': { state: 'returned', reason: 'closed-account' },
  'unknown-card': { state: 'returned', reason: 'unknown-card' },
  'wrong-number': { state: 'returned', reason: 'wrong-number' },
  other: { state: 'returned', reason: 'other' },
};
const ownRest: AnswerFormatInput['rest'] = {
  words: { accepted: 'accepted', monitoring: 'monitoring', none: 'none' },
};
const twoDigits: AnswerFormatInput['codes'] = {
  '00': { state: 'accepted' },
  '10': { state: 'monitoring' },
  '20': { state: 'returned', reason: 'not-our-card' },
  '21': { state: 'returned', reason: 'closed-account' },
  '22': { state: 'returned', reason: 'unknown-card' },
  '23': { state: 'returned', reason: 'wrong-number' },
  '29': { state: 'returned', reason: 'other' },
};

const ofBatch = [
  { field: 'mode' },
  { field: 'handoff' },
  { field: 'batch' },
] as const satisfies AnswerFormatInput['header'];
const codedLine = [
  { literal: 'R' },
  { field: 'record' },
  { field: 'code' },
] as const satisfies AnswerFormatInput['line'];
const free = { field: 'free' } as const;
const counted = [{ literal: 'N' }, { field: 'count' }] as const;

const inputs: readonly AnswerFormatInput[] = [
  {
    id: 'card-answer',
    title: 'Ours: what holds for all cards in the header, and a record for each that is otherwise',
    provenance: OURS,
    header: [
      { literal: 'H' },
      { literal: 'mimamori-card-answer' },
      { literal: '1' },
      { field: 'handoff' },
      { field: 'batch' },
      { field: 'rest' },
      { field: 'nonce' },
    ],
    line: [{ literal: 'D' }, { field: 'record' }, { field: 'code' }],
    trailer: [[{ literal: 'T' }, { field: 'count' }]],
    codes: ownCodes,
    rest: ownRest,
  },
  {
    id: 'card-answer-json',
    title: 'Ours in JSON: what holds for all cards, and a list of those that are otherwise',
    provenance: OURS,
    shape: 'json',
    list: 'cards',
    header: [
      { literal: 'mimamori-card-answer/1', name: 'type' },
      { field: 'handoff', name: 'handoff' },
      { field: 'batch', name: 'batch' },
      { field: 'rest', name: 'rest' },
      { field: 'nonce', name: 'nonce' },
    ],
    line: [
      { field: 'record', name: 'record' },
      { field: 'code', name: 'code' },
    ],
    trailer: [[{ field: 'count', name: 'count' }]],
    codes: ownCodes,
    rest: ownRest,
  },
  {
    id: 'line-codes',
    title: 'Header, then a record with a code for each card that was not taken, then a count',
    provenance: UNCONFIRMED,
    header: [{ literal: 'H' }, ...ofBatch, free],
    line: [...codedLine, free],
    trailer: [[...counted]],
    codes: twoDigits,
    rest: { always: 'accepted' },
  },
  {
    id: 'numbered-line-codes',
    title: 'As line-codes, with a running number, and the number of ours that they expect next',
    provenance: UNCONFIRMED,
    header: [{ literal: 'H' }, ...ofBatch, { field: 'sequence' }, free],
    line: [...codedLine, free],
    trailer: [[...counted, { field: 'next_expected' }]],
    codes: twoDigits,
    rest: { always: 'accepted' },
  },
  {
    id: 'all-and-rejected',
    title: 'Two files: every card with its code, and once more those that came back',
    provenance: UNCONFIRMED,
    header: [{ literal: 'H' }, { field: 'part' }, ...ofBatch],
    line: [...codedLine],
    trailer: [[...counted]],
    codes: twoDigits,
    rest: { always: 'none' },
    parts: { ALL: 'all', REJECTED: 'rejected' },
  },
  {
    id: 'result-codes-120',
    title:
      'Records of 120 bytes with a result code for each card: header 1, data 2, trailer 8, end 9',
    provenance: UNCONFIRMED,
    shape: 'fixed',
    header: [
      { literal: '1', width: 1 },
      { field: 'mode', width: 4 },
      { field: 'free', width: 8 },
      { field: 'batch', width: 40 },
      { field: 'handoff', width: 20 },
      { literal: '', width: 47 },
    ],
    line: [
      { literal: '2', width: 1 },
      { field: 'record', width: 10 },
      { literal: '', width: 1 },
      { field: 'code', width: 2 },
      { literal: '', width: 106 },
    ],
    trailer: [
      [
        { literal: '8', width: 1 },
        { field: 'count', width: 10 },
        { literal: '', width: 109 },
      ],
      [
        { literal: '9', width: 1 },
        { literal: '', width: 119 },
      ],
    ],
    codes: twoDigits,
    rest: { always: 'none' },
  },
  {
    id: 'one-line-receipt',
    title: 'One line that says which file came, and how many cards were in it',
    provenance: UNCONFIRMED,
    header: [
      { literal: 'RECEIVED' },
      { field: 'mode' },
      { field: 'file_name' },
      { field: 'file_digest' },
      { field: 'cards' },
    ],
    rest: { always: 'none' },
  },
];

/** The formats that come with the program; `config/answers/` holds the same as TOML, to be copied and changed. */
export const builtinAnswerFormats: readonly AnswerFormat[] = inputs.map((input) =>
  answerFormatSchema.parse(input),
);
