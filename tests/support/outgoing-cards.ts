import type { BatchFacts } from '../../src/domain/formats/batch-facts.ts';
import type { OutgoingCard } from '../../src/domain/formats/outgoing-card.ts';
import { ProfileWriter } from '../../src/domain/formats/profile-writer.ts';
import type { Profile } from '../../src/domain/formats/profile.ts';

/** A card to write, as a test likes to say it; `pan` is a published test number or generated digits. */
export interface TestCard {
  readonly pan: string;
  /** `YYYY-MM`. */
  readonly expiry?: string;
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
    windows: [{ name: 'web', from: '2019-12-16', to: '2020-04-08' }],
    elements: ['pan', 'expiry'],
    cards,
    contact: 'security@example.com',
    createdAt: new Date('2020-04-09T16:00:00Z'),
    sender: 'Example Security',
    timeZone: 'Asia/Tokyo',
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
  const chunks = [
    ...writer.chunks(cards.length, (index, card) => load(cards[index]!, index, card)),
  ];
  return new Uint8Array(Buffer.concat(chunks));
}

function load(from: TestCard, index: number, card: OutgoingCard): void {
  card.length = from.pan.length;
  for (let at = 0; at < from.pan.length; at += 1) {
    card.digits[at] = from.pan.charCodeAt(at) - 0x30;
  }
  const [year, month] = (from.expiry ?? '').split('-').map(Number);
  card.expiry = from.expiry === undefined ? 0 : year! * 12 + month! - 1;
  card.reference = from.reference ?? index + 1;
  card.orderReference =
    from.orderReference === undefined ? undefined : new TextEncoder().encode(from.orderReference);
  card.brandName = from.brand ?? '';
  card.issuer = from.issuer ?? '';
  card.firstSeenMs = from.firstSeen === undefined ? NaN : Date.parse(from.firstSeen);
  card.lastSeenMs = from.lastSeen === undefined ? NaN : Date.parse(from.lastSeen);
}
