import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Hash } from 'node:crypto';

import { brandIndexOf, brands, isBrandLength } from '../domain/cards/brands.ts';
import { PACKED_PAN_BYTES, unpackPan } from '../domain/cards/packed-pan.ts';
import { copyPublished, PUBLISHED_COUNT } from '../domain/cards/test-numbers.ts';
import type { OutgoingCards } from '../domain/formats/outgoing-cards.ts';
import type { Profile } from '../domain/formats/profile.ts';
import { ProfileWriter } from '../domain/formats/profile-writer.ts';
import { RecipientsFault } from '../domain/recipients/errors.ts';
import { encodeReadBack, encodeTestAnswer } from '../domain/recipients/read-back.ts';
import { SealedShape } from '../edge/openpgp/sealed-shape.ts';
import type { KeyRing } from '../exchange/keys/key-ring.ts';
import type { Sealer } from '../exchange/handoff/sealer.ts';
import type { TestFileJob } from '../exchange/recipients/test-sealer.ts';
import { drawReferences } from './draw-references.ts';

/** What crosses the pipe; bytes as base64. */
export interface TestFileDocument {
  readonly test: string;
  readonly file: string;
  readonly sealed: string;
  readonly sha256: string;
  readonly wrappedAnswer: string;
}

/** Few enough to be counted by a person on the phone, and more than one would guess. */
const CARDS_MIN = 6;
const CARDS_MAX = 30;
const EXPIRY_MONTHS_MAX = 48;

/**
 * Draws published test numbers, or invents references for a profile of such, and seals the file. Nobody learns which:
 * what the recipient will read back is wrapped with the workspace key before it leaves this process.
 *
 * Throws `recipient-test-unreadable`, what `Sealer.seal` and `ProfileWriter.chunks` throw.
 */
export async function sealTest(
  job: TestFileJob,
  ring: KeyRing,
  sealer: Sealer,
): Promise<TestFileDocument> {
  const { recipient } = job;
  const { id, profile, allow, fingerprint, encryptionSubkey } = recipient;
  const isReferences = profile.subject === 'references';
  const fields = profile.columns.map(({ field }) => field);
  if (!isReferences && !fields.includes('pan') && !fields.includes('truncated_pan')) {
    throw new RecipientsFault('recipient-test-unreadable', { recipient: id, profile: profile.id });
  }
  const test = randomBytes(5).toString('hex');
  const at = new Date(job.createdAt);
  const drawn = isReferences ? drawReferences(countFor(profile), at) : undefined;
  const cards = drawn?.references ?? drawCards(countFor(profile), at);
  try {
    const writer = new ProfileWriter(profile, factsOf(job, test, cards.order.length));
    const certificate = new TextEncoder().encode(recipient.certificate);
    const terms = { certificate, fingerprint, encryptionSubkey, allow, armor: profile.armor };
    const hash = createHash('sha256');
    const chunks = sealer.seal({ ...terms, payload: hashed(writer.chunks(cards), hash) });
    const sealed = await collected(chunks, encryptionSubkey);
    const readBack = drawn?.answer ?? answerOf(cards);
    const answer = encodeTestAnswer(readBack, hash.digest());
    readBack.fill(0);
    const wrapped = ring.wrap(`recipient-test/${test}`, answer);
    answer.fill(0);
    return {
      test,
      file: `test-${test}.pgp`,
      sealed: Buffer.from(sealed).toString('base64'),
      sha256: createHash('sha256').update(sealed).digest('hex'),
      wrappedAnswer: Buffer.from(wrapped).toString('base64'),
    };
  } finally {
    cards.columns.packed.fill(0);
  }
}

function countFor({ max_cards: max = CARDS_MAX }: Profile): number {
  const most = Math.min(max, CARDS_MAX);
  return randomInt(Math.min(CARDS_MIN, most), most + 1);
}

