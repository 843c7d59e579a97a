import { createHash } from 'node:crypto';

import type { Profile } from '../../src/domain/formats/profile.ts';
import type { BatchResult } from '../../src/exchange/handoff/card-process.ts';
import type { NaivePrepare } from './naive-prepare.ts';
import { truncated, writeNaively, type WrittenBatch, type WrittenCard } from './naive-profile.ts';
import type { NaiveBatch, NaiveCard } from './naive-routing.ts';
import { nonceForTest } from './prepare-room.ts';
import type { Prepared, PrepareRoom } from './prepare-room.ts';

/** A batch as the plan tells it, and the clear bytes of its file. */
export interface PlainBatch {
  readonly told: Omit<BatchResult, 'bytes' | 'sha256'>;
  readonly clear: Uint8Array;
}

const brandNames: Readonly<Record<string, string>> = {
  ...{ visa: 'Visa', mastercard: 'Mastercard', jcb: 'JCB', unionpay: 'UnionPay' },
  ...{ 'diners-club': 'Diners Club', 'american-express': 'American Express' },
  ...{ discover: 'Discover', unknown: 'Unknown' },
};

/** The batches that the reference comes to. Ids are made up by whoever prepares, and are taken from there. */
export function expectedBatches(naive: NaivePrepare, { job, result }: Prepared): PlainBatch[] {
  let next = job.firstReference;
  return naive.batches.map((batch, place) => {
    const id = result.batches[place]?.batch ?? 'missing';
    const cards = batch.groups.flat();
    const first = next;
    next += cards.length;
    const { profile } = job.recipients.find((recipient) => recipient.id === batch.recipient)!;
    const written = cards.map((card, at) => writtenCard(card, first + at));
    return {
      told: {
        ...{ batch: id, recipient: batch.recipient, cards: cards.length, firstReference: first },
        file: job.mode === 'drill' ? `test-${id}.pgp` : `${id}.pgp`,
        issuers: issuersOf(batch),
        ...(holds(profile, 'nonce') && { nonceSha256: digestOfNonce(id) }),
        ...(job.requestsWaiver &&
          holds(profile, 'waiver_request') && { requestsWaiver: true as const }),
      },
      clear: writeNaively(profile, batchTexts(job, id), written),
    };
  });
}

/** The batches a prepare came to. Throws where a file is not what the plan says of it, or not for its recipient. */
export async function openedBatches(
  room: PrepareRoom,
  { result, sealed }: Prepared,
): Promise<PlainBatch[]> {
  if (sealed.size !== result.batches.length) throw new Error(`files: ${[...sealed.keys()].join()}`);
  const opened = result.batches.map(async ({ bytes, sha256, ...told }): Promise<PlainBatch> => {
    const file = sealed.get(told.file)!;
    const digest = createHash('sha256').update(file).digest('hex');
    if (file.length !== bytes || digest !== sha256) throw new Error(`not as told: ${told.file}`);
    return { told, clear: await room.open(told.recipient, file) };
  });
  return Promise.all(opened);
}

function writtenCard(card: NaiveCard, recordReference: number): WrittenCard {
  const { reference: orderReference, brand, ...rest } = card;
  return { ...rest, orderReference, recordReference, brand: brandNames[brand]! };
}

function issuersOf({ groups }: NaiveBatch): BatchResult['issuers'] {
  return groups.map((cards) => {
    const { issuer, brand, country } = cards[0]!;
    const sample = cards.slice(0, 5).map(({ digits }) => truncated(digits));
    return { issuer, brand, country, cards: cards.length, sample };
  });
}

/** Whether the files of a profile hold this in a record of the batch. */
function holds({ header, trailer }: Profile, wanted: string): boolean {
  return [...header, ...trailer].some(({ cells }) => cells.some(({ field }) => field === wanted));
}

function digestOfNonce(batch: string): string {
  return createHash('sha256').update(nonceForTest(batch)).digest('hex');
}

function batchTexts(job: Prepared['job'], batch: string): WrittenBatch {
  const { incident, handoff, contact, sender, mode, createdAt } = job;
  const windows = incident.windows.map(
    ({ name, fromText, toText }) => `${name} ${fromText}/${toText}`,
  );
  return {
    createdAt: Date.parse(createdAt),
    texts: {
      ...{ batch, handoff, contact, sender, mode: mode === 'live' ? 'LIVE' : 'TEST' },
      ...{
        incident: incident.id,
        merchant: incident.merchant,
        stage: incident.stage,
        lists: 'delta',
      },
      ...{ case_number: incident.caseNumber, windows: windows.join('; ') },
      elements: incident.elements.join(' '),
      waiver_request: job.requestsWaiver === true ? 'WAIVER-REQUESTED' : '',
      nonce: nonceForTest(batch),
    },
  };
}
