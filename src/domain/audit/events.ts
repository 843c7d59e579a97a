import {
  amendment,
  decision,
  delivery,
  entry,
  importSent,
  incidentDocument,
  receipts,
  recipient,
} from './shared-fields.ts';
import { keyActs } from './key-acts.ts';
import { configurationActs } from './configuration-acts.ts';
import { keepingActs } from './keeping-acts.ts';
import { noticeActs } from './notice-acts.ts';
import { lookUpActs } from './look-up-acts.ts';
import { arrivalActs } from './arrival-acts.ts';
import { pickupActs } from './pickup-acts.ts';
import { recallActs } from './recall-acts.ts';
import { responseActs } from './response-acts.ts';
import { toldActs } from './told-acts.ts';
import type { Kind, KindValues } from './field-kinds.ts';

type FieldSpec = Kind | `${Kind}?`;

/**
 * The closed vocabulary of the log: every act that leaves a leaf, and the fields of its `data`. A trailing `?` marks a
 * field that may be left out. Each act may carry `code` besides: why it was refused or failed; and `signed`: the digest
 * of the statement by which an officer stood behind the command.
 *
 * Acts and fields are only ever added: a leaf written by any earlier version has to stay readable.
 * Source: PCI DSS v4.0.1 req. 10.2.1.1–10.2.1.7 (what is logged).
 */
export const actFields = {
  'workspace-init': {
    workspace: 'id',
    mode: 'code',
    vkey: 'vkey',
    organisation: 'commitment?',
    fingerprint: 'fingerprint?',
  },
  'key-create': {
    purpose: 'code',
    incident: 'id?',
    algorithm: 'code?',
    fingerprint: 'fingerprint?',
    pin: 'pin?',
    vkey: 'vkey?',
  },
  'officer-add': {
    officer: 'id',
    name: 'commitment?',
    roles: 'codes',
    fingerprint: 'fingerprint',
    entrySha256: 'digest?',
  },
  'officer-disable': { officer: 'id', reason: 'commitment?' },
  'recipient-add': recipient,
  'recipient-update': { ...recipient, changed: 'codes?' },
  'recipient-disable': { recipient: 'id', reason: 'commitment?' },
  'recipient-test': {
    test: 'id',
    recipient: 'id',
    combination: 'digest',
    fingerprint: 'fingerprint',
    profile: 'id',
    name: 'id',
    bytes: 'count',
    sha256: 'digest',
  },
  'recipient-test-sent': {
    test: 'id',
    recipient: 'id',
    combination: 'digest',
    outcome: 'code',
    hostKey: 'pin?',
    verification: 'code?',
  },
  'recipient-test-answer': {
    test: 'id',
    recipient: 'id',
    combination: 'digest',
    fingerprint: 'fingerprint',
    profile: 'id',
    misreadings: 'count',
    spokenAt: 'instant',
    confirmedBy: 'commitment?',
    phone: 'commitment?',
  },
  'recipient-test-file-answer': {
    test: 'id',
    recipient: 'id',
    combination: 'digest',
    fingerprint: 'fingerprint',
    profile: 'id',
    evidence: 'digest?',
    bytes: 'count?',
  },
  'recipient-probe': {
    recipient: 'id',
    hostKey: 'pin',
    directory: 'commitment?',
    found: 'codes',
    missing: 'codes',
    writeBytesMax: 'count?',
    left: 'count',
  },
  'sender-add': {
    sender: 'id',
    name: 'commitment?',
    fingerprint: 'fingerprint',
    keys: 'pins?',
    confirmedBy: 'commitment?',
    entrySha256: 'digest?',
  },
  'sender-disable': { sender: 'id', reason: 'commitment?' },
  'bins-import': { table: 'digest', ranges: 'count', source: 'digest?', replaced: 'digest?' },
  'incident-open': {
    incident: 'id',
    publicName: 'commitment?',
    merchant: 'commitment?',
    ...incidentDocument,
  },
  'incident-amend': amendment,
  ...recallActs,
  'incident-close': { incident: 'id', reason: 'commitment?' },
  'incident-record': { ...entry, event: 'code', merchant: 'id?', replaced: 'instant?' },
  'clock-settle': { ...entry, clock: 'code', merchant: 'id?', replaced: 'code?' },
  'handoff-prepare': {
    handoff: 'id',
    incident: 'id',
    mode: 'code?',
    stage: 'code?',
    subject: 'code?',
    sources: 'digests',
    ...receipts,
    read: 'count',
    cards: 'count',
    references: 'count?',
    foundByName: 'count?',
    merchants: 'count?',
    excluded: 'counts',
    held: 'counts',
    warnings: 'counts?',
    accepted: 'codes?',
    reason: 'commitment?',
    batches: 'ids',
    /** Those that ask for a waiver of the reissue fee. */
    requestsWaiver: 'ids?',
    binTable: 'digest?',
    planSha256: 'digest?',
    reviewSha256: 'digest?',
  },
  'handoff-import-sent': importSent,
  'handoff-prepare-refused': {
    incident: 'id',
    handoff: 'id?',
    sources: 'digests?',
    source: 'count?',
    line: 'count?',
    column: 'count?',
  },
  'handoff-request': decision,
  'handoff-approve': decision,
  'handoff-decline': decision,
  'handoff-cancel': decision,
  'handoff-emergency': { ...decision, due: 'instant', batches: 'ids' },
  'handoff-overdue': { handoff: 'id', officer: 'id', due: 'instant' },
  'delivery-name': delivery,
  'delivery-start': delivery,
  'delivery-publishing': delivery,
  'delivery-control': delivery,
  'delivery-stored': delivery,
  'delivery-presumed': delivery,
  'delivery-conflict': delivery,
  'delivery-failed': delivery,
  'delivery-expired': delivery,
  'delivery-written': delivery,
  'delivery-retry': { ...delivery, reason: 'commitment?' },
  'delivery-resolve': {
    batch: 'id',
    handoff: 'id?',
    outcome: 'code',
    reason: 'commitment?',
    evidence: 'digest?',
  },
  'handoff-record': {
    batch: 'id',
    handoff: 'id?',
    recipient: 'id?',
    rung: 'code',
    channel: 'code',
    saidAt: 'instant',
    by: 'commitment?',
    reason: 'commitment?',
    evidence: 'digest?',
    bytes: 'count?',
  },
  ...toldActs,
  ...responseActs,
  ...lookUpActs,
  ...noticeActs,
  ...configurationActs,
  ...keepingActs,
  ...keyActs,
  ...pickupActs,
  ...arrivalActs,
  'incident-export': { incident: 'id', officer: 'id', files: 'count', manifest: 'digest' },
  'command-sign': {
    officer: 'id',
    command: 'code',
    statement: 'digest',
    signature: 'digest',
    fingerprint: 'fingerprint',
    /** What the statement names by a digest of its own: arguments, reason, digests of files. */
    said: 'commitment?',
  },
  'permission-refused': {
    asked: 'code',
    officer: 'id?',
    handoff: 'id?',
    batch: 'id?',
    /** Of the same account, actor, command and code in the same hour, where one entry stands for several. */
    attempts: 'count?',
  },
} as const satisfies Record<string, Readonly<Record<string, FieldSpec>>>;

