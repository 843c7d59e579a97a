import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

/** Words of the lists: handoffs, findings, recipients, people, incidents, issuers. */
export const listingWords = {
  inState: (count: string, state: string) => `${count} ${state}`,
  noHandoffs: 'There is no handoff yet.',
  handoffColumns: ['handoff', 'incident', 'mode', 'list', 'cards', 'state', 'batches', 'prepared'],
  /** As `handoffState`, in 12 columns at most. */
  handoffStateShort: {
    preparing: 'preparing',
    unsigned: 'unsigned',
    undecided: 'unapproved',
    'one-person': 'ONE PERSON',
    approve: 'approved',
    decline: 'declined',
    cancel: 'cancelled',
    decided: 'decided',
    'nothing-to-send': 'nothing sent',
  },
  show: 'mimamori handoff show ID',
  showLabel: 'how far each file has got',
  prepare: (incident: string) =>
    `mimamori handoff prepare --incident ${incident} --source FILE --as ID`,

  noFindings: 'There is nothing of that kind: every record became a card.',
  noHeld: (handoff: string) => `Handoff ${handoff} holds no records back.`,
  heldTitle: (handoff: string, n: number) =>
    n === 1
      ? `1 record of handoff ${handoff} waits for a decision. It is not sent until somebody takes it.`
      : `${counted(n, 'record')} of handoff ${handoff} wait for a decision. They are not sent until somebody takes it.`,
  linesIn: (source: string) => `${source}, lines`,
  more: (n: number) => `and ${figure(n)} more`,
  allLines: (handoff: string, reason: string) =>
    `mimamori handoff findings ${handoff} --only ${reason}`,
  allLinesLabel: 'every line',
  decideBy: 'decided by',
  orBy: 'or by',
  prepareAgain:
    'prepare the handoff again with that; an acceptance and its reason become part of the plan',
  cancelFirst: (handoff: string) => `mimamori handoff cancel ${handoff} --as ID --reason "…"`,
  cancelLabel: 'first, while this handoff still waits for approval',

  noRecipients: 'There is no recipient yet.',
  addRecipient:
    'mimamori recipient add ID --certificate FILE --fingerprint … --confirmed-by "…" --sftp … --host-key …',
  recipientColumns: ['recipient', 'state', 'goes to', 'format', 'key'],
  recipientSaved: (id: string) => `Recipient ${id} is saved.`,
  recipientDisabled: (id: string) => `Recipient ${id} is disabled: nothing is sent there any more.`,
  savedMeans:
    'Plans that were made before no longer match and cannot be delivered: prepare those handoffs again.',
  nextRecipient: 'mimamori recipient add ID …',
  nextRecipientLabel: 'whoever receives the cards',
  nextDoctor: 'mimamori doctor',
  nextDoctorLabel: 'what is still missing',
  nextIncidentLabel: 'if it is not open yet',
  readOut: 'Read the fingerprints out to the recipient once more before the first live file.',
  name: 'Name',
  state: 'State',
  certificate: 'Certificate',
  subkey: 'Encrypts to',
  confirmed: 'Confirmed',
  confirmedText: (by: string, day: string) => `${by}, recorded ${day}`,
  allowed: 'Accepted',
  endpoint: 'Endpoint',
  hostKey: 'Host key',
  nextHostKey: 'Next host key',
  login: 'Login',
  readBackYes: 'files are read back and compared',
  readBackNo: 'the server does not let us read back: deliveries stay "not verified"',
  format: 'Format',
  loginBy: {
    key: 'key',
    password: 'password',
    'key+password': 'key and password',
  },
  lists: 'Lists',
  answersLabel: 'Answers',
  answersFrom: (directory: string) => `fetched from ${directory}`,
  answersCountedFrom: (number: number) => `running numbers counted from ${number}`,
  answersInClear: 'also in clear through their box: weaker, signed by nobody',
  withinHours: (hours: number) => `within ${hours} h`,
  withinDays: {
    administrative: (days: number) =>
      `within ${counted(days, 'day')} on which ministries in Japan are open`,
    bank: (days: number) => `within ${counted(days, 'day')} on which banks in Japan are open`,
  },
  cutOff: (term: string, time: string) => `${term}, by ${time} in Tokyo`,
  pickupTerm: 'Pickup term',
  deliveryHours: 'Delivery hours',
  answersHours: 'Answer hours',
  hoursOn: {
    'every-day': 'every day',
    administrative: 'days on which ministries in Japan are open',
    bank: 'days on which banks in Japan are open',
  },
  listKind: {
    delta: 'delta: each file holds what they were not sent yet',
    cumulative: 'cumulative: each file holds the whole list',
  },
  layout: { 'per-recipient': 'one file', 'per-issuer': 'one file per issuer' },
  callSheet:
    'Call sheet: ask for the person above on a number you already have, not one from a mail.',
  box: 'fetched here, from their box',
  pickupKey: 'Their key',
  nextPickupKey: 'Their next key',
  folder: (directory: string) => `folder ${directory}, by hand`,
  enabled: 'enabled',
  disabled: 'disabled',

  noOfficers: 'There is no officer yet. Two are needed: one requests, another approves.',
  noSenders: 'There is no sender yet. Lists that are signed by a sender need one.',
  officerColumns: ['officer', 'name', 'roles', 'state', 'key'],
  senderColumns: ['sender', 'name', 'kind', 'state', 'key'],
  addOfficer:
    'mimamori officer add ID --name TEXT --roles officer,approver --certificate FILE --fingerprint …',
  addSender:
    'mimamori sender add ID --name TEXT --kind pfi --certificate FILE --fingerprint … --confirmed-by "…"',
  nextOfficer: 'mimamori officer add ID …',
  nextOfficerLabel: 'until one person requests and another approves',
  nextSignedLabel: 'reads what they signed',
  officerAdded: (id: string, name: string) => `Officer ${id} (${name}) is registered.`,
  senderAdded: (id: string, name: string) => `Sender ${id} (${name}) is registered.`,
  personDisabled: (id: string) =>
    `${id} is disabled: what they signed stays, nothing new by them is accepted.`,
  key: 'Key',
  ends: 'Ends',
  check: 'Compare the whole fingerprint with them, by phone or in person.',
  senderKind: { pfi: 'PFI', processor: 'processor', merchant: 'merchant' },

  noIncidents: 'There is no incident yet.',
  openIncident: 'mimamori incident open FILE.toml --as ID',
  incidentColumns: ['incident', 'public name', 'state', 'windows', 'discovered'],
  incidentState: { open: 'open', closed: 'closed' },
  merchant: 'Merchant',
  caseNumber: 'Case number',
  discovered: 'Discovered',
  foundBy: (by: string) => `, by ${by}`,
  elements: 'Leaked',
  elementNames: {
    cardholder_name: 'cardholder name',
    pan: 'card number',
    expiry: 'expiry date',
    security_code: 'security code',
    track: 'magnetic stripe',
    pin: 'PIN',
    name: 'name',
    address: 'address',
    phone: 'phone',
    email: 'mail address',
    birth_date: 'birth date',
    password: 'password',
  },
  windows: 'Windows',
  allChannels: 'every channel that is not excluded',
  listedOnly: 'only cards that a PFI or processor listed',
  notExposed: 'Not exposed',
  routes: 'Routes',
  otherwise: 'all other cards',
  nowhere: 'held: no default recipient',
  goesTo: (what: string, recipient: string) => `${what} → ${recipient}`,

  binsImported: (ranges: number, table: string) =>
    `The issuer table now has ${counted(ranges, 'range')} (${table}).`,
  binsReplaced: (table: string) =>
    `It replaces ${table}. Plans that were made before keep the table they were made with.`,
  binsFirst: 'It is the first one. From now on cards are counted by issuer.',
  newTableLabel: 'with the new table',
  bin: 'Digits',
  brand: 'Brand',
  issuer: 'Issuer',
  country: 'Country',
  notInTable: 'not in the issuer table',
};

export type ListingWords = typeof listingWords;