function drawCards(count: number, at: Date): OutgoingCards {
  const packed = new Uint8Array(count * PACKED_PAN_BYTES);
  const brand = new Uint8Array(count);
  const expiry = new Uint16Array(count);
  const from = candidates();
  const thisMonth = at.getUTCFullYear() * 12 + at.getUTCMonth();
  for (let card = 0; card < count; card += 1) {
    brand[card] = drawNumber(from, packed, card * PACKED_PAN_BYTES);
    expiry[card] = thisMonth + randomInt(1, EXPIRY_MONTHS_MAX);
  }
  const reference = new TextEncoder().encode('TEST');
  const seen = new Float64Array(count).fill(at.getTime());
  return {
    columns: {
      ...{ packed, expiry, brand, firstSeen: seen, lastSeen: seen },
      firstReference: new Int32Array(count),
      referenceBytes: reference,
      referenceEnds: Uint32Array.of(reference.length),
    },
    order: Int32Array.from({ length: count }, (_, card) => card),
    issuers: [{ issuer: 'TEST', end: count }],
    brandNames: brands.map(({ name }) => name),
    merchants: new Map([[0, { ids: 'TEST', numbers: 'TEST' }]]),
    firstReference: 1,
  };
}

interface Candidate {
  readonly index: number;
  readonly brand: number;
}

/**
 * Published numbers by their last four digits, which some share: drawn by number, those would be a good guess. Only
 * numbers whose brand and length every reader knows; some are stranger than real cards.
 */
function candidates(): readonly (readonly Candidate[])[] {
  const packed = new Uint8Array(PACKED_PAN_BYTES);
  const digits = new Uint8Array(19);
  const byLastFour = new Map<number, Candidate[]>();
  for (let index = 0; index < PUBLISHED_COUNT; index += 1) {
    copyPublished(index, packed, 0);
    const length = unpackPan(packed, 0, digits);
    const brand = brandIndexOf(digits, length);
    if (brand === 0 || !isBrandLength(brand, length)) continue;
    const lastFour = digits
      .subarray(length - 4, length)
      .reduce((number, digit) => number * 10 + digit, 0);
    byLastFour.set(lastFour, [...(byLastFour.get(lastFour) ?? []), { index, brand }]);
  }
  return [...byLastFour.values()];
}

/** Every ending is as likely as the others. */
function drawNumber(
  from: readonly (readonly Candidate[])[],
  packed: Uint8Array,
  at: number,
): number {
  const same = from[randomInt(from.length)]!;
  const { index, brand } = same[randomInt(same.length)]!;
  copyPublished(index, packed, at);
  return brand;
}

function answerOf({ columns, order }: OutgoingCards): Uint8Array {
  const firstFour = fourOf(columns.packed, 0);
  const lastFour = fourOf(columns.packed, order.length - 1);
  return encodeReadBack({ count: order.length, firstFour, lastFour });
}

function fourOf(packed: Uint8Array, card: number): Uint8Array {
  const digits = new Uint8Array(19);
  const length = unpackPan(packed, card * PACKED_PAN_BYTES, digits);
  return digits.slice(length - 4, length);
}

/** Everything that a file says of itself says TEST, whatever the workspace is. */
function factsOf(
  { sender, contact, createdAt, timeZone }: TestFileJob,
  test: string,
  cards: number,
): ConstructorParameters<typeof ProfileWriter>[1] {
  return {
    ...{ mode: 'drill', batch: test, handoff: 'TEST', incident: 'TEST', merchant: 'TEST' },
    ...{
      caseNumber: 'TEST',
      stage: 'interim',
      lists: 'delta',
      windows: [],
      elements: [],
      cards,
      contact,
    },
    ...{ createdAt: new Date(createdAt), sender, timeZone, requestsWaiver: false, nonce: 'TEST' },
  };
}

/** The clear file passes here once, on its way into the seal. */
async function* hashed(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  hash: Hash,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function collected(
  chunks: AsyncIterable<Uint8Array>,
  encryptionSubkey: string,
): Promise<Uint8Array> {
  const shape = new SealedShape(encryptionSubkey);
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) {
    shape.feed(chunk);
    pieces.push(chunk.slice());
  }
  shape.finish();
  return new Uint8Array(Buffer.concat(pieces));
}
