// Runs a source through the real screener, and reads its tables back as plain values for tests.

import { brandIndexById, brands } from '../../src/domain/cards/brands.ts';
import { unpackPan } from '../../src/domain/cards/packed-pan.ts';
import type { CardClassifier, CardRouter } from '../../src/domain/intake/card-router.ts';
import { CardTable } from '../../src/domain/intake/card-table.ts';
import { IntakeFault } from '../../src/domain/intake/errors.ts';
import type { MerchantBook } from '../../src/domain/intake/merchant-book.ts';
import { ReferenceArena } from '../../src/domain/intake/reference-arena.ts';
import { reasons } from '../../src/domain/intake/reasons.ts';
import type { Scope } from '../../src/domain/intake/scope.ts';
import { sourceSpecSchema, type SourceSpecEntry } from '../../src/domain/intake/source-spec.ts';
import { SourceScreener } from '../../src/domain/intake/source-screener.ts';
import type { SourceTally } from '../../src/domain/intake/tally.ts';
import { naiveBrand } from './naive-screening.ts';

/** The incident most tests screen for: web orders of January to March 2020, Rakuten excluded. */
export const plainScope: Scope = {
  mode: 'live',
  timeZone: 'Asia/Tokyo',
  windows: [
    {
      name: 'web',
      channels: ['web'],
      fromMs: Date.parse('2020-01-01T00:00:00+09:00'),
      toMs: Date.parse('2020-04-01T00:00:00+09:00'),
      listedOnly: false,
    },
  ],
  excludedChannels: ['rakuten'],
  acceptHeld: [],
  today: { year: 2020, month: 4 },
};

export type Routing = CardClassifier & CardRouter;

/** Routes by the naive brand; brands in `lost` have no recipient, and neither has an unknown one. */
export function testRouter(lost: readonly string[] = []): Routing {
  return {
    brandIndex: 0,
    binIndex: -1,
    classify(this: { -readonly [K in keyof Routing]: Routing[K] }, digits, length): void {
      this.brandIndex = brandIndexById(naiveBrand(digits.subarray(0, length).join('')));
    },
    recipientOf: (_bin, brand) => (brand === 0 || lost.includes(brands[brand]!.id) ? -1 : 3),
  };
}

export interface ScreenedCard {
  readonly pan: string;
  readonly brand: string;
  readonly windows: readonly string[];
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly expiry: number | undefined;
  readonly line: number;
  readonly references: readonly string[];
}

export interface Screened {
  readonly tally: SourceTally;
  readonly cards: readonly ScreenedCard[];
  /** `line reason`, in order. */
  readonly findings: readonly string[];
}

export interface ScreenOptions {
  readonly scope?: Scope;
  readonly router?: Routing;
  /** Bytes per chunk fed; default everything at once. */
  readonly chunk?: (left: number) => number;
  /** Where the scope lists merchants, what counts for them; several sources may share it. */
  readonly merchants?: MerchantBook;
}

/** Screens one source; throws the fault that refuses it. */
export function screenSource(
  source: Uint8Array | string,
  spec: SourceSpecEntry = {},
  options: ScreenOptions = {},
): Screened {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const scope = options.scope ?? plainScope;
  const cards = new CardTable();
  const references = new ReferenceArena();
  const findings: string[] = [];
  const sink = {
    finding: (_source: number, line: number, reason: number): void => {
      findings.push(`${line} ${reasons[reason]!.id}`);
    },
  };
  const job = { number: 0, spec: sourceSpecSchema.parse(spec) };
  const router = options.router ?? testRouter();
  const screener = new SourceScreener(
    job,
    scope,
    router,
    cards,
    references,
    sink,
    options.merchants,
  );
  for (let at = 0; at < bytes.length;) {
    const size = options.chunk?.(bytes.length - at) ?? bytes.length;
    // A copy that is overwritten afterwards: the screener must not keep what it was handed.
    const chunk = new Uint8Array(bytes.subarray(at, at + size));
    screener.feed(chunk);
    chunk.fill(0x2a);
    at += size;
  }
  const tally = screener.finish();
  return { tally, cards: listCards(cards, references, scope), findings };
}

/** The code of the fault that refuses a source, or undefined. */
export function refusalOf(
  source: Uint8Array | string,
  spec: SourceSpecEntry = {},
  options: ScreenOptions = {},
): { readonly code: string; readonly facts: IntakeFault['facts'] } | undefined {
  try {
    screenSource(source, spec, options);
    return undefined;
  } catch (error) {
    if (!(error instanceof IntakeFault)) throw error;
    return { code: error.code, facts: error.facts };
  }
}

function listCards(table: CardTable, references: ReferenceArena, scope: Scope): ScreenedCard[] {
  const digits = new Uint8Array(19);
  const known = (ms: number): number | undefined => (Number.isNaN(ms) ? undefined : ms);
  return Array.from({ length: table.count }, (_, card) => {
    const length = unpackPan(table.packed, card * 10, digits);
    const windows = scope.windows.filter(
      (_window, place) => (table.windows[card]! & (2 ** place)) !== 0,
    );
    return {
      pan: digits.subarray(0, length).join(''),
      brand: brands[table.brand[card]!]!.id,
      windows: windows.map(({ name }) => name),
      first: known(table.firstSeen[card]!),
      last: known(table.lastSeen[card]!),
      expiry: table.expiry[card] === 0 ? undefined : table.expiry[card],
      line: table.firstLine[card]!,
      references: references
        .listOf(table, card)
        .map((reference) => new TextDecoder().decode(references.bytesOf(reference))),
    };
  });
}
