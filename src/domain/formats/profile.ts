import { z } from 'zod';
import { cellSchema, type Cell } from './cells.ts';
import { bytesOf, charsets, type Charset } from './charset-bytes.ts';
import { encodeCp932 } from './cp932.ts';
import { FormatsFault } from './errors.ts';
import { formatsOfField, isBatchField, isCardField, textFields } from './fields.ts';
import type { Field } from './fields.ts';
import { numberFields, referenceFields } from './fields.ts';

const cells = z.array(cellSchema).min(1).max(60);
const record = z.strictObject({ cells });

/**
 * An outgoing profile: what the file for one recipient looks like. Data, so that a recipient's own layout is a TOML
 * file and not a program. docs/formats/outgoing-profiles.md describes every key.
 */
export const profileSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
    title: z.string().min(1).max(100),
    /** Where the layout comes from and who has to confirm it. */
    provenance: z.string().min(1).max(400),
    shape: z.enum(['delimited', 'fixed']),
    charset: z.enum(charsets),
    newline: z.enum(['lf', 'crlf', 'none']),
    /** Byte order mark, for spreadsheets that take UTF-8 for something else without it. */
    byte_order_mark: z.boolean().default(false),
    delimiter: z
      .string()
      .regex(/^[,;|\t]$/)
      .optional(),
    quoting: z.enum(['never', 'when-needed', 'always']).default('never'),
    /** A character that the charset lacks: refuse the file, or write `?`. */
    unencodable: z.enum(['refuse', 'question-mark']).default('refuse'),
    /** True for a file that must not hold a card number, such as the annex of a letter. */
    masked: z.boolean().default(false),
    /** What a record of the file is; absent: a card. Left out of older profiles, whose digest must stay. */
    subject: z.literal('references').optional(),
    /** ASCII armor around the sealed file. */
    armor: z.boolean().default(false),
    /** Cards in one file: whoever arranges batches cuts them so; a file with more is refused. */
    max_cards: z.int().min(1).max(50_000_000).optional(),
    /** A first line with the titles of the columns, before the header. */
    titles: z.boolean().default(false),
    /** Records before the cards, in order. */
    header: z.array(record).max(8).default([]),
    /** The record of one card. */
    columns: cells,
    /** Records after the cards, in order. */
    trailer: z.array(record).max(8).default([]),
  })
  .superRefine((profile, context) => {
    for (const problem of problemsOf(profile)) {
      context.addIssue({ code: 'custom', path: [...problem.path], message: problem.message });
    }
  });

export type Profile = z.output<typeof profileSchema>;
export type ProfileInput = z.input<typeof profileSchema>;

/**
 * Reads a profile from parsed TOML or JSON. Throws `profile-invalid` with every problem as `path: what is wrong`.
 */
export function parseProfile(value: unknown): Profile {
  const result = profileSchema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(
    (issue) => `${issue.path.map(String).join('.') || 'profile'}: ${issue.message}`,
  );
  throw new FormatsFault('profile-invalid', { problems });
}

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The rules that reach over more than one key. */
function* problemsOf(profile: Profile): Generator<Problem> {
  if (profile.shape === 'delimited') {
    if (profile.newline === 'none') {
      yield { path: ['newline'], message: 'delimited records need lf or crlf' };
    }
    if (profile.delimiter === undefined && profile.columns.length > 1) {
      yield { path: ['delimiter'], message: 'more than one column needs a delimiter' };
    }
  } else {
    yield* fixedProblems(profile);
  }
  if (profile.charset !== 'utf-8' && profile.byte_order_mark) {
    yield { path: ['byte_order_mark'], message: `${profile.charset} has none` };
  }
  if (profile.charset === 'cp932' && profile.delimiter === '|') {
    yield { path: ['delimiter'], message: '"|" is also half of some characters of cp932' };
  }
  yield* subjectProblems(profile);
  for (const { path, cell, isCard } of allCells(profile)) {
    yield* cellProblems(profile, path, cell, isCard);
  }
}

function* subjectProblems({ subject, masked, columns }: Profile): Generator<Problem> {
  const strange = subject === 'references' ? numberFields : referenceFields;
  for (const [index, { field }] of columns.entries()) {
    if (!strange.has(field)) continue;
    const message = `${subject === 'references' ? 'not' : 'only'} with subject = "references"`;
    yield { path: ['columns', index, 'field'], message };
  }
  if (subject === 'references') {
    if (columns.some(({ field }) => field === 'order_reference')) return;
    yield { path: ['columns'], message: 'an order_reference column, which holds the reference' };
    return;
  }
  const pans = columns.filter((cell) => cell.field === 'pan').length;
  if (pans !== (masked ? 0 : 1)) {
    yield { path: ['columns'], message: 'exactly one pan column, or none in a masked profile' };
  }
}

