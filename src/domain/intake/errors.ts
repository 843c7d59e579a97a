import { Fault, type Facts, type Retry } from '../fault.ts';

/** `line` is the physical line, from 1, where the record starts; `offset` counts bytes of the file from 0. */
export const intakeCodes = {
  /** `found`: nothing | only-blank-lines | only-header */
  'source-empty': 'after-operator',
  /** `looks_like`: a file kind of file-kinds.ts */
  'format-not-text': 'after-operator',
  /** `line`, and `looks_like` where the bytes look like UTF-16 without a byte order mark */
  'nul-bytes': 'after-operator',
  /** `candidates` */
  'encoding-ambiguous': 'after-operator',
  /** `encoding`, `line`, `offset` */
  'encoding-invalid': 'after-operator',
  /** `line`, `max` */
  'line-too-long': 'never',
  /** `line`: a quoted field that opens there never closes */
  'quote-unbalanced': 'never',
  /** `line`, `column`: a quote inside an unquoted field, or text behind a closing quote */
  'quote-misplaced': 'never',
  /** `line`, `max` */
  'too-many-columns': 'never',
  /** `max` */
  'too-many-records': 'never',
  /** `column`: what was looked for; `wanted`: the name given, if any; `header`; `fits`: a spec that would fit, if one does */
  'column-missing': 'after-operator',
  /** `column`, `positions` */
  'column-ambiguous': 'after-operator',
  /** `column` (number), `purposes` */
  'column-repeated': 'after-operator',
  /** no facts: windows name channels and the source says nothing about them */
  'channel-unmapped': 'after-operator',
  /** no facts: the incident has several merchants and the source says of none whose it is */
  'merchant-unmapped': 'after-operator',
  /** `as_month_year`, `as_year_month`, `of`: records of the sample that allow only that order */
  'expiry-ambiguous': 'after-operator',
  /** `of`: dates of the sample, all with two readings or more; `as_day_month`, `as_month_day`: those with one of these */
  'date-ambiguous': 'after-operator',
  /** `made_by`: whose export of stored cards it is */
  'migration-export': 'never',
  /** `references`, `others`: how many sources of either sort one handoff was given */
  'kinds-mixed': 'after-operator',
  /** `fits`: name of the spec whose files hold no card numbers */
  'no-card-numbers': 'after-operator',
  /** `column` (number), `header`, `kind`, `hits`, `of` */
  'sensitive-data': 'after-operator',
  /** `damaged`, `of` */
  'spreadsheet-damaged-source': 'after-operator',
  /** `masked`, `of` */
  'masked-source': 'after-operator',
  /** `source`, `same_as`: numbers from 1 of two sources that are the same, byte for byte */
  'source-repeated': 'after-operator',
} as const satisfies Record<string, Retry>;

export type IntakeCode = keyof typeof intakeCodes;

/**
 * A source is refused as a whole: nothing of it may be kept. Facts hold positions, counts and names of columns, never
 * text of a record.
 */
export class IntakeFault extends Fault<IntakeCode> {
  constructor(code: IntakeCode, facts: Facts = {}, cause?: unknown) {
    super(code, intakeCodes[code], facts, cause);
  }
}