export type Act = keyof typeof actFields;

type Fields<A extends Act> = (typeof actFields)[A];
type KindOf<Spec> = Spec extends `${infer K extends Kind}?` ? K : Spec extends Kind ? Spec : never;
type IsOptional<Spec> = Spec extends `${string}?` ? true : false;

/** The `data` of one act. Left-out and `undefined` fields are the same. */
export type DataOf<A extends Act> = {
  readonly [
    F in keyof Fields<A> as IsOptional<Fields<A>[F]> extends true ? never : F
  ]: KindValues[KindOf<Fields<A>[F]>];
} & {
  readonly [F in keyof Fields<A> as IsOptional<Fields<A>[F]> extends true ? F : never]?:
    KindValues[KindOf<Fields<A>[F]>] | undefined;
} & { readonly code?: string | undefined; readonly signed?: string | undefined };

/** One field as the checks need it. */
export interface Field {
  readonly kind: Kind;
  readonly isOptional: boolean;
}

const ofEveryAct = [
  ['code', 'code?'],
  ['signed', 'digest?'],
] as const;

const fieldsByAct: ReadonlyMap<string, ReadonlyMap<string, Field>> = new Map(
  Object.entries(actFields).map(([act, specs]) => [
    act,
    new Map([...Object.entries(specs), ...ofEveryAct].map(([name, spec]) => [name, field(spec)])),
  ]),
);

/** Whether a word is in the vocabulary. */
export function isAct(word: string): word is Act {
  return fieldsByAct.has(word);
}

/** The fields of an act by name, with those that every act may carry. */
export function fieldsOf(act: Act): ReadonlyMap<string, Field> {
  return fieldsByAct.get(act)!;
}

const requiredByAct: ReadonlyMap<string, number> = new Map(
  [...fieldsByAct].map(([act, fields]) => [
    act,
    [...fields.values()].filter(({ isOptional }) => !isOptional).length,
  ]),
);

/** How many fields of an act may not be left out. */
export function requiredFieldsOf(act: Act): number {
  return requiredByAct.get(act)!;
}

function field(spec: FieldSpec): Field {
  const isOptional = spec.endsWith('?');
  return { kind: (isOptional ? spec.slice(0, -1) : spec) as Kind, isOptional };
}