function* fixedProblems(profile: Profile): Generator<Problem> {
  for (const key of ['delimiter', 'titles'] as const) {
    if (profile[key] !== undefined && profile[key] !== false) {
      yield { path: [key], message: 'only in delimited profiles' };
    }
  }
  if (profile.quoting !== 'never') {
    yield { path: ['quoting'], message: 'only in delimited profiles' };
  }
  const widths = recordsOf(profile).map((cellsOfRecord) =>
    cellsOfRecord.reduce((sum, cell) => sum + (cell.width ?? 0), 0),
  );
  if (new Set(widths).size > 1) {
    yield { path: ['columns'], message: `records differ in width: ${widths.join(', ')}` };
  }
}

function* cellProblems(
  profile: Profile,
  path: readonly (string | number)[],
  cell: Cell,
  isCard: boolean,
): Generator<Problem> {
  const fixed = profile.shape === 'fixed';
  if (fixed !== (cell.width !== undefined)) {
    yield { path: [...path, 'width'], message: fixed ? 'required' : 'only in fixed profiles' };
  }
  if (!fixed && cell.overflow === 'cut') {
    yield { path: [...path, 'overflow'], message: 'only in fixed profiles' };
  }
  if ((cell.field === 'literal') !== (cell.text !== undefined)) {
    yield { path: [...path, 'text'], message: 'goes with literal, and only with literal' };
  }
  if (cell.text !== undefined && !isPlain(cell.text, profile.charset)) {
    yield { path: [...path, 'text'], message: `not writable in ${profile.charset}` };
  }
  if (cell.text !== undefined && !literalFits(profile, cell, cell.text)) {
    yield {
      path: [...path, 'text'],
      message: 'longer than the cell, or holds a delimiter or a quote',
    };
  }
  const title = cell.title ?? cell.field;
  if (profile.titles && isCard && !isPlain(title, profile.charset)) {
    yield { path: [...path, 'title'], message: `not writable in ${profile.charset}` };
  }
  if (
    cell.format !== undefined &&
    formatsOfField(cell.field, isCard)?.includes(cell.format) !== true
  ) {
    yield { path: [...path, 'format'], message: `not a format of ${cell.field}` };
  }
  if (cell.overflow === 'cut' && !textFields.has(cell.field)) {
    yield { path: [...path, 'overflow'], message: 'only text may be cut' };
  }
  if (isCard ? !isCardField(cell.field) && isBatchField(cell.field) : isOnlyOfCard(cell.field)) {
    yield {
      path: [...path, 'field'],
      message: isCard ? 'not known per card' : 'belongs to columns',
    };
  }
}

function isOnlyOfCard(field: Field): boolean {
  return isCardField(field) && !isBatchField(field);
}

function recordsOf(profile: Profile): Cell[][] {
  return [
    ...profile.header.map((entry) => entry.cells),
    profile.columns,
    ...profile.trailer.map((entry) => entry.cells),
  ];
}

function* allCells(
  profile: Profile,
): Generator<{ path: readonly (string | number)[]; cell: Cell; isCard: boolean }> {
  for (const part of ['header', 'trailer'] as const) {
    for (const [at, entry] of profile[part].entries()) {
      for (const [index, cell] of entry.cells.entries()) {
        yield { path: [part, at, 'cells', index], cell, isCard: false };
      }
    }
  }
  for (const [index, cell] of profile.columns.entries()) {
    yield { path: ['columns', index], cell, isCard: true };
  }
}

function literalFits(profile: Profile, cell: Cell, text: string): boolean {
  return profile.shape === 'fixed'
    ? bytesOf(text, profile.charset).length <= (cell.width ?? 0)
    : !text.includes('"') && !text.includes(profile.delimiter ?? '\n');
}

function isPlain(text: string, charset: Charset): boolean {
  if (charset === 'ascii') return /^[\x20-\x7e]*$/.test(text);
  return !/\p{Cc}/u.test(text) && (charset === 'utf-8' || encodeCp932(text) !== undefined);
}
