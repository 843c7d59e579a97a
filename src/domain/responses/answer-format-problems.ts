/** A cell as every part of a format has it. */
interface LooseCell {
  readonly literal?: string;
  readonly field?: string;
  readonly width?: number | undefined;
  readonly name?: string | undefined;
}

/** A format as its schema has read it, before its keys were held against each other. */
interface LooseFormat {
  readonly shape: 'delimited' | 'fixed' | 'json';
  readonly list?: string | undefined;
  readonly header: readonly LooseCell[];
  readonly line?: readonly LooseCell[] | undefined;
  readonly trailer: readonly (readonly LooseCell[])[];
  readonly codes: Readonly<Record<string, unknown>>;
  readonly rest:
    { readonly words: Readonly<Record<string, unknown>> } | { readonly always: unknown };
  readonly parts?: Readonly<Record<string, string>> | undefined;
}

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Of a record reference. */
const RECORD_DIGITS = 10;

/** What binds an answer to one file that was sent. */
const binding = ['batch', 'file_name', 'file_digest'];

/** The rules that reach over more than one key: a format that tells too little would take anything for an answer. */
export function* formatProblems(format: LooseFormat): Generator<Problem> {
  const sheet = [format.header, ...format.trailer].flat();
  const times = (cells: readonly LooseCell[], field: string): number =>
    cells.filter((cell) => cell.field === field).length;
  const fields = new Set(sheet.flatMap(({ field }) => field ?? []));
  for (const field of fields) {
    if (field !== 'free' && times(sheet, field) > 1) {
      yield { path: ['header'], message: `${field} stands in it twice` };
    }
  }
  if (!binding.some((field) => times(format.header, field) === 1)) {
    yield { path: ['header'], message: `one of ${binding.join(', ')}: what it answers` };
  }
  if ('words' in format.rest !== fields.has('rest')) {
    yield { path: ['rest'], message: 'words go with a cell rest, and only with one' };
  }
  yield* partProblems(format, fields);
  if (fields.has('next_expected') && fields.has('last_received')) {
    yield { path: ['header'], message: 'one of next_expected, last_received' };
  }
  yield* lineProblems(format, times);
  yield* shapeProblems(format);
  for (const { path, cell } of cellsOf(format)) {
    if (cell.literal === undefined || isKept(cell.literal, format)) continue;
    yield { path: [...path, 'literal'], message: 'plain text without blanks around it' };
  }
  yield* wordProblems(format, 'code', ['codes'], format.codes);
  yield* wordProblems(format, 'part', ['parts'], format.parts ?? {});
  const said = 'words' in format.rest ? format.rest.words : {};
  yield* wordProblems(format, 'rest', ['rest', 'words'], said);
}

/** Words that a cell of `field` can never say, and the empty one: a cell that was left out would say it. */
function* wordProblems(
  format: LooseFormat,
  field: string,
  place: readonly string[],
  words: Readonly<Record<string, unknown>>,
): Generator<Problem> {
  const cells = [...cellsOf(format)].filter(({ cell }) => cell.field === field);
  const width = Math.min(...cells.map(({ cell }) => cell.width ?? Infinity));
  for (const word of Object.keys(words)) {
    const path = [...place, word];
    if (word === '') yield { path, message: 'a word, which is not empty' };
    else if (!isKept(word, format)) yield { path, message: 'no blanks around it' };
    else if (word.length > width) yield { path, message: 'longer than its cell' };
  }
}

/** Of two files each says what it names, and nothing of other cards. */
function* partProblems(
  { parts, rest, line }: LooseFormat,
  fields: ReadonlySet<string>,
): Generator<Problem> {
  if ((parts !== undefined) !== fields.has('part')) {
    yield { path: ['parts'], message: 'they go with a cell part, and only with one' };
  }
  if (parts === undefined) return;
  if (new Set(Object.values(parts)).size < 2) {
    yield { path: ['parts'], message: 'a word for all, and one for rejected' };
  }
  const isSilent = 'always' in rest && rest.always === 'none';
  if (!isSilent || line === undefined) {
    yield { path: ['rest'], message: 'always none, and lines, where an answer is two files' };
  }
}

