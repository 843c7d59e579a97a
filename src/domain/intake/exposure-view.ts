import { ChannelRules } from './channels.ts';
import { codePointRead } from './code-points.ts';
import { DateField } from './date-field.ts';
import { DATE_READ } from './dates.ts';
import { FieldView } from './field-view.ts';
import type { Layout } from './layout.ts';
import type { RecordScanner } from './scanner.ts';
import type { Scope } from './scope.ts';
import type { SourceSpec } from './source-spec.ts';
import { foldText, TextValues } from './text-values.ts';

/** When and through which channel a record was made, as far as that can be told. */
export interface SeenExposure {
  /** The moment, milliseconds since the epoch: of a date alone, where its day begins. */
  readonly orderedMs?: number;
  /** The source gives the day alone. */
  readonly isWholeDay?: boolean;
  /** A channel that the incident or the spec names; never the source's own text. */
  readonly channel?: string;
}

const DAY_MS = 86_400_000;
const NO_NAME = -1;

/** Reads date and channel of single records, to be shown: every record, whatever check it fails. */
export class ExposureView {
  readonly #date: DateField;
  readonly #channelView: FieldView;
  readonly #channels: TextValues;
  readonly #names: string[] = [];
  readonly #constant: string | undefined;

  constructor(scanner: RecordScanner, layout: Layout, spec: SourceSpec, scope: Scope) {
    const { columns, options } = layout;
    const read = codePointRead(options.encoding);
    const rules = new ChannelRules(scope, spec);
    this.#date = new DateField(scanner, read, columns.ordered_at, spec, scope.timeZone);
    this.#channelView = new FieldView(scanner, columns.channel);
    this.#channels = new TextValues(read, (text) => this.#keep(rules.nameOf(text)));
    this.#constant = spec.channel === undefined ? undefined : rules.nameOf(foldText(spec.channel));
  }

  /** Of the record that the scanner stands on. */
  of(scanner: RecordScanner): SeenExposure {
    const channel = this.#constant ?? this.#channelOf(scanner);
    return { ...this.#dateOf(scanner), ...(channel === undefined ? {} : { channel }) };
  }

  wipe(): void {
    this.#date.wipe();
    this.#channelView.wipe();
    this.#channels.wipe();
  }

  #dateOf(scanner: RecordScanner): Pick<SeenExposure, 'orderedMs' | 'isWholeDay'> {
    if (this.#date.read(scanner) !== DATE_READ) return {};
    const { fromMs, toMs } = this.#date.dates;
    // On a day when clocks change it is an hour shorter.
    return { orderedMs: fromMs, isWholeDay: toMs - fromMs > DAY_MS / 2 };
  }

  /** The place of a name in `#names`. */
  #keep(name: string | undefined): number {
    return name === undefined ? NO_NAME : this.#names.push(name) - 1;
  }

  #channelOf(scanner: RecordScanner): string | undefined {
    const view = this.#channelView;
    if (!view.isMapped) return undefined;
    view.take(scanner);
    return this.#names[this.#channels.of(view.bytes, view.start, view.end)];
  }
}
