import { unsigned } from './leb128.ts';
import { typeOf, WatCode, type WatNames } from './wat-code.ts';
import { readWat, type WatPart } from './wat-text.ts';

const MAGIC = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const FUNCTION_TYPE = 0x60;
const SHARED_WITH_MAXIMUM = 0x03;
const MEMORY = 0x02;
const MUTABLE = 0x01;
const END = 0x0b;
const PAGES_MAX = 65_536;
const I32_CONST = 0x41;

/** Places of a module's sections. */
const section = { types: 1, imports: 2, functions: 3, globals: 6, exports: 7, code: 10 } as const;

type List = readonly WatPart[];

/** A function as it is declared. */
interface Declared {
  readonly name: string;
  readonly exported: string | undefined;
  readonly params: ReadonlyMap<string, number>;
  readonly results: readonly number[];
  readonly locals: ReadonlyMap<string, number>;
  readonly body: List;
}

/**
 * Makes a module of its text: one shared memory `(import "…" "…" (memory))`, globals of type i32 that begin at 0,
 * `(global $name)`, and functions with named parameters and locals whose instructions stand folded. No more of the text
 * format is understood; what is not is refused with a SyntaxError.
 */
export function assembleWat(text: string): Uint8Array<ArrayBuffer> {
  const fields = readWat(text).slice(1) as readonly List[];
  const functions = fields.filter(([kind]) => kind === 'func').map(declared);
  const globals = fields.filter(([kind]) => kind === 'global').map(([, name]) => String(name));
  const [memory] = fields.filter(([kind]) => kind === 'import');
  const names = {
    function: placesOf(functions.map(({ name }) => name)),
    global: placesOf(globals),
  };
  const exported = functions.flatMap(({ exported: as }, place) =>
    as === undefined ? [] : [[...name(as), 0x00, ...unsigned(place)]],
  );
  return Uint8Array.from([
    ...MAGIC,
    ...sectionOf(section.types, functions.map(typeBytes)),
    ...sectionOf(section.imports, [importBytes(memory ?? [])]),
    ...sectionOf(section.functions, [...functions.keys()].map(unsigned)),
    ...sectionOf(
      section.globals,
      globals.map(() => [0x7f, MUTABLE, I32_CONST, 0, END]),
    ),
    ...sectionOf(section.exports, exported),
    ...sectionOf(
      section.code,
      functions.map((one) => codeBytes(one, names)),
    ),
  ]);
}

function declared([, functionName, ...parts]: List): Declared {
  const params = new Map<string, number>();
  const locals = new Map<string, number>();
  const results: number[] = [];
  let exported: string | undefined;
  let at = 0;
  for (; at < parts.length; at++) {
    const [kind, first, second] = parts[at] as List;
    if (kind === 'export') exported = String(first).slice(1, -1);
    else if (kind === 'param') params.set(String(first), typeOf(second));
    else if (kind === 'result') results.push(typeOf(first));
    else if (kind === 'local') locals.set(String(first), typeOf(second));
    else break;
  }
  return { name: String(functionName), exported, params, results, locals, body: parts.slice(at) };
}

function typeBytes({ params, results }: Declared): number[] {
  return [FUNCTION_TYPE, ...vector([...params.values()]), ...vector(results)];
}

function importBytes([, module, memory]: List): number[] {
  const names = [module, memory].flatMap((quoted) => name(String(quoted).slice(1, -1)));
  return [...names, MEMORY, SHARED_WITH_MAXIMUM, ...unsigned(1), ...unsigned(PAGES_MAX)];
}

function codeBytes({ params, locals, body }: Declared, names: Omit<WatNames, 'local'>): number[] {
  const local = placesOf([...params.keys(), ...locals.keys()]);
  const code = new WatCode({ ...names, local });
  code.body(body);
  const declarations = [...locals.values()].map((type) => [1, type]);
  const bytes = [...unsigned(declarations.length), ...declarations.flat(), ...code.bytes];
  return [...unsigned(bytes.length), ...bytes];
}

function sectionOf(id: number, entries: readonly (readonly number[])[]): number[] {
  if (entries.length === 0) return [];
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function vector(bytes: readonly number[]): number[] {
  return [...unsigned(bytes.length), ...bytes];
}

function name(text: string): number[] {
  return vector([...new TextEncoder().encode(text)]);
}

function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((one, place) => [one, place]));
}
