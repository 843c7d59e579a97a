// Data for the screens: an ordinary night, and the worst one, in which every text is as long as its schema allows.

import { encodeEmergency } from '../../../src/domain/handoff/emergency.ts';
import type { DeliveryState } from '../../../src/domain/handoff/delivery-states.ts';
import type { Plan, PlannedEndpoint } from '../../../src/domain/handoff/plan.ts';
import type { Review } from '../../../src/domain/handoff/review.ts';
import { incidentSchema } from '../../../src/domain/incident/incident.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { reasons, warnings } from '../../../src/domain/intake/reasons.ts';
import { recipientSchema } from '../../../src/domain/recipients/recipient.ts';
import type { Recipient } from '../../../src/domain/recipients/recipient.ts';
import { weakAlgorithmNames } from '../../../src/domain/recipients/weak-algorithms.ts';
import { officerSchema } from '../../../src/domain/workspace/officer.ts';
import type { Officer } from '../../../src/domain/workspace/officer.ts';
import type { PrepareResult } from '../../../src/exchange/handoff/card-process.ts';
import type { Certificate } from '../../../src/exchange/keys/certificates.ts';
import type { Delivered } from '../../../src/exchange/delivery/deliver-handoff.ts';
import { DeliveryFault } from '../../../src/exchange/delivery/delivery-errors.ts';
import type { Emergency } from '../../../src/exchange/delivery/emergencies.ts';
import type {
  BatchRow,
  HandoffRow,
  SourceRow,
} from '../../../src/exchange/handoff/handoff-register.ts';
import type { Prepared } from '../../../src/exchange/handoff/prepare-handoff.ts';
import type { ExportedNotices } from '../../../src/exchange/notices/export-notices.ts';
import type { RecordedNotices } from '../../../src/exchange/notices/record-notices.ts';
import type { PersonsWord } from '../../../src/exchange/delivery/word-register.ts';
import type { ShownHandoff } from '../../../src/exchange/handoff/show-handoff.ts';

export const sha256 = `9f2c41aa${'0'.repeat(56)}`;
const fingerprint = '4F2A91C05D137E2188A04F2A91C05D137E2188A0';
const at = new Date('2020-04-09T17:14:00Z');

/** How long everything is. */
export interface Size {
  readonly id: string;
  readonly text: string;
  readonly count: number;
  readonly list: number;
}

export const ordinary: Size = { id: 'psp', text: 'Example Shop', count: 1, list: 2 };
export const worst: Size = {
  id: `a${'-very-long-identifier-of-41-characters'.repeat(2)}`.slice(0, 41),
  text: '株式会社とても長い名前のオンラインショップ\u202Eevil\u001B[2J'.repeat(4).slice(0, 190),
  count: 50_000_000 / 17,
  list: 9,
};

export function incidentOf(size: Size): Incident {
  const channels = Array.from({ length: size.list }, (_, n) => `channel-${String(n)}-${size.id}`);
  return incidentSchema.parse({
    id: size.id,
    public_name: plain(size.text),
    merchant: plain(size.text),
    case_number: 'EX-2020-0407',
    discovered_at: '2020-04-07T15:00:00+09:00',
    elements: ['cardholder_name', 'pan', 'expiry', 'security_code', 'email', 'address', 'password'],
    excluded_channels: channels,
    default_recipient: size.id,
    windows: channels.map((channel, n) => ({
      name: `w${String(n)}`,
      channels: [channel],
      from: '2019-12-16T00:00:00+09:00',
      to: `2020-04-0${String(n + 1)}`,
      listed_only: n === 1,
    })),
    routes: [
      { brand: 'american-express', issuer: plain(size.text), country: 'JP', recipient: size.id },
    ],
  });
}

