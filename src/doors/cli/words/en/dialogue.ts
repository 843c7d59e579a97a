import { counted } from './counted.ts';

/** Questions and remarks of `mimamori start`. */
export const dialogueWords = {
  title: (organisation: string, mode: 'drill' | 'live') =>
    `One handoff, step by step · ${organisation} · ${mode === 'live' ? 'LIVE' : 'DRILL'}`,
  opening: [
    'Four steps: incident, source, recipient, review. Then another officer approves.',
    'Nothing is sent from here. Ctrl-C stops at any question, and nothing is left half done.',
  ] as readonly string[],
  step: (step: number, of: number, text: string) => `Step ${step} of ${of}: ${text}`,
  steps: {
    incident: 'the incident',
    source: 'the source, and how it is read',
    recipient: 'who gets it',
    review: 'count, review, prepare',
  },
  sameAs: 'The same as a command:',

  withPreset: (text: string, preset: string) => `${text} [${preset}]`,
  orNone: (text: string) => `${text} (Return: none)`,
  yesOrNo: (text: string) => `${text} (yes/no)`,
  typeYesOrNo: 'Type yes or no. Return alone agrees to nothing.',
  number: (count: number) => `Number (1–${count})`,
  typeNumber: (count: number) => `Type a number from 1 to ${count}.`,
  typeNumbers: (count: number) => `Type numbers from 1 to ${count} with commas between them.`,
  typeText: 'Type one line of text.',
  typeDay: 'Type a day such as 2020-04-08.',
  typeMoment: 'Type a day and time such as 2020-04-07 15:00.',
  typeFile: 'Type the path of a file; the tab key helps.',
  typeColumns: 'Type pairs such as pan=#3,ordered_at=#5.',
  noCardNumbers: 'There is a card number in it. Answers go into files and lists: leave it out.',

  whoAreYou: 'Who are you?',
  actingAs: (id: string, name: string) => `You act as ${id} (${name}).`,

  whichIncident: 'Which incident is this about?',
  newIncident: 'a new one',
  incidentId: 'Short name of the incident: small letters, digits, hyphens',
  wrongId: 'Use 2 to 41 small letters, digits and hyphens.',
  takenId: 'An incident has this name already.',
  publicName: 'Name of the shop or service, as customers know it',
  merchant: 'Merchant, as its contracts name it',
  caseNumber: 'Case number of the processor or card company',
  discoveredAt: (zone: string) => `When it became known, such as 2020-04-07 15:00 (${zone})`,
  elements: (names: readonly string[]) =>
    `What leaked? ${names.join(', ')}. Numbers with commas, such as 2,3,4`,
  elementNames: {
    cardholder_name: 'cardholder name',
    pan: 'card number',
    expiry: 'expiry',
    security_code: 'security code',
    track: 'magnetic stripe',
    pin: 'PIN',
    name: 'name',
    address: 'address',
    phone: 'phone',
    email: 'e-mail',
    birth_date: 'date of birth',
    password: 'password',
  },
  excludedChannels: 'Channels that are not affected, such as rakuten,yahoo (Return: none)',
  windowFrom: 'First day of exposure, such as 2019-12-16',
  windowTo: 'Last day of exposure (included)',
  windowChannels: 'Only these channels, such as web (Return: every one that is not excluded)',
  wrongOrder: 'The last day is before the first.',
  anotherWindow: 'Is there another exposure window?',
  whichStage: 'Which list is this?',
  stages: {
    interim: 'interim: before the final report',
    final: 'final: after the final report',
    extension: 'extension: what came to light since the last list',
  },
  whichRecipient: 'Who gets the cards?',
  incidentFile: 'This is the incident as a file:',
  openIt: 'Is that right, and shall the incident be opened?',
  whereToKeep: 'Where to keep the file',
  opened: (id: string) => `Incident ${id} is open. The file is yours: it can be amended later.`,

  whichFile: 'The file with the records',
  whichKind: 'What is in it?',
  kinds: {
    orders: 'everything that was ordered; the exposure windows decide what counts',
    recovered: 'a list of cards by a PFI or processor; being listed is what counts',
    references: 'orders without card numbers; the processor finds the cards by their references',
  },
  isItRight: 'Is it read correctly?',
  turns: {
    take: 'yes, go on',
    spec: 'use a source spec',
    fittingSpec: (specs: string) => `use a source spec (the columns are those of ${specs})`,
    columns: 'say which column is which',
    ignore: 'never read a column, such as the security code',
    encoding: 'say which encoding it has',
    other: 'another file',
  },
  whichSpec: 'Source spec: a name such as eccube4, or a TOML file',
  whichIgnored: 'Column, by name or number such as #7',
  whichEncoding: 'Which encoding?',
  whichColumns: 'Columns, such as pan=#3,expiry=#4,ordered_at=#5',

  noRecipient:
    'There is no enabled recipient to send to. Add one first: its certificate, where files go, and how you confirmed both.',
  certificate: (until: string | undefined) =>
    until === undefined ? 'certificate without an end' : `certificate until ${until}`,
  badCertificate: (code: string) => `certificate is NOT good: ${code}`,
  tested: 'tested',
  untested: 'NOT tested: live files cannot be delivered to it yet',
  testLabel: 'sends test numbers to be read back by phone',
  rightRecipients: 'Are these the right recipients?',
  amendLabel: 'changes who gets what',

  beforePrepare:
    'Preparing reads everything again, seals one file per recipient on this machine and asks for approval. It sends nothing.',
  prepareNow: 'Prepare the handoff now?',
  notPrepared: 'Nothing was prepared. When you are ready:',
  officerKey: (officer: string) => `File with the private key of ${officer}, to sign the plan now`,
  officerKeyFor: (officer: string, command: string) =>
    `File with the private key of ${officer}, to sign "${command}" now`,
  signed: 'The plan carries your signature.',
  left: (required: number, approvers: readonly string[]) =>
    `Now ${counted(required, 'other officer')} must look at the review and approve. Approvers: ${approvers.length === 0 ? 'none yet' : approvers.join(', ')}.`,
  reviewLabel: 'what the approver looks at',
  approveLabel: 'the approver, not you',
  deliverLabel: 'after the approval',
};

export type DialogueWords = typeof dialogueWords;
