import type { CellContext } from './batch-cell.ts';
import type { Cell } from './cells.ts';
import { bytesOf } from './charset-bytes.ts';
import { DayTexts } from './day-texts.ts';
import { formatsOfField } from './fields.ts';
import type { CardField, DateFormat, MerchantFormat } from './fields.ts';
import { delimiterOf, isQuoted, newlineOf } from './framed-record.ts';
import { referenceKinds } from '../intake/source-kinds.ts';
import { NameTexts } from './name-texts.ts';
import type { OutgoingCards } from './outgoing-cards.ts';
import type { Profile } from './profile.ts';
import { namesOfWindows, windowSets } from './window-sets.ts';

/** The same bytes for every card: quotes, delimiters, literals and line end that stand between two fields. */
export interface FixedStep {
  readonly field: 'bytes';
  readonly bytes: Uint8Array;
}

/** How an expiry date is written. */
export interface ExpiryForm {
  readonly isYearFirst: boolean;
  readonly isLongYear: boolean;
  /** ASCII code, or -1. */
  readonly separator: number;
  /** Bytes of a date; none is written for an unknown one. */
  readonly length: number;
}

/** A field of the card, or the number of its record. */
export interface FieldStep {
  readonly field: CardField | 'sequence';
  readonly cell: Cell;
  readonly expiry: ExpiryForm;
  readonly days: DayTexts;
  /** Brands, issuers, kinds of reference, sets of windows or of merchants as cells. */
  readonly names: NameTexts;
  /** Place among the names of each set of windows or of merchants. */
  readonly sets: ReadonlyMap<number, number>;
}

export type CardStep = FixedStep | FieldStep;

/** What is written for each card, from left to right. */
export function cardSteps(
  profile: Profile,
  context: CellContext,
  cards: OutgoingCards,
): CardStep[] {
  const steps: CardStep[] = [];
  let between = '';
  const endFixed = (): void => {
    if (between !== '') steps.push({ field: 'bytes', bytes: bytesOf(between, profile.charset) });
    between = '';
  };
  for (const [index, cell] of profile.columns.entries()) {
    const quote = isQuoted(profile, cell) ? '"' : '';
    between += (index > 0 ? delimiterOf(profile) : '') + quote;
    if (cell.field === 'literal') {
      between += literalOf(cell, profile.charset);
    } else {
      endFixed();
      steps.push(fieldStep(cell, context, cards));
    }
    between += quote;
  }
  between += newlineOf(profile);
  endFixed();
  return steps;
}

function fieldStep(cell: Cell, context: CellContext, cards: OutgoingCards): FieldStep {
  const format = cell.format ?? formatsOfField(cell.field, true)?.[0] ?? '';
  const sets = setsFor(cell.field, cards);
  const names = namesFor(cell.field, format, cards, sets);
  return {
    field: cell.field as FieldStep['field'],
    cell,
    expiry: {
      isYearFirst: format.startsWith('Y'),
      isLongYear: format.startsWith('YYYY'),
      separator: format.includes('/') ? 0x2f : format.includes('-') ? 0x2d : -1,
      length: format.length,
    },
    days: new DayTexts(context.days, format as DateFormat),
    names: new NameTexts(names, cell, context),
    sets: new Map(sets.map((set, place) => [set, place])),
  };
}

function setsFor(field: Cell['field'], cards: OutgoingCards): readonly number[] {
  if (field === 'matched_windows') return windowSets(cards);
  return field === 'merchant' ? [...(cards.merchants?.keys() ?? [0])] : [];
}

function namesFor(
  field: Cell['field'],
  format: string,
  cards: OutgoingCards,
  sets: readonly number[],
): readonly string[] {
  if (field === 'matched_windows') {
    return sets.map((set) => namesOfWindows(set, cards.windowNames ?? []));
  }
  if (field === 'merchant') {
    const isNumber = (format as MerchantFormat) === 'number';
    return sets.map((set) => cards.merchants?.get(set)?.[isNumber ? 'numbers' : 'ids'] ?? '');
  }
  if (field === 'brand') return cards.brandNames;
  if (field === 'reference_kind') return referenceKinds;
  if (field === 'issuer') return cards.issuers.map(({ issuer }) => issuer);
  return [];
}

/** In a fixed profile as wide as its cell; profiles with a longer text are refused when they are read. */
function literalOf(
  { text = '', width = 0, align, fill }: Cell,
  charset: Profile['charset'],
): string {
  const filling = fill.repeat(Math.max(0, width - bytesOf(text, charset).length));
  return align === 'right' ? filling + text : text + filling;
}