/** Configuration refuses what a terminal would obey; other texts come as they come. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\u202A-\u202E]/gu, '').trim();
}

function resultOf(size: Size): PrepareResult {
  const counted = (kind: 'excluded' | 'held'): Record<string, number> =>
    Object.fromEntries(
      reasons
        .filter((reason) => reason.kind === kind)
        .map(({ id }, n) => [id, Math.floor(size.count) + n]),
    );
  const excluded = counted('excluded');
  const held = counted('held');
  const cards = Math.floor(size.count) * 3;
  const sum = (counts: Record<string, number>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  const issuers = Array.from({ length: size.list }, (_, n) => ({
    issuer: n === 0 ? '' : size.text,
    brand: n === 0 ? 'unknown' : 'american-express',
    country: 'JP',
    cards,
    sample: ['411111******1111', '378282*****0005', '601111******1117'],
  }));
  return {
    sources: [],
    read: cards + sum(excluded) + sum(held),
    cards,
    orders: cards,
    references: cards,
    excluded,
    held,
    warnings: Object.fromEntries(warnings.map((id) => [id, Math.floor(size.count)])),
    accepted: { 'date-missing': 4 },
    batches: batchesOf(size).map(({ id, recipient, file, bytes }) => ({
      batch: id,
      recipient,
      file,
      bytes,
      sha256,
      cards,
      firstReference: 1,
      issuers,
    })),
    brandTable: sha256,
  };
}

export function sourcesOf(size: Size): SourceRow[] {
  return (['orders', 'recovered'] as const).map((kind, number) => ({
    number,
    name: `${size.text}.csv`,
    kind,
    bytes: 1_000_000,
    sha256,
    specSha256: sha256,
    records: Math.floor(size.count) * 2,
    encoding: 'shift_jis',
    sender: kind === 'recovered' ? size.id : undefined,
    form: kind === 'recovered' ? 'encrypted-signed' : 'encrypted-unsigned',
    received: kind === 'recovered' ? undefined : 'own-system',
  }));
}

export function preparedOf(size: Size): Prepared {
  const bytes = new Uint8Array(0);
  return {
    handoff: 'h7k2m9qa',
    incident: incidentOf(size),
    mode: 'live',
    stage: 'correction',
    requester: size.id,
    requestsWaiver: true,
    sources: sourcesOf(size),
    result: resultOf(size),
    plan: { plan: bytes, planSha256: sha256, review: bytes, reviewSha256: sha256 },
    recalledBefore: Math.floor(size.count),
  };
}

/** One recipient of each kind who is told cards again. */
function repeatsOf(size: Size): NonNullable<PrepareResult['repeats']> {
  const [cards, absent] = [Math.floor(size.count) + 2, Math.floor(size.count)];
  return [
    { recipient: size.id, lists: 'delta', cards, repeated: 1 },
    { recipient: size.id, lists: 'cumulative', cards, repeated: cards - 1, absent },
  ];
}

/** A handoff that one person sent, in time or overdue. */
export function emergencyOf(size: Size, isOverdue: boolean): Emergency {
  const dueAt = new Date(at.getTime() + 86_400_000);
  const statement = encodeEmergency({
    ...{ type: 'mimamori/emergency/v1', workspace: 'drill-1', mode: 'drill', handoff: 'h7k2m9qa' },
    ...{ planSha256: sha256, officer: size.id, reason: size.text },
    ...{ at: at.toISOString(), secondSignatureDue: dueAt.toISOString() },
  });
  return {
    handoff: 'h7k2m9qa',
    officer: size.id,
    declaredAt: at,
    dueAt,
    closedAt: undefined,
    isOverdue,
    isNoticed: isOverdue,
    statement,
    signature: new Uint8Array(0),
    fingerprint: 'A'.repeat(40),
  };
}

export function handoffRow(size: Size, state: HandoffRow['state'] = 'decided'): HandoffRow {
  const {
    read,
    cards,
    orders,
    references,
    excluded,
    held,
    warnings: warned,
    accepted,
  } = resultOf(size);
  return {
    id: 'h7k2m9qa',
    incident: size.id,
    state,
    mode: 'live',
    requester: size.id,
    preparedAt: at,
    outcome: state === 'decided' ? 'approve' : undefined,
    plan: undefined,
    planSha256: sha256,
    planSignature: new Uint8Array(1),
    review: undefined,
    reviewSha256: sha256,
    report: {
      ...{ read, cards, orders, references, excluded, held, warnings: warned, accepted },
      stage: 'correction',
    },
  };
}

const states: readonly DeliveryState[] = [
  ...(['built', 'approved', 'sending', 'publishing', 'stored', 'presumed', 'conflict'] as const),
  ...(['written', 'failed', 'expired', 'cancelled', 'claimed', 'sent-elsewhere'] as const),
];