function* lineProblems(
  { line, trailer, header, codes }: LooseFormat,
  times: (cells: readonly LooseCell[], field: string) => number,
): Generator<Problem> {
  const counts = times([header, ...trailer].flat(), 'count');
  if (line === undefined) {
    if (counts + Object.keys(codes).length > 0) {
      yield { path: ['line'], message: 'count and codes are about lines' };
    }
    return;
  }
  for (const field of ['record', 'code']) {
    if (times(line, field) !== 1) yield { path: ['line'], message: `${field}, once` };
  }
  if (counts !== 1) yield { path: ['trailer'], message: 'a count of the lines, once' };
  if (Object.keys(codes).length === 0) yield { path: ['codes'], message: 'at least one' };
}

function* shapeProblems(format: LooseFormat): Generator<Problem> {
  const { shape, list, line, trailer } = format;
  for (const { path, cell } of cellsOf(format)) {
    if ((shape === 'fixed') !== (cell.width !== undefined)) {
      yield { path: [...path, 'width'], message: 'in fixed records, and only there' };
    } else if (cell.literal !== undefined && cell.literal.length > (cell.width ?? Infinity)) {
      yield { path: [...path, 'literal'], message: 'longer than its cell' };
    } else if (cell.field === 'record' && (cell.width ?? RECORD_DIGITS) < RECORD_DIGITS) {
      yield { path: [...path, 'width'], message: `${RECORD_DIGITS} at least` };
    }
    if ((shape === 'json') !== (cell.name !== undefined)) {
      yield { path: [...path, 'name'], message: 'in JSON, and only there' };
    }
  }
  if ((shape === 'json' && line !== undefined) !== (list !== undefined)) {
    yield { path: ['list'], message: 'in JSON with lines, and only there' };
  }
  if (shape === 'json') yield* memberProblems(format);
  if (shape === 'json' && trailer.length > 1) {
    yield { path: ['trailer'], message: 'one in JSON: an object has no order' };
  }
  const records = [format.header, ...(line === undefined ? [] : [line]), ...trailer];
  const widths = new Set(
    records.map((cells) => cells.reduce((sum, { width = 0 }) => sum + width, 0)),
  );
  if (widths.size > 1) {
    yield { path: ['line'], message: `records differ in width: ${[...widths].join(', ')}` };
  }
}

function* memberProblems({ header, line = [], trailer, list }: LooseFormat): Generator<Problem> {
  const outer = [...[header, ...trailer].flat().map(({ name }) => name), list];
  for (const names of [outer, line.map(({ name }) => name)]) {
    const told = names.filter((name) => name !== undefined);
    if (new Set(told).size < told.length) {
      yield { path: ['header'], message: 'two members of one name' };
    }
  }
}

function* cellsOf({
  header,
  line = [],
  trailer,
}: LooseFormat): Generator<{ path: readonly (string | number)[]; cell: LooseCell }> {
  for (const [at, cell] of header.entries()) yield { path: ['header', at], cell };
  for (const [at, cell] of line.entries()) yield { path: ['line', at], cell };
  for (const [record, cells] of trailer.entries()) {
    for (const [at, cell] of cells.entries()) yield { path: ['trailer', record, at], cell };
  }
}

/** Whether a cell with this text reads as this text: cells come trimmed and in NFKC, and in ASCII but where delimited. */
function isKept(text: string, { shape }: LooseFormat): boolean {
  if (text.normalize('NFKC').trim() !== text) return false;
  return shape === 'delimited' ? !/\p{Cc}/u.test(text) : /^[\x20-\x7e]*$/.test(text);
}
