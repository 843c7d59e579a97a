import type { CodePointRead } from './code-points.ts';
import { parseDatePattern } from './date-pattern.ts';
import { DATE_EMPTY, DATE_UNREADABLE, DateReader, type DateReading } from './dates.ts';
import { EraText } from './era-text.ts';
import { FieldView } from './field-view.ts';
import { PlainField } from './plain-field.ts';
import { WIDE, type RecordScanner } from './scanner.ts';
import type { SourceSpec } from './source-spec.ts';
import { zoneClockOf } from './zone-clock.ts';

const dayBytes = 10;

/** The date of a record, of one column or several, read as the source writes it in its time zone. */
export class DateField {
  readonly #field: PlainField;
  readonly #view: FieldView;
  readonly #era: EraText;
  readonly #dates: DateReader;
  readonly #isDeclared: boolean;

  /** `timeZone` is that of the incident, for a source that names none. */
  constructor(
    scanner: RecordScanner,
    read: CodePointRead,
    columns: readonly number[],
    spec: Pick<SourceSpec, 'date_format' | 'time_zone'>,
    timeZone: string,
  ) {
    const steps = spec.date_format === undefined ? undefined : parseDatePattern(spec.date_format);
    this.#field = new PlainField(scanner, read, columns);
    this.#view = new FieldView(scanner, columns);
    this.#era = new EraText(read);
    this.#dates = new DateReader(zoneClockOf(spec.time_zone ?? timeZone), steps);
    this.#isDeclared = steps !== undefined;
  }

  /** What the value read last covers: `fromMs` to `toMs`, exclusive. */
  get dates(): Pick<DateReader, 'fromMs' | 'toMs'> {
    return this.#dates;
  }

  /** The plain bytes of the field read last, for what could not be read. */
  get plain(): Pick<PlainField, 'bytes' | 'start' | 'end'> {
    return this.#field;
  }

  read(scanner: RecordScanner): DateReading {
    const field = this.#field;
    if (!field.isMapped) return DATE_EMPTY;
    field.take(scanner);
    const reading = this.#dates.read(field.bytes, field.start, field.end);
    if (reading !== DATE_UNREADABLE || this.#isDeclared) return reading;
    return this.#readEra(scanner);
  }

  /**
   * Whether the field begins with a date of ten bytes, of a day on which no clock changes: then `dates` are that day's.
   * Never where the source declares how it writes dates.
   */
  readEvenDay(scanner: RecordScanner): boolean {
    const field = this.#field;
    if (this.#isDeclared || !field.isMapped) return false;
    field.take(scanner);
    const { bytes, start, end } = field;
    // A value that was unwrapped begins with something else.
    if (bytes !== scanner.bytes || end - start < dayBytes) return false;
    return this.#dates.readEvenDay(bytes, start, start + dayBytes);
  }

  wipe(): void {
    this.#field.wipe();
    this.#view.wipe();
    this.#era.wipe();
  }

  #readEra(scanner: RecordScanner): DateReading {
    const view = this.#view;
    view.take(scanner);
    if ((view.flags & WIDE) === 0) return DATE_UNREADABLE;
    const era = this.#era;
    if (!era.take(view.bytes, view.start, view.end)) return DATE_UNREADABLE;
    return this.#dates.read(era.bytes, 0, era.length);
  }
}
