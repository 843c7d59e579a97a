import { weakAlgorithmNames } from '../../../../domain/recipients/weak-algorithms.ts';
import { weaknesses } from '../../../../domain/recipients/weaknesses.ts';
import { roles } from '../../../../domain/workspace/roles.ts';
import { senderKinds } from '../../option-values.ts';
import type { CommandsHelp } from '../help-words.ts';

const recipientOptions = {
  '--sftp': 'their SFTP directory; /./dir is relative to the login',
  '--host-key': 'pinned host key; twice: the current and the next',
  '--pickup-key': 'they fetch files here, with this public key; up to two',
  '--manual': 'no server: put file and call sheet into this folder',
  '--profile': 'format profile of their files',
  '--layout': 'per-recipient (one file) or per-issuer',
  '--lists': 'delta (what is new) or cumulative (the whole list each time)',
  '--answer-format': 'how they write answers about cards: a built-in way, or config/answers/ID',
  '--answers-from': 'where on their server they put answers; none: nowhere',
  '--answers-hours': 'when serve may look there: 09:00-12:00,13:00-15:00, or none',
  '--answers-days': 'every-day, administrative or bank (days open in Japan)',
  '--answers-time-zone': 'of these hours; Asia/Tokyo without it',
  '--answers-counted-from': 'tell running numbers of answers as missing from this one on; none',
  '--answers-in-clear': 'yes: take answers in clear from their box, as weaker evidence; no',
  '--answer-within': 'service terms: 72 (hours), 3-bank-days, 1-administrative-days-15:00, or none',
  '--pickup-within': 'with --pickup-key: by when they fetch an offer; a term as above, or none',
  '--delivery-hours': 'when serve may begin: 09:00-12:00,13:00-15:00, or none',
  '--delivery-days': 'every-day, administrative or bank (days open in Japan)',
  '--delivery-time-zone': 'of these hours; Asia/Tokyo without it',
  '--offer-days': 'with --pickup-key: days that an offer waits for them, or none',
  '--allow': `accept ${weaknesses.join(' or ')} of an old certificate; needs --reason`,
  '--authentication': 'key, password or key+password',
  '--password-file': 'file of mode 0600 with the password they gave us',
  '--probe-directory': 'where recipient probe may make and remove files',
  '--read-back': 'their server lets us read what we wrote (default)',
  '--no-read-back': 'their server does not let us read what we wrote',
  '--list': 'their server tells truly which names are taken (default)',
  '--no-list': 'what their server says of names is not to be believed',
  '--rename': 'plain; none: files are written under their final names',
  '--temporary-name': 'with {name}, {attempt}, {fence}, or none',
  '--control-file': 'such as "{stem}.done", put after the file; or none',
  '--control-content': 'empty, sha256, details or checkpoint',
  '--control-newline': 'lf or crlf',
  '--name-pattern': 'what files are called there, or none',
  '--name-case': 'upper or lower, or none',
  '--name-length-max': 'longest name they take',
  '--sequence': 'start=1,width=6,reset=never|daily|yearly, or none',
  '--allow-algorithm': `needs --reason, or none: ${weakAlgorithmNames.join(', ')}`,
};

export const partnerHelp = {
  officer: { what: 'people who request, approve, answer or review' },
  'officer add': {
    what: 'pin the certificate of a new officer',
    options: { '--roles': `comma-separated: ${roles.join(', ')}` },
    arguments: { id: 'a short name for this officer' },
  },
  'officer list': { what: 'all officers' },
  'officer disable': { what: 'accept nothing new by them; needs --reason' },
  sender: { what: 'who may send us encrypted lists (a PFI, a processor)' },
  'sender add': {
    what: 'pin the certificate of a new sender',
    options: {
      '--kind': senderKinds.join(', '),
      '--pickup-key': 'they bring sources into a box here, with this public key; up to two',
    },
    arguments: { id: 'a short name for this sender' },
  },
  'sender list': { what: 'all senders' },
  'sender disable': { what: 'accept nothing new by them; needs --reason' },
  source: { what: 'what senders and recipients brought into their boxes' },
  'source list': { what: 'sources that lie here, encrypted, and what was made of them' },
  recipient: { what: 'who receives sealed files, and where' },
  'recipient add': {
    what: 'pin certificate, endpoint and format of a new recipient',
    options: recipientOptions,
    arguments: { id: 'a short name for this recipient' },
    more: [
      'Example:',
      "  mimamori recipient add psp --certificate psp.asc --fingerprint '4F2A 91C0 …' \\",
      "    --confirmed-by 'K. Sato, phone, 2026-11-20' \\",
      '    --sftp mimamori@sftp.psp.example:22/incoming --host-key SHA256:…',
    ],
  },
  'recipient update': {
    what: 'replace what is given; approvals of earlier plans no longer hold',
    options: recipientOptions,
  },
  'recipient disable': {
    what: 'send nothing more there, also not what was approved; needs --reason',
  },
  'recipient test': {
    what: 'send a file of published test numbers, to be read back by phone or sent back signed',
  },
  'recipient confirm': {
    what: 'compare their answer to the test file, by phone or by file; a right one unlocks live files',
    options: {
      '--count': 'how many cards they read, header and trailer not counted',
      '--first': 'the last four digits of the first card',
      '--last': 'the last four digits of the last card',
      '--by': 'who read it out',
      '--phone': 'the number that was called',
      '--at': "when: 2026-11-22 14:05 in the workspace's zone, or with an offset",
      '--answer':
        'in place of all these: the opened file, sent back signed by them and encrypted to us',
    },
  },
  'recipient probe': {
    what: 'measure their server in its probe directory, and propose endpoint traits',
    options: { '--directory': 'a directory for this once, in place of the configured one' },
  },
  'recipient list': { what: 'all recipients' },
  'recipient show': { what: 'certificate, endpoint, format and pins of one recipient' },
  bins: { what: 'which issuer a card number belongs to' },
  'bins import': {
    what: 'replace the issuer table by a CSV; a table with a mistake changes nothing',
    options: {
      '--columns': 'low=…,high=…,brand=…, also issuer=…,country=…, valid_from=…,valid_to=…',
    },
    arguments: { file: 'the table' },
  },
  'bins show': {
    what: 'brand, issuer and country for the first 6 to 11 digits',
    arguments: { bin: 'the digits' },
  },
  response: {
    what: 'answers of recipients about cards and references',
  },
  'response import': {
    what: 'take in an answer about one batch; - is standard input',
    options: {
      '--batch': 'the batch it answers',
      '--answered-by': 'who sent it: name, desk',
      '--accept-unsigned': 'take it although it came in clear, or unsigned; needs --reason',
      '--accept-differing': 'take what contradicts the shop or an earlier answer; needs --reason',
      '--accept-nonce': 'take it without the nonce of our file, nothing else; needs --reason',
    },
    arguments: { file: 'the answer' },
  },
  'response collect': {
    what: 'take in the answers that recipients brought',
    options: { '--recipient': 'of this one alone' },
  },
  'response list': { what: 'every answer that was taken in, refused ones and files put aside' },
  'response settle': {
    what: 'say that nobody waits for what is open of it; needs --reason',
    arguments: { id: 'the batch, or the file that was put aside' },
    options: { '--refused-only': 'of refused answers alone; the cards stay open' },
  },
  'response show': { what: 'how far a batch is answered: counts, what came back and why' },
} as const satisfies CommandsHelp;
