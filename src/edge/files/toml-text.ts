/**
 * Where things stand in the text of a TOML file: lines of keys for messages, and the lines of one entry for
 * rewriting. It understands as much of TOML as it takes not to be misled by strings, comments and brackets over
 * several lines; the text has already passed the parser.
 */

export type TomlPath = readonly PropertyKey[];

/** A table header or a key, and its 0-based line. */
export interface TomlMark {
  readonly path: TomlPath;
  readonly line: number;
  readonly isHeader: boolean;
}

/** Stands for every character of a string or comment; TOML allows it in neither. */
const INSIDE = '\u0001';

const stringOrComment =
  /"""(?:\\[^]|[^\\])*?"""(?:"{0,2})|'''[^]*?'''(?:'{0,2})|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*/g;

/** The text with strings and comments blanked out, so that what remains is structure. Line ends stay. */
export function blankStrings(text: string): string {
  return text.replace(stringOrComment, (found) => found.replace(/[^\n]/g, INSIDE));
}

const keyPart = String.raw`(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*')`;
const dottedKey = String.raw`${keyPart}(?:[ \t]*\.[ \t]*${keyPart})*`;
const headerLine = new RegExp(
  String.raw`^[ \t]*(?<open>\[{1,2})[ \t]*(?<key>${dottedKey})[ \t]*\]`,
);
const keyLine = new RegExp(String.raw`^[ \t]*(?<key>${dottedKey})[ \t]*=`);
const keyParts = new RegExp(keyPart, 'g');

/** Every header and key that starts a line, in order. Keys inside inline tables and lists are not listed. */
export function markToml(text: string): TomlMark[] {
  const marks: TomlMark[] = [];
  const counts = new Map<string, number>();
  let table: TomlPath = [];
  const starts = topLevelStarts(text);
  text.split('\n').forEach((lineText, line) => {
    if (!starts[line]!) return;
    const header = headerLine.exec(lineText)?.groups;
    if (header !== undefined) {
      table = headerPath(splitKey(header['key']!), header['open'] === '[[', counts);
      marks.push({ path: table, line, isHeader: true });
      return;
    }
    const key = keyLine.exec(lineText)?.groups?.['key'];
    if (key !== undefined) {
      marks.push({ path: [...table, ...splitKey(key)], line, isHeader: false });
    }
  });
  return marks;
}

/** 1-based line of a key, or of the nearest table around it. */
export function lineOfKey(marks: readonly TomlMark[], path: TomlPath): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const mark = marks.find(
      (candidate) =>
        candidate.path.length === length &&
        candidate.path.every((step, index) => step === path[index]),
    );
    if (mark !== undefined) return mark.line + 1;
  }
  return undefined;
}

/** For each line, whether it starts outside of every string, list and inline table. */
function topLevelStarts(text: string): boolean[] {
  const starts: boolean[] = [];
  const insideString = new Set<number>();
  let line = 0;
  let at = 0;
  for (const found of text.matchAll(stringOrComment)) {
    line += countLineEnds(text.slice(at, found.index));
    const last = line + countLineEnds(found[0]);
    for (let inner = line + 1; inner <= last; inner += 1) insideString.add(inner);
    line = last;
    at = found.index + found[0].length;
  }
  let depth = 0;
  blankStrings(text)
    .split('\n')
    .forEach((bare, index) => {
      starts.push(depth === 0 && !insideString.has(index));
      depth += bare.split(/[[{]/).length - bare.split(/[\]}]/).length;
    });
  return starts;
}

function countLineEnds(text: string): number {
  return text.split('\n').length - 1;
}

function splitKey(dotted: string): string[] {
  // Escapes stay as written: our keys have none, and this is for finding lines only.
  return [...dotted.matchAll(keyParts)].map(([part]) =>
    /^["']/.test(part) ? part.slice(1, -1) : part,
  );
}

/** The path of a header with the indices of the lists it stands in; `counts` remembers the entries seen. */
function headerPath(
  keys: readonly string[],
  isEntry: boolean,
  counts: Map<string, number>,
): TomlPath {
  const path: PropertyKey[] = [];
  keys.forEach((key, index) => {
    path.push(key);
    const isLast = index === keys.length - 1;
    const name = JSON.stringify(path);
    if (isLast && isEntry) counts.set(name, (counts.get(name) ?? 0) + 1);
    const entries = counts.get(name);
    if (entries !== undefined) path.push(entries - 1);
  });
  return path;
}
