import { wordChannels, wordRungs } from '../../../../domain/handoff/persons-word.ts';
import { stages } from '../../../../domain/handoff/stage.ts';
import { acceptableReasons } from '../../../../domain/intake/reasons.ts';
import { receivedWays } from '../../../../domain/intake/source-receipt.ts';
import type { CommandsHelp } from '../help-words.ts';

export const handoffHelp = {
  handoff: { what: 'prepare, decide, deliver, look' },
  'handoff prepare': {
    what: 'read sources, seal one file per recipient, and ask for approval',
    options: {
      '--incident': 'the incident this is about',
      '--source': 'a source; - is standard input, inbox:ID was brought; repeat for several',
      '--kind': 'orders, recovered (a list by a PFI or processor), or references',
      '--reference-kind': 'what references name: order, transaction or member',
      '--columns': 'pan=…,expiry=…,ordered_at=…,channel=…, reference=…,merchant=… by name or #n',
      '--channel': 'channel of every record of the source',
      '--merchant': 'merchant of every record, for an incident of several',
      '--received': `how the source came to us: ${receivedWays.join(', ')}`,
      '--ignore-column': 'never read this column; name or #n; repeatable',
      '--accept-unsigned': 'take what nobody known signed and encrypted; needs --reason',
      '--not-sensitive': 'this column is no security code; needs --reason',
      '--accept-held': `let held records through (${acceptableReasons.join(', ')}); needs --reason`,
      '--stage': `which list this is: ${stages.join(', ')} (default: as the incident says, else interim)`,
      '--request-waiver': 'ask in the files for a waiver of the reissue fee',
      '--accept-absent': 'make a whole list that lacks cards of earlier ones; needs --reason',
      '--jobs': 'threads that read and seal (default: the cores)',
      '--preview': 'show how the sources are read, with their first records masked; store nothing',
      '--dry-run': 'read and count everything, store and write nothing',
    },
    more: [
      'Examples:',
      '  mimamori handoff prepare --incident shop-a-2020 --source orders.csv --preview',
      '  mimamori handoff prepare --incident shop-a-2020 --source orders.csv \\',
      '    --as officer-1 --dry-run',
      '  mimamori handoff prepare --incident shop-a-2020 --source orders.csv=shop-a \\',
      '    --source pfi.csv.pgp=pfi --as officer-1 --officer-key officer-1.asc',
      '',
      'A spec is a TOML file, or the name of one in config/sources (such as eccube4).',
      'Nothing leaves this machine before someone other than the requester approves.',
    ],
  },
  'handoff import-sent': {
    what: 'take in a list that was sent without this program; another officer confirms it',
    options: {
      '--incident': 'the incident it is about',
      '--recipient': 'who was sent it',
      '--source': 'the list as it was sent; - is standard input',
      '--sent-at': "when: 2026-11-22 14:05 in the incident's zone",
      '--channel': `how: ${wordChannels.join(', ')}`,
      '--by': 'who sent it, and to whom',
      '--columns': 'pan=…,expiry=…,reference=… by name or #n',
      '--ignore-column': 'never read this column; repeatable',
      '--accept-held': 'let held records through',
    },
  },
  'handoff recall': {
    what: 'ask recipients to set cards aside that were handed off; needs --reason',
    options: {
      '--incident': 'the incident: what its amendment proposes, where nothing else is said',
      '--batch': 'cards of this batch alone; repeatable',
      '--whole': 'the whole files of these batches',
      '--records': 'cards by record reference: a file with ten digits a line',
      '--dry-run': 'show which cards it would be; store and write nothing',
    },
  },
  'handoff request': {
    what: 'sign the plan as its requester (when prepare ran without --officer-key)',
  },
  'handoff approve': {
    what: 'approve the plan, as someone other than its requester',
    more: [
      'With --officer-key the statement is signed here. Without it the command writes',
      'the statement and says where; sign it with gpg or a smart card and hand the',
      'signature in:',
      '  gpg --detach-sign approve-approver-1.json',
      '  mimamori handoff approve h7k2m9qa --as approver-1 \\',
      '    --signature approve-approver-1.json.sig',
    ],
  },
  'handoff decline': { what: 'refuse the plan; needs --reason' },
  'handoff cancel': {
    what: 'withdraw a handoff before anything of it left; needs --reason',
    options: { '--rest': 'what has not left of one of which something has' },
  },
  'handoff deliver': {
    what: 'send the approved files to their recipients',
    options: {
      '--recipient': "only this recipient's files",
      '--emergency': 'as its requester alone, where the policy allows it; needs --reason',
    },
  },
  'handoff retry': { what: 'let a failed file be sent again: same bytes, same name' },
  'handoff resolve': {
    what: 'say what became of a file that may have arrived; needs --reason',
    options: {
      '--outcome':
        'stored, not-stored or withdrawn; of what was read in part received or withdrawn',
      '--evidence': 'a file that backs it; its digest goes into the log',
    },
  },
  'handoff record': {
    what: 'note what a person said of a file that has left; kept apart from machine evidence',
    options: {
      '--rung': `what they said: ${wordRungs.join(' or ')}`,
      '--channel': `how: ${wordChannels.join(', ')}`,
      '--by': 'who said it: name, desk, number called',
      '--at': "when: 2026-11-22 14:05 in the incident's zone, or with an offset",
    },
  },
  'handoff summary': {
    what: 'one page to print and file: counts, recipients, approvals, evidence',
  },
  'handoff list': {
    what: 'all handoffs, oldest first',
    options: { '--incident': 'only of this incident' },
  },
  'handoff show': { what: 'how far each file of a handoff has got, and on what evidence' },
  'handoff review': {
    what: 'what the approver decides on: counts by recipient and issuer, truncated samples',
  },
  'handoff findings': {
    what: 'every excluded or held record by source, line and reason',
    options: {
      '--only': 'only this reason',
      '--merchant': 'only records of this merchant',
    },
  },
  'handoff held': { what: 'records that wait for a decision, and what decides them' },
} as const satisfies CommandsHelp;
