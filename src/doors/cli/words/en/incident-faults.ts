import type { Facts } from '../../../../domain/fault.ts';
import { startEvents } from '../../../../domain/incident/start-events.ts';
import { about, fact, isOfBox } from '../fault-words.ts';
import type { FaultWords } from '../fault-words.ts';

const route = (f: Facts): string => {
  const number = fact(f, 'route', '?');
  return number === '0' ? 'the default recipient' : `route ${number}`;
};
const tableKept = 'The import was refused whole; the table that was in use stays in use.';
const row = (f: Facts): string => about(f, 'line', (n) => (n === '0' ? '' : `, line ${n}`));
const fixAndImport = {
  command: 'mimamori bins import FILE',
  label: 'again, once the file is mended',
};
const mendIncident = 'mend the incident file; nothing was changed';

/** Where a merchant is named that the incident does not have. */
function placeNamed(f: Facts): string {
  return (
    about(f, 'window', (window) => ` (in exposure window ${window})`) +
    about(f, 'route', (number) => ` (in route ${number})`) +
    about(f, 'source', (number) => ` (in source ${number})`) +
    about(f, 'line', (number) => ` (in line ${number} of the table)`)
  );
}

export const incidentFaults = {
  'incident-unknown': {
    what: (f) => `there is no incident ${fact(f, 'incident', 'of this name')}`,
    next: () => [
      { command: 'mimamori incident list', label: 'shows all incidents' },
      { command: 'mimamori incident open FILE.toml --as ID', label: 'opens a new one' },
    ],
  },
  'incident-exists': {
    what: (f) => `there is an incident ${fact(f, 'incident', 'of this name')} already`,
    means: () => 'Nothing was changed.',
    next: (f) => [
      { command: `mimamori incident show ${fact(f, 'incident', 'ID')}` },
      'give the new incident another id',
    ],
  },
  'incident-closed': {
    what: (f) => `the incident ${fact(f, 'incident', '')} is closed`,
    means: () => 'No further handoff can be prepared for it, and it cannot be closed twice.',
    next: () => [
      'if more cards were found, open a new incident that names this one in its case number',
    ],
  },
  'incident-changed': {
    what: (f) =>
      `the incident ${fact(f, 'incident', '')} changed while this command was reading it`,
    means: () =>
      'Somebody else amended it, or prepared or decided a handoff of it, at this moment. Nothing was changed.',
    next: (f) => [
      { command: `mimamori incident show ${fact(f, 'incident', 'ID')}`, label: 'as it stands now' },
      'run the same command again',
    ],
  },
  'start-event-unknown': {
    what: (f) => `${fact(f, 'event', 'this')} is no start event`,
    next: () => [`it is one of ${startEvents.join(', ')}; nothing was recorded`],
  },
  'start-event-unrecorded': {
    what: (f) => `nobody has recorded ${fact(f, 'event', 'this start event')}`,
    means: () => 'There is nothing to withdraw; nothing was changed.',
    next: () => [{ command: 'mimamori incident list', label: 'shows all incidents' }],
  },
  'clock-time-ahead': {
    what: (f) => `${fact(f, 'at', 'the time given')} has not come yet`,
    means: () => 'What has not happened cannot be recorded; nothing was.',
    next: (f) => [`check the date, and the offset or time zone (${fact(f, 'timeZone', 'UTC')})`],
  },
  'clock-unknown': {
    what: (f) => `the incident has no clock ${fact(f, 'clock', 'of this name')}`,
    means: () => 'Its file may have left it out under [clocks]. Nothing was recorded.',
    next: () => [
      { command: 'mimamori incident clocks ID', label: 'shows the clocks with their names' },
    ],
  },
  'clock-entry-changed': {
    what: (f) => `somebody else recorded ${fact(f, 'subject', 'the same')} at this moment`,
    means: () => 'What you gave was not recorded.',
    next: (f) => [
      { command: `mimamori incident clocks ${fact(f, 'incident', 'ID')}`, label: 'shows theirs' },
    ],
  },
  'holiday-year-missing': {
    what: (f) => `the table of holidays does not have ${fact(f, 'year', 'this year')}`,
    means: (f) =>
      `It goes from ${fact(f, 'first', '?')} to ${fact(f, 'last', '?')}. A date computed without holidays would be wrong, so none is.`,
    next: () => ['count this time limit by hand, and install a newer version of this program'],
  },
  'window-reversed': {
    what: (f) =>
      `exposure window ${fact(f, 'window', '')} ends before it begins${about(f, 'from', (from) => ` (from ${from}`)}${about(f, 'to', (to) => ` to ${to})`)}`,
    next: () => [mendIncident],
  },
  'window-name-repeated': {
    what: (f) => `two exposure windows are called ${fact(f, 'window', 'the same')}`,
    means: () =>
      'Windows may share a name only where each names other merchants, and channels and listed_only are the same.',
    next: () => [mendIncident],
  },
  'merchant-repeated': {
    what: (f) => `two merchants of the incident are called ${fact(f, 'merchant', 'the same')}`,
    means: () => 'A source that names it would not say whose record it is.',
    next: () => ['give each merchant an id and a number of its own; nothing was changed'],
  },
  'merchant-unknown': {
    what: (f) =>
      `the incident has no merchant ${fact(f, 'merchant', 'of this id')}${placeNamed(f)}`,
    means: (f) =>
      `Merchants go by the ids under [[merchants]] of the incident${about(f, 'known', (ids) => `: ${ids}`)}. Nothing was changed.`,
    next: (f) => [
      { command: `mimamori incident show ${fact(f, 'incident', 'ID')}`, label: 'shows the ids' },
    ],
  },
  'merchant-without-window': {
    what: (f) => `no exposure window is for merchant ${fact(f, 'merchant', '')}`,
    means: () => 'All of its orders would be left out, and nobody would notice.',
    next: () => [
      'name the merchant in a window, or leave merchants out of one; nothing was changed',
    ],
  },
  'merchants-absent': {
    what: (f) => `a merchant is named${placeNamed(f)}, and the incident lists none`,
    means: () => 'An incident with one merchant has no ids to compare with. Nothing was changed.',
    next: () => ['list the merchants under [[merchants]], or take the merchant out again'],
  },
  'look-up-by-name-off': {
    what: (f) =>
      `columns of persons were named${placeNamed(f)}, and the incident keeps no index of them`,
    means: () => 'Names, postcodes and phone numbers are read only where an incident says so.',
    next: () => [
      'leave the columns out, or amend the incident with look_up_by_name = true; nothing was read',
    ],
  },
  'channel-contradiction': {
    what: (f) =>
      `channel ${fact(f, 'channel', '')} is excluded, and exposure window ${fact(f, 'window', '')} names it`,
    means: () => 'Whether its cards leaked cannot be both yes and no.',
    next: () => ['take it out of excluded_channels or out of the window; nothing was changed'],
  },
  'route-without-condition': {
    what: (f) => `${route(f)} has no condition`,
    means: () => 'It would take every card, and the routes below it would never be asked.',
    next: () => ['add brand, issuer or country to it, or name its recipient as default_recipient'],
  },
  'route-brand-unknown': {
    what: (f) => `${route(f)} names the brand ${fact(f, 'brand', '')}, which does not exist`,
    next: () => ['use an id such as visa, mastercard, jcb, american-express or diners-club'],
  },
  'route-recipient-unknown': {
    what: (f) =>
      `${route(f)} leads to ${fact(f, 'recipient', 'a recipient')}, which is not known here`,
    next: (f) => [
      { command: `mimamori recipient add ${fact(f, 'recipient', 'ID')} …`, label: 'adds them' },
      { command: 'mimamori recipient list', label: 'shows who is known' },
    ],
  },
  'route-recipient-disabled': {
    what: (f) => `${route(f)} leads to ${fact(f, 'recipient', 'a recipient')}, which is disabled`,
    means: () => 'Nothing may be sent to a disabled recipient, so nothing was read.',
    next: () => [
      'send these cards to another recipient: change the route',
      { command: 'mimamori recipient list' },
    ],
  },
  'bin-overlap': {
    what: (f) =>
      `the issuer table${row(f)} claims digits that line ${fact(f, 'otherLine', '?')} claims too`,
    means: () => `Two issuers for one card cannot both be right. ${tableKept}`,
    next: () => [
      'keep one of the two lines, or give them different valid_from and valid_to',
      fixAndImport,
    ],
  },
  'bin-reversed': {
    what: (f) =>
      `the issuer table${row(f)} has a range that ends before it begins (${fact(f, 'column', 'high')})`,
    means: () => tableKept,
    next: () => ['exchange the two values in that line', fixAndImport],
  },
  'bin-malformed': {
    what: (f) => `the issuer table${row(f)} cannot be read${about(f, 'column', (c) => ` at ${c}`)}`,
    means: () =>
      `Ranges have 6 to 11 digits, dates are YYYY-MM-DD, countries two letters. ${tableKept}`,
    next: () => [fixAndImport],
  },
  'bin-column-missing': {
    what: (f) => `the issuer table has no column ${fact(f, 'column', 'that is needed')}`,
    means: () => tableKept,
    next: () => [
      {
        command: 'mimamori bins import FILE --columns low=…,high=…,issuer=…',
        label: 'names the columns',
      },
    ],
  },
  'bins-altered': {
    what: () => 'config/bins/issuers.csv is not the issuer table that was imported last',
    means: (f) =>
      `It decides whose every card is. The file has the digest ${fact(f, 'found', '?')}, the log names ${fact(f, 'recorded', '?')}. Nothing goes by it.`,
    next: () => [
      { command: 'mimamori bins import FILE --as ID', label: 'puts a table in force, and logs it' },
    ],
  },
  'endpoint-malformed': {
    what: (f) => `the SFTP endpoint cannot be read${about(f, 'part', (part) => ` (${part})`)}`,
    next: (f) => [
      `write it as ${fact(f, 'expected', 'user@host:port/directory')}; nothing was changed`,
    ],
  },
  'endpoint-with-password': {
    what: () => 'the SFTP endpoint holds a password',
    means: () =>
      'It now stands in your shell history and was visible to every process. It was not stored.',
    next: () => [
      'change that password with the recipient',
      { command: 'mimamori recipient add … --authentication password --password-file FILE' },
    ],
  },
  'endpoint-shared': {
    what: (f) =>
      `${fact(f, 'first', 'one recipient')} and ${fact(f, 'second', 'another')} have the same ${isOfBox(f) ? 'pickup key' : 'directory'}${about(f, 'endpoint', (e) => `: ${e}`)}`,
    means: (f) =>
      isOfBox(f)
        ? 'One key must not open two boxes.'
        : 'One of them would find the files of the other.',
    next: (f) => [
      `ask the second one for a ${isOfBox(f) ? 'pickup key' : 'directory'} of their own`,
    ],
  },
  'profile-unknown': {
    what: (f) =>
      `there is no ${f['folder'] === 'answers' ? 'answer format' : 'format profile'} ${fact(f, 'profile', 'of this name')}`,
    next: (f) => [
      `they are built in or stand in config/${fact(f, 'folder', 'profiles')}/NAME.toml; see docs/formats`,
    ],
  },
  'references-by-merchant': {
    what: (f) =>
      `the format profile ${fact(f, 'profile', '')} of ${fact(f, 'recipient', 'the recipient')} does not say whose each reference is`,
    means: () =>
      'The incident lists merchants, and two shops may have the same order number: nobody could tell which payment is meant. Nothing was sealed.',
    next: (f) => [
      {
        command: `mimamori recipient update ${fact(f, 'recipient', 'ID')} --profile PROFILE --reason "…"`,
        label:
          'a copy of the profile with a column merchant, once the recipient has confirmed it; then test it',
      },
    ],
  },
  'profile-subject': {
    what: (f) =>
      `the format profile ${fact(f, 'profile', '')} of ${fact(f, 'recipient', 'the recipient')} is not for ${fact(f, 'subject', 'this')}`,
    means: () => 'A profile is for cards or for references. Nothing was sealed.',
    next: (f) => [
      {
        command: `mimamori recipient update ${fact(f, 'recipient', 'ID')} --profile ${f['subject'] === 'references' ? 'references' : 'PROFILE'} --reason "…"`,
        label: 'once the recipient has confirmed it; then test it',
      },
      'or add the same partner as a second recipient with the other profile and its own directory',
    ],
  },
  'profile-invalid': {
    what: (f) => `a format profile contradicts itself${about(f, 'problems', (p) => `: ${p}`)}`,
    next: () => ['mend the file in config/profiles or config/answers; nothing was changed'],
  },
  'text-not-encodable': {
    what: (f) =>
      `${fact(f, 'field', 'a text')} cannot be written in ${fact(f, 'charset', "the recipient's character set")}`,
    means: () =>
      'A question mark in its place could change what the recipient reads. Nothing was sealed.',
    next: () => [
      'put a form of it that fits into the incident or the settings, for example in Latin letters',
    ],
  },
  'text-too-long': {
    what: (f) => `${fact(f, 'field', 'a text')} is too long for the recipient's format`,
    next: () => ['shorten it in the incident or the settings; nothing was sealed'],
  },
  'number-too-large': {
    what: (f) => `${fact(f, 'field', 'a number')} does not fit into the recipient's format`,
    next: () => ['ask the recipient for a format with a wider field; nothing was sealed'],
  },
  'too-many-records': {
    what: (f) => {
      const limit = fact(f, 'cardsMax', fact(f, 'max', ''));
      const most = limit === '' ? '' : `: at most ${limit}`;
      return `there are more records than one file or run may hold${most}`;
    },
    means: () => 'Nothing was stored, nothing was sent.',
    next: () => [
      'split the source, or ask the recipient for a larger limit; see [limits] in the settings',
    ],
  },
} as const satisfies Record<string, FaultWords>;