export function batchRow(size: Size, state: DeliveryState, id = '1a9f3c'): BatchRow {
  const isThere = state === 'stored' || state === 'written';
  return {
    id,
    handoff: 'h7k2m9qa',
    incident: size.id,
    recipient: size.id,
    file: `${id}.pgp`,
    remoteName: `MMTEST_20261122_${'X'.repeat(40)}_000000201.PGP`,
    sequence: 201,
    bytes: 74_000,
    sha256,
    cards: Math.floor(size.count),
    firstReference: 1,
    issuers: [],
    state,
    attempts: 1,
    evidence: isThere
      ? {
          by: 'delivery',
          verification: 'read-back',
          rename: 'answered',
          final: 'same',
          temporary: 'absent',
          controlName: `MMTEST_20261122_${'X'.repeat(40)}_000000201.done`,
          control: 'same',
        }
      : undefined,
    fault:
      isThere || state === 'built'
        ? undefined
        : { code: 'remote-directory-missing', retry: 'after-operator' },
    changedAt: at,
  };
}

/** One batch in every state, and one that is stored on a person's word. */
export function batchesOf(size: Size): BatchRow[] {
  const every = states.map((state, n) => batchRow(size, state, `77b0d${n.toString(16)}`));
  const settled = {
    ...batchRow(size, 'stored', 'f0f0f0'),
    fault: { code: 'outcome-unknown', retry: 'later' },
  } as const;
  return [...every, settled];
}

const endpoints: readonly PlannedEndpoint[] = [
  {
    kind: 'sftp',
    host: 'sftp.psp.example',
    port: 2222,
    user: 'mimamori',
    directory: `/incoming/${'deep/'.repeat(40)}end`,
    authentication: 'key',
    hostKeys: [`SHA256:${'A'.repeat(43)}`],
    canReadBack: true,
    canList: false,
    rename: 'none',
    temporaryName: '{name}.{attempt}-{fence}.tmp',
    controlFile: { name: '{stem}.done', content: 'details', newline: 'crlf' },
    algorithms: weakAlgorithmNames,
    naming: {
      pattern: `MM{mode}_{date}_${'x'.repeat(40)}_{sequence}.PGP`,
      case: 'upper',
      sequence: { start: 1, width: 9, reset: 'daily' },
    },
  },
  { kind: 'manual', directory: '/media/stick/out' },
];

function planOf(size: Size): Plan {
  const result = resultOf(size);
  return {
    type: 'mimamori/plan/v1',
    workspace: 'drill-1',
    mode: 'live',
    handoff: 'h7k2m9qa',
    incident: size.id,
    incidentSha256: sha256,
    stage: 'correction',
    repeats: repeatsOf(size),
    requester: size.id,
    requesterCertificate: fingerprint,
    approvalsRequired: 1,
    preparedAt: at.toISOString(),
    expiresAt: '2020-04-12T17:14:00.000Z',
    sources: [],
    decisions: [],
    brandTable: sha256,
    binTable: sha256,
    read: result.read,
    cards: result.cards,
    excluded: result.excluded,
    held: result.held,
    batches: result.batches.map((batch, n) => ({
      ...batch,
      profile: 'pan-list',
      profileSha256: sha256,
      certificate: fingerprint,
      encryptionSubkey: fingerprint,
      endpoint: endpoints[n % 2]!,
    })),
    signer: fingerprint,
    reliedOn: [{ batch: '0c0c0c', cards: 12 }],
  };
}

/** A list of persons to be told, and a record of who was. */
export function noticesOf(size: Size): {
  readonly exported: ExportedNotices;
  readonly recorded: RecordedNotices;
} {
  const count = Math.floor(size.count);
  const steps = { 'mail-sent': count, 'mail-bounced': 1, 'letter-sent': 0 };
  const progress = { incident: size.id, references: count, steps, untold: 1, bounced: 1 };
  return {
    exported: {
      ...{ incident: size.id, handoffs: ['h7k2m9qa'], orders: count, charset: 'cp932' },
      ...{ rows: count + 2, references: count, withoutCard: { 'masked-number': 1 } },
      unnamed: 1,
      withoutOrder: count,
      ...{ bytes: 1_234, sha256 },
    },
    recorded: {
      ...{ progress, given: steps, added: count, unknown: count },
      unknownLines: Array.from({ length: 20 }, (_, at) => at + 2),
    },
  };
}

