import type { BatchFacts } from '../../src/domain/formats/batch-facts.ts';
import { PACKED_PAN_BYTES, packPan } from '../../src/domain/cards/packed-pan.ts';
import type { OutgoingCards } from '../../src/domain/formats/outgoing-cards.ts';
import { packReference } from '../../src/domain/intake/packed-reference.ts';
import { referenceKinds, type ReferenceKind } from '../../src/domain/intake/source-kinds.ts';
import { ProfileWriter } from '../../src/domain/formats/profile-writer.ts';
import type { Profile } from '../../src/domain/formats/profile.ts';

/** A card to write, as a test likes to say it; `pan` is a published test number or generated digits. */
export interface TestCard {
  readonly pan: string;
  /** `YYYY-MM`. */
  readonly expiry?: string;
  /** Record reference, of the first card; each further card has the next one. */
  readonly reference?: number;
  readonly orderReference?: string;
  readonly brand?: string;
  readonly issuer?: string;
  /** ISO 8601. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

/** Facts of a drill; change what matters. */
export function batchFacts(cards: number, changes: Partial<BatchFacts> = {}): BatchFacts {
  return {
    mode: 'drill',
    batch: 'b-0001',
    handoff: 'h-0001',
    incident: 'shop-a-2020',
    merchant: 'Example Shop K.K.',
    caseNumber: 'C-42',
    stage: 'final',
    lists: 'delta',
    windows: [{ name: 'web', from: '2019-12-16', to: '2020-04-08' }],
    elements: ['pan', 'expiry'],
    cards,
    contact: 'security@example.com',
    createdAt: new Date('2020-04-09T16:00:00Z'),
    sender: 'Example Security',
    timeZone: 'Asia/Tokyo',
    requestsWaiver: false,
    nonce: 'hjkmnpqrstvbcdfghjkmnpqr',
    ...changes,
  };
}

/** The whole file as a profile writes it. */
export function writtenFile(
  profile: Profile,
  cards: readonly TestCard[],
  changes: Partial<BatchFacts> = {},
): Uint8Array {
  const writer = new ProfileWriter(profile, batchFacts(cards.length, changes));
  return joinedChunks(writer, outgoingCards(cards));
}

/** What a writer writes, put together: its chunks lie in the same memory. */
export function joinedChunks(writer: ProfileWriter, cards: OutgoingCards): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (const chunk of writer.chunks(cards)) chunks.push(chunk.slice());
  return new Uint8Array(Buffer.concat(chunks));
}

/** Cards as columns, in the memory that threads share. Record references go on from the first card's. */
export function outgoingCards(cards: readonly TestCard[]): OutgoingCards {
  const brandNames = [...new Set(cards.map(({ brand = '' }) => brand))];
  const texts = cards.map(({ orderReference = '' }) => new TextEncoder().encode(orderReference));
  let bytes = 0;
  const referenceEnds = Uint32Array.from(texts, ({ length }) => (bytes += length));
  const columns = {
    packed: new Uint8Array(new SharedArrayBuffer(cards.length * PACKED_PAN_BYTES)),
    expiry: Uint16Array.from(cards, ({ expiry }) => expiryOf(expiry)),
    brand: Uint8Array.from(cards, ({ brand = '' }) => brandNames.indexOf(brand)),
    firstSeen: Float64Array.from(cards, ({ firstSeen }) => Date.parse(firstSeen ?? '')),
    lastSeen: Float64Array.from(cards, ({ lastSeen }) => Date.parse(lastSeen ?? '')),
    firstReference: Int32Array.from(cards, (card, index) =>
      card.orderReference === undefined ? -1 : index,
    ),
    referenceBytes: new Uint8Array(Buffer.concat(texts)),
    referenceEnds,
  };
  for (const [index, { pan }] of cards.entries()) {
    if (pan === '') continue;
    const digits = Uint8Array.from(pan, Number);
    packPan(digits, digits.length, columns.packed, index * PACKED_PAN_BYTES);
  }
  return {
    columns,
    order: Int32Array.from(cards.keys()),
    issuers: cards.map(({ issuer = '' }, index) => ({ issuer, end: index + 1 })),
    brandNames,
    firstReference: cards[0]?.reference ?? 1,
  };
}

function expiryOf(expiry: string | undefined): number {
  const [year, month] = (expiry ?? '').split('-').map(Number);
  return expiry === undefined ? 0 : year! * 12 + month! - 1;
}

/** A reference to write in place of a card. */
export interface TestReference {
  readonly kind: ReferenceKind;
  readonly text: string;
  readonly brand?: string;
  readonly lastFour?: string;
  /** One bit for each window. */
  readonly windows: number;
  /** ISO 8601. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

/** The whole file of references as a profile writes it; the second window is `phone`. */
export function writtenReferences(
  profile: Profile,
  references: readonly TestReference[],
): Uint8Array {
  const writer = new ProfileWriter(profile, batchFacts(references.length));
  const { columns, ...rest } = outgoingCards(
    references.map(({ text, brand, firstSeen, lastSeen }, at) => ({
      ...{ pan: '', orderReference: text, reference: 1001 + at },
      ...(brand === undefined ? {} : { brand }),
      ...(firstSeen === undefined ? {} : { firstSeen }),
      ...(lastSeen === undefined ? {} : { lastSeen }),
    })),
  );
  const packed = new Uint8Array(references.length * PACKED_PAN_BYTES);
  for (const [at, { kind }] of references.entries()) {
    packReference(referenceKinds.indexOf(kind), at, packed.subarray(at * PACKED_PAN_BYTES));
  }
  const expiry = Uint16Array.from(references, ({ lastFour }) =>
    lastFour === undefined ? 0 : Number(lastFour) + 1,
  );
  const windows = Uint32Array.from(references, ({ windows: set }) => set);
  return joinedChunks(writer, {
    ...rest,
    columns: { ...columns, packed, expiry, windows },
    windowNames: ['web', 'phone'],
  });
}
