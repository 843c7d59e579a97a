import { personPurposes } from '../../../domain/intake/purposes.ts';
import type { NamedSource } from '../../../exchange/handoff/prepare-handoff.ts';
import type { Previewed } from '../../../exchange/handoff/preview-prepare.ts';
import type { PreviewedSource } from '../../../exchange/sources/source-previews.ts';
import type { PreviewRecord } from '../../../domain/intake/source-preview.ts';
import { paint } from '../colour.ts';
import { clockIn, figure } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { clip, hang, LINE_COLUMNS } from '../layout.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { previewWords as en } from '../words/en/preview.ts';
import { reasonWords as reasonsEn } from '../words/en/reasons.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { previewWords as ja } from '../words/ja/preview.ts';
import { reasonWords as reasonsJa } from '../words/ja/reasons.ts';
import { labelledLines, type LabelledRow } from './labelled-lines.ts';
import { encodingName } from './source-lines.ts';
import { dateText } from './clock-texts.ts';

const words = {
  en: { ...commonEn, ...en, reasons: reasonsEn },
  ja: { ...commonJa, ...ja, reasons: reasonsJa },
};

const columns = [{ align: 'right' }, {}, {}, { min: 19 }, { overflow: 'wrap' }] as const;
const [line, date, channel, ...further] = columns;
/** With the merchant of each record behind the channel. */
const columnsByMerchant = [line, date, channel, {}, ...further] as const;

/** How each source would be read, and its first records masked. First and last line say that nothing was stored. */
export function previewScreen(
  previewed: Previewed,
  sources: readonly NamedSource[],
  view: View,
): string[] {
  const say = words[view.language];
  return [
    paint(say.first, 'warn', view),
    ...previewed.sources.flatMap((source, number) => [
      '',
      ...sourceBlock(source, sources[number], previewed.incident, view),
    ]),
    '',
    ...hang('', say.last),
  ];
}

function sourceBlock(
  source: PreviewedSource,
  named: NamedSource | undefined,
  { time_zone: zone, merchants }: Previewed['incident'],
  view: View,
): string[] {
  const say = words[view.language];
  const hasMerchants = merchants !== undefined;
  const name = named?.name ?? '';
  const shownName = name === 'standard input' ? say.standardInput : showForeign(name);
  const { records } = source;
  return [
    paint(clip(shownName, LINE_COLUMNS, 'middle'), 'strong', view),
    ...labelledLines(
      [
        [say.layout, layoutOf(source, view)],
        [say.spec, specOf(source, named, view)],
        ...purposeRows(source, named, zone, view),
        ...(hasMerchants ? [merchantRow(source, named, view)] : []),
        [say.ignored, namesOf(source.layout.ignored)],
      ],
      view,
      2,
    ),
    '',
    say.records(records.length),
    ...table(
      hasMerchants ? columnsByMerchant : columns,
      [
        [
          ...[say.line, say.orderedAt(zone), say.channel],
          ...(hasMerchants ? [say.merchant] : []),
          ...[say.number, say.verdict],
        ],
        ...records.map((record) => recordRow(record, zone, hasMerchants, view)),
      ],
      view,
      2,
    ),
  ];
}

function layoutOf({ encoding, layout, sender }: PreviewedSource, view: View): string {
  const say = words[view.language];
  const { delimiter, header, width } = layout;
  return [
    ...(sender === undefined ? [] : [say.signedBy(sender)]),
    encodingName(encoding),
    delimiter === undefined ? say.lines : say.delimiters[delimiter],
    header ? say.withHeader : say.withoutHeader,
    say.width(width),
  ].join(' · ');
}

function specOf(source: PreviewedSource, named: NamedSource | undefined, view: View): string {
  const say = words[view.language];
  if (named?.specName !== undefined) return named.specName;
  const { fits } = source.layout;
  const [only, ...others] = fits;
  if (only === undefined) return say.noSpec;
  return others.length === 0 ? say.suggested(only) : say.several(fits.join(say.comma));
}

/** Each purpose with its columns and what else decides about it. */
function purposeRows(
  { layout }: PreviewedSource,
  named: NamedSource | undefined,
  zone: string,
  view: View,
): LabelledRow[] {
  const say = words[view.language];
  const spec = named?.spec;
  const of = (purpose: string): string => namesOf(layout.columns[purpose] ?? []);
  const payment = [spec?.payment_methods ?? [], spec?.not_card_methods ?? []].map((methods) =>
    methods.map(showForeign).join(say.comma),
  ) as [string, string];
  const isFiltered = payment.some((methods) => methods !== '');
  const dates = of('ordered_at');
  const channel = spec?.channel === undefined ? of('channel') : say.constant(spec.channel);
  const { purposes } = say;
  return [
    ...identityRows(of, spec, view),
    [purposes.ordered_at, dates === '' ? say.none : say.dates(dates, spec?.time_zone ?? zone)],
    [
      purposes.payment_method,
      isFiltered ? say.payments(of('payment_method'), ...payment) : say.everyPayment,
    ],
    [purposes.channel, channel || say.none],
    ...(spec?.kind === 'references'
      ? []
      : [[purposes.reference, of('reference') || say.none] as const]),
    [purposes.order_key, of('order_key')],
    ...personPurposes.map((purpose) => [purposes[purpose], of(purpose)] as const),
  ];
}

/** Where the incident lists merchants: what says whose a record is. */
function merchantRow(
  { layout }: PreviewedSource,
  named: NamedSource | undefined,
  view: View,
): LabelledRow {
  const say = words[view.language];
  const only = named?.spec.merchant;
  const from = only === undefined ? namesOf(layout.columns['merchant'] ?? []) : say.constant(only);
  return [say.merchant, from === '' ? say.onlyMerchant : from];
}

function namesOf(names: readonly string[]): string {
  return names.map(showForeign).join(' + ');
}

function recordRow(
  record: PreviewRecord,
  zone: string,
  hasMerchants: boolean,
  view: View,
): string[] {
  const say = words[view.language];
  const { line, orderedMs, isWholeDay, channel, merchant, number, verdict } = record;
  const at = orderedMs === undefined ? undefined : new Date(orderedMs);
  const day = at === undefined ? say.unread : dateText(at, zone, view);
  const time = at === undefined || isWholeDay === true ? '' : ` ${clockIn(at, zone)}`;
  return [
    figure(line),
    day + time,
    channel ?? say.none,
    ...(hasMerchants ? [merchant ?? say.none] : []),
    number ?? say.none,
    verdictText(verdict, view),
  ];
}

function verdictText(verdict: PreviewRecord['verdict'], view: View): string {
  const say = words[view.language];
  if (verdict === 'card') return say.card;
  return verdict === 'reference' ? say.handed : `${verdict}: ${say.reasons[verdict]}`;
}

/** What identifies a record: a card number with its expiry, or a reference with what the shop knows of the card. */
function identityRows(
  of: (purpose: string) => string,
  spec: NamedSource['spec'] | undefined,
  view: View,
): LabelledRow[] {
  const say = words[view.language];
  const { purposes } = say;
  const row = (purpose: keyof typeof purposes): LabelledRow => [purposes[purpose], of(purpose)];
  if (spec?.kind === 'references') {
    const column = [of('reference'), say.referenceKind[spec.reference_kind ?? 'order']].join(' · ');
    return [[purposes.reference, column], row('brand'), row('last_four')];
  }
  return [
    [purposes.pan, of('pan') || say.none],
    ...(['expiry', 'expiry_month', 'expiry_year'] as const).map(row),
  ];
}
