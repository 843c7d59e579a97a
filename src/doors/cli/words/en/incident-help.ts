import { exceptionValues } from '../../../../domain/waivers/waiver-exceptions.ts';
import { feeBearers, reissuedTerms } from '../../../../domain/waivers/waiver-terms.ts';
import { wordChannels } from '../../../../domain/handoff/persons-word.ts';
import { startEvents } from '../../../../domain/incident/start-events.ts';
import { subjects, waiverStates } from '../../../../domain/readiness/statements.ts';
import type { CommandsHelp } from '../help-words.ts';

export const incidentHelp = {
  incident: { what: 'what leaked, where and when' },
  'incident open': {
    what: 'open an incident from its TOML file (an example: config/incidents/shop-a.toml)',
  },
  'incident list': { what: 'all incidents' },
  'incident show': { what: 'windows, channels, routes and clocks of one incident' },
  'incident amend': {
    what: 'replace windows, channels and routes; voids an undecided handoff; needs --reason',
    options: {
      '--dry-run': 'show what would change and what that means, and change nothing',
    },
    arguments: { file: 'the whole TOML file, changed' },
  },
  'incident recalled': {
    what: 'say that the cards proposed for recall in a batch are dealt with; needs --reason',
  },
  'incident close': { what: 'allow no further handoff; needs --reason' },
  'incident clocks': {
    what: 'every time limit: when it ends, what it rests on, edition and source of its rule',
  },
  'incident record': {
    what: 'when something happened that starts clocks',
    options: {
      '--at': "2026-05-01T22:30 in the incident's zone, or with an offset",
      '--withdraw': 'it did not happen after all; needs --reason',
      '--merchant': "one merchant's own: it reports for itself",
    },
    arguments: { event: startEvents.join(', ') },
  },
  'incident clock': {
    what: 'say that what a clock asks for was done, or does not bind here',
    options: {
      '--met': 'done, now or at this time',
      '--set-aside': 'does not bind here; needs --reason',
      '--reopen': 'neither holds any more; needs --reason',
      '--merchant': "one merchant's own clock",
    },
    arguments: { clock: 'its id, as incident clocks shows it' },
  },
  lookup: {
    what: 'answer a caller: is this card, order or person affected?',
    more: [
      'Takes --as with the role desk or officer, and --reason.',
      'Exit 1 where nothing is found, which never means: not affected.',
    ],
  },
  'lookup card': {
    what: 'ask for the card number without showing it, and look it up',
    options: {
      '--incident': 'only this incident',
      '--stdin': 'read the number from standard input instead of the terminal',
    },
  },
  'lookup order': {
    what: 'look up an order number, or another reference that a source gave',
    options: {
      '--incident': 'only this incident',
      '--merchant': 'only orders of this shop; where several shops have the number',
      '--last-four': 'of the card, as the caller says them; where several cards fit',
    },
    arguments: { reference: 'letter by letter as the shop wrote it' },
  },
  'lookup person': {
    what: 'ask for a name with postcode or phone, and look the person up',
    more: ['Only in incidents that say look_up_by_name = true. A name alone is refused.'],
    options: {
      '--incident': 'only this incident',
      '--stdin': 'read name, postcode or phone, and last four digits, a line each',
    },
  },
  'incident readiness': {
    what: 'can we publish and take calls? exit 1 while something is open',
  },
  'incident export': {
    what: 'write everything about an incident for reviewers, to be checked without Mimamori',
    arguments: { dir: 'a folder that is not there yet' },
  },
  waiver: { what: 'the request to card companies to waive the reissue fee' },
  'waiver request': {
    what: 'note that a card company, or who speaks for it, was asked',
    options: {
      '--issuer': 'this card company, as the issuer table names it, or unknown',
      '--recipient': 'every card company that this recipient speaks for',
      '--by': 'who was asked: name, desk, number called',
      '--terms': 'what was asked for, in words; a letter has it too',
      '--channel': `how: ${wordChannels.join(', ')}`,
      '--at': "when (default: now): 2026-11-22 14:05 in the incident's zone",
      '--evidence': 'the mail or letter; it is kept here',
    },
  },
  'waiver record': {
    what: 'note what they answered; what nobody named stays blank',
    options: {
      '--issuer': 'of this card company, as the issuer table names it, or unknown',
      '--recipient': 'of every card company that this recipient speaks for',
      '--state': waiverStates.join(', '),
      '--terms': 'the terms, as they were told',
      '--condition': 'when it holds, as they said it',
      '--invoice': 'how it is invoiced, as they said it',
      '--fee-by': `who bears the fee: ${feeBearers.join(', ')}`,
      '--unit-price': 'for one card, a whole amount',
      '--cap': 'for all cards, a whole amount',
      '--currency': 'of both, such as JPY',
      '--reissued': `cards reissued before: ${reissuedTerms.join(', ')}`,
      '--from': 'the first day on which it holds, 2026-12-01',
      '--until': 'the last one',
      '--by': 'who said it: name, desk, number called',
      '--channel': `how: ${wordChannels.join(', ')}`,
      '--at': "when it was said (default: now): 2026-11-22 14:05 in the incident's zone",
      '--evidence': 'a file that backs it; it is kept here',
    },
  },
  'waiver except': {
    what: 'note cards for which something else holds than for their issuer',
    options: {
      '--issuer': 'the card company of all of them, as the issuer table names it',
      '--exception': exceptionValues.join(', '),
      '--record': 'a card by its record reference; may be given again',
      '--order': 'a card by its order, where it is the only one; may be given again',
      '--merchant': 'whose orders they are',
      '--file': 'a table with record or order, and exception; all lines or none',
      '--by': 'who said it: name, desk, number called',
      '--channel': `how: ${wordChannels.join(', ')}`,
      '--at': "when it was said (default: now): 2026-11-22 14:05 in the incident's zone",
      '--evidence': 'a file that backs it; it is kept here',
    },
    more: [
      '',
      'Exceptions:',
      '  not-waived    they do not waive the fee for this card',
      '  fee-charged   the fee was charged',
      '  refund-asked  reissued before; the fee was asked back',
      '  none          what was noted does not hold any more; needs --reason',
    ],
  },
  'waiver letter': {
    what: 'write a letter that asks a card company, in Japanese and English, with its cards',
    options: {
      '--issuer': 'this card company, as the issuer table names it',
      '--output': 'a folder that is not there yet',
      '--recipient': 'sign and encrypt each file: only this recipient can open it',
      '--charset': 'of the annex, which lists the cards',
    },
    more: [
      '',
      'The annex has no card number. config/letters/waiver-request.{ja,en}.txt of the',
      'workspace take the place of the letters that come with the program.',
    ],
  },
  'waiver show': { what: 'how it stands with each card company, and for how long we wait' },
  'waiver report': {
    what: 'the same, also as a table for spreadsheets',
    options: { '--output': 'a new file' },
  },
  'incident told': {
    what: 'note what a card company told us, or that our desk is briefed',
    arguments: { what: subjects.join(', ') },
    options: {
      '--issuer': 'of this card company, as the issuer table names it, or unknown',
      '--recipient': 'of every card company that this recipient speaks for',
      '--since': 'monitoring: since when they watch the cards',
      '--state': `waiver: ${waiverStates.join(', ')}`,
      '--terms': 'waiver: the terms, as they were told',
      '--not-before': 'publication: the first day on which they agree, 2026-12-01',
      '--withdraw': 'what was told before does not hold any more; needs --reason',
      '--by': 'who said it: name, desk, number called',
      '--channel': `how: ${wordChannels.join(', ')}`,
      '--at': "when it was said (default: now): 2026-11-22 14:05 in the incident's zone",
    },
    more: [
      'Examples:',
      '  mimamori incident told shop-a-2020 monitoring --recipient psp \\',
      '    --since "2026-11-20 10:00" --by "Yamada, PSP desk" --channel phone --as ID',
      '  mimamori incident told shop-a-2020 waiver --issuer "Example Card" \\',
      '    --state granted-with-terms --terms "until 2027-03-31, web orders only" \\',
      '    --by "Sato" --channel mail --evidence answer.eml --as ID',
      '  mimamori incident told shop-a-2020 publication --recipient psp \\',
      '    --not-before 2026-12-01 --by "Yamada" --channel phone --as ID',
      '  mimamori incident told shop-a-2020 desk --as DESK',
      '',
      'A later statement takes the place of an earlier one, which is kept; to',
      'contradict one takes --reason. Terms are text: put no amount there that nobody',
      'has named, and no card number.',
    ],
  },
  notices: { what: 'the persons to be told, by order reference' },
  'notices export': {
    what: 'write the list: reference, windows, brand, last four digits, or why there is no number',
    options: {
      '--output': 'a new file, for its owner alone',
      '--charset': 'utf-8 with its mark, or cp932 for old spreadsheets',
      '--handoff': 'only the references of this handoff',
      '--merchant': 'only the references of this merchant',
    },
  },
  'notices record': {
    what: 'take in who was told: a table with reference, status and at',
    options: { '--file': 'status is mail-sent, mail-bounced or letter-sent' },
  },
  'notices show': { what: 'how many references there are, and how many were told how' },
} as const satisfies CommandsHelp;