/** A word with a file and one whose text was purged. */
export function wordsOf(size: Size): readonly PersonsWord[] {
  const word = {
    ...({ batch: batchesOf(size)[0]!.id, rung: 'received', channel: 'portal', at } as const),
    ...{ recordedAt: at, officer: size.id },
  } as const;
  const evidence = { sha256, bytes: 1_234_567, file: 'evidence-1a9f3c-9f2c41aa00112233' };
  return [
    { ...word, by: size.text, evidence },
    { ...word, rung: 'stored', by: undefined, evidence: undefined },
  ];
}

export function shownOf(size: Size, state: HandoffRow['state'] = 'decided'): ShownHandoff {
  const result = resultOf(size);
  const review: Review = {
    type: 'mimamori/review/v1',
    recalledBefore: Math.floor(size.count),
    salt: '0'.repeat(32),
    handoff: 'h7k2m9qa',
    incident: size.id,
    mode: 'live',
    ...result,
  };
  return {
    row: handoffRow(size, state),
    incident: incidentOf(size),
    plan: planOf(size),
    review,
    batches: batchesOf(size),
    sources: sourcesOf(size),
    words: wordsOf(size),
    pickups: [true, false].map((isOverdue) => ({
      ...{ batch: batchRow(size, 'offered'), dueAt: at, isOverdue },
    })),
    accounts: [{ host: size.id, account: size.id, officers: [size.id, size.id] }],
    decisions: [
      {
        officer: `b${size.id.slice(1)}`,
        decision: 'approve',
        statement: new Uint8Array(0),
        signature: new Uint8Array(0),
        fingerprint,
        decidedAt: at,
      },
    ],
    uncovered: [
      { incident: size.id, handoff: 'h7k2m9qa', batch: '0c0c0c', recipient: size.id, cards: 12 },
    ],
  };
}

export function deliveredOf(size: Size): Delivered {
  return {
    handoff: handoffRow(size),
    reports: batchesOf(size).map(({ id, recipient, cards, state, evidence }) => ({
      batch: id,
      recipient,
      cards,
      state,
      attempts: 3,
      ...(evidence === undefined
        ? {
            fault: new DeliveryFault('connection-lost', {
              host: 'sftp.psp.example',
              step: 'rename',
            }),
          }
        : { evidence }),
    })),
    checkpoint: {
      size: 1204,
      note: `example-shop.example/mimamori/drill-1\n1204\n${'A'.repeat(43)}=\n\n— example-shop.example/mimamori/drill-1 ${'B'.repeat(92)}\n`,
    },
  };
}

export function recipientOf(size: Size): Recipient {
  return recipientSchema.parse({
    id: size.id,
    name: plain(size.text),
    certificate: 'keys/recipients/psp.asc',
    fingerprint,
    encryption_subkey: fingerprint,
    confirmed_by: plain(size.text),
    confirmed_at: '2020-01-01T00:00:00Z',
    allow: [{ weakness: 'rsa-2048', reason: plain(size.text) }],
    delivery_hours: { between: ['09:00-12:00', '13:00-24:00'], days: 'administrative' },
    answers: {
      ...{
        format: 'card-answer',
        directory: '/answers',
        within_days: { count: 3, of: 'bank', cut_off: '15:00' },
      },
      hours: { between: ['09:00-17:00'] },
    },
    endpoints: [
      {
        kind: 'sftp',
        host: 'sftp.psp.example',
        user: 'mimamori',
        directory: `/incoming/${'deep/'.repeat(40)}end`,
        host_keys: [`SHA256:${'A'.repeat(43)}`, `SHA256:${'B'.repeat(43)}`],
        ...{ rename: 'none', can_list: false, name_pattern: '{batch}_{sequence}.PGP' },
        ...{ sequence: { width: 9 }, control_file: { name: '{stem}.done' } },
        allow_algorithms: weakAlgorithmNames.map((algorithm) => ({
          algorithm,
          reason: plain(size.text),
        })),
      },
    ],
  });
}

export function officerOf(size: Size): Officer {
  return officerSchema.parse({
    id: size.id,
    name: plain(size.text).slice(0, 90),
    roles: ['officer', 'approver', 'desk', 'auditor'],
    certificate: 'keys/officers/a.asc',
    fingerprint,
  });
}

export function certificateOf(size: Size): Certificate {
  return {
    fingerprint,
    userIds: [size.text],
    algorithm: 'RSA-4096',
    createdAt: at,
    expiresAt: new Date('2028-03-01T00:00:00Z'),
    encryptionSubkey: undefined,
    weaknesses: [],
    armored: '',
  };
}
