import type { DemoCheck, DemoScene } from '../../../../exchange/demo/demo-story.ts';
import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

/** Words of the demo: what it is, a line for each scene, and how it ends. */
export const demoWords = {
  first: [
    'DRILL · a sample incident from beginning to end. Every card, person and company is made up;',
    'nothing leaves this machine.',
  ],
  scene: {
    workspace: 'Workspace',
    people: 'People',
    sources: 'Sources',
    incident: 'Incident',
    prepare: 'Prepare',
    request: 'Request',
    refusal: 'Refusal',
    approve: 'Approval',
    deliver: 'Delivery',
    receive: 'Receipt',
    verify: 'Log',
  } satisfies Record<DemoScene, string> as Record<DemoScene, string>,
  /** While a scene lasts. */
  begins: {
    workspace: 'making keys and an empty log',
    people: 'pinning certificates and host keys',
    sources: 'the shop exports its orders, the investigator seals a list',
    incident: 'opening the incident',
    prepare: 'reading, screening, folding, sealing',
    request: 'officer-1 signs the plan',
    refusal: 'officer-1 tries to approve it as well',
    approve: 'approver-1 signs the approval',
    deliver: 'sending to both recipients',
    receive: 'the recipients decrypt and count',
    verify: 'deriving the log anew',
  } satisfies Record<DemoScene, string> as Record<DemoScene, string>,
  workspace: (id: string) => `${id}: keys, configuration, an empty log`,
  people: (ids: string) => `${ids}: pinned by fingerprint and host key`,
  sources: (orders: string, ordersCount: number, listed: string, listedCount: number) =>
    `${orders} from the shop, ${figure(ordersCount)} · ${listed} from the investigator, ${figure(listedCount)}`,
  incident: (id: string, name: string, ranges: number) =>
    `${id}, ${name}; a table of ${counted(ranges, 'issuer range')}`,
  prepare: (read: number, cards: number, files: number, plan: string) =>
    `${counted(read, 'record')} read: ${counted(cards, 'card')}, sealed in ${counted(files, 'file')}; plan ${plan}`,
  request: (officer: string) => `${officer} signed the plan`,
  refused: (officer: string, code: string, exit: number) =>
    `${officer} tried to approve it too: not permitted (${code}, exit ${exit})`,
  notRefused: (officer: string) => `${officer} approved their own plan: that must not happen`,
  approve: (officer: string, plan: string) => `${officer} approved plan ${plan}`,
  deliver: (parts: string) => `${parts}, over SFTP to the pinned host keys`,
  toRecipient: (cards: number, recipient: string) => `${counted(cards, 'card')} to ${recipient}`,
  receive: (files: number, cards: number) =>
    `${counted(files, 'file')} decrypted by the recipients, with their own keys: ${counted(cards, 'card')}`,
  verify: (entries: number) =>
    `${counted(entries, 'entry', 'entries')} derived anew; every hash and signature holds`,
  breach: (kind: string) => `does not hold: ${kind}`,
  sent: 'sent',
  received: 'received',
  total: 'total',
  opened: (mode: string, file: string, size: string) =>
    `${file} · ${size} · says ${mode} · our signature is good`,
  notOpened: (file: string, code: string) => `${file} could not be opened: ${code}`,
  planted: 'Sources',
  plantedFound: (records: number, kinds: number) =>
    `made with ${kinds} kinds of record that must not be sent; all ${figure(records)} were judged as intended`,
  twoPeople: 'Two people',
  twoPeopleTold: (requester: string, approver: string) =>
    `requested by ${requester}, approved by ${approver}; ${requester} was not allowed to do both`,
  log: 'Log',
  logTold: (entries: number, root: string) =>
    `${counted(entries, 'entry', 'entries')}; checkpoint ${figure(entries)} signed and anchored, root ${root}`,
  check: {
    'tally-adds-up': 'records read are not the sum of cards, excluded and held',
    'planted-is-found': 'what was planted in the sources is not what was found',
    'own-approval-is-refused': 'the requester could approve their own handoff',
    'files-are-stored': 'not every file arrived',
    'received-is-sent': 'the recipients did not find what was sent',
    'log-holds': 'the log does not hold',
  } satisfies Record<DemoCheck, string> as Record<DemoCheck, string>,
  broken: 'This demo found a bug, please report it:',
  took: (time: string) => `Took ${time}. It was played in a temporary directory, which is gone.`,
  kept: (time: string, directory: string) => `Took ${time}. Everything stands in ${directory}`,
  keptParts: {
    workspace: 'configuration, keys, database, sealed files',
    sources: 'what shop and investigator handed over, in clear where they sent it so',
    received: 'what arrived at each recipient',
    people: 'keys and passphrases of both officers, passphrase of the workspace',
    anchor: 'signed checkpoints, outside the workspace',
  },
  next: {
    keep: 'keeps everything, to look around',
    workspace: 'in a clone, each of these begins with npx mimamori',
    status: 'what waits for whom',
    show: 'how far each file is',
    findings: 'every record with a wrong check digit, by line',
    tail: 'who did what',
    again: 'the same sources once more: every card was sent already',
    own: 'a workspace of your own; docs/operating/first-handoff.md goes on',
  },
};

export type DemoWords = typeof demoWords;
