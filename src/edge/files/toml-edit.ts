import { isInstant, isLocalDate } from '../../domain/workspace/time-fields.ts';
import { blankStrings, markToml, type TomlMark, type TomlPath } from './toml-text.ts';

/**
 * Edits of a TOML text that leave every line they are not about as it stands. They return undefined where the text
 * is written in a form they do not edit (an inline list of tables, a value over several lines); the caller reads the
 * result back in any case.
 */

export type TomlValue = string | number | boolean | readonly string[];

/**
 * Sets one key. Where it is missing, the line that shows it commented out becomes it, or else a new line below the
 * header of its table. A comment behind an old value stays.
 */
export function setTomlValue(text: string, path: TomlPath, value: TomlValue): string | undefined {
  const lines = text.split('\n');
  const marks = markToml(text);
  const mark = marks.find((candidate) => !candidate.isHeader && isSame(candidate.path, path));
  if (mark !== undefined) {
    lines[mark.line] = withValue(lines[mark.line]!, renderValue(value));
    return lines.join('\n');
  }
  const table = path.slice(0, -1);
  const at = marks.findIndex((found) => found.isHeader && isSame(found.path, table));
  if (at < 0) return undefined;
  const key = String(path.at(-1));
  const header = marks[at]!.line;
  const end = marks.slice(at + 1).find((found) => found.isHeader)?.line ?? lines.length;
  const shown = lines.findIndex(
    (line, index) =>
      index > header && index < end && line.replace(/\s/g, '').startsWith(`#${key}=`),
  );
  const cr = lines[header]!.endsWith('\r') ? '\r' : '';
  const added = `${key} = ${renderValue(value)}${cr}`;
  if (shown < 0) lines.splice(header + 1, 0, added);
  else lines[shown] = added;
  return lines.join('\n');
}

/** Adds an entry of a list of tables at the end. */
export function appendTomlEntry(text: string, list: string, entry: object): string {
  const newline = newlineOf(text);
  const body = text === '' || text.endsWith('\n') ? text : text + newline;
  const gap = body === '' ? '' : newline;
  return body + gap + renderEntry(list, entry).join(newline) + newline;
}

/** Replaces the lines of one entry; comments above it stay, comments inside it go. */
export function replaceTomlEntry(
  text: string,
  list: string,
  index: number,
  entry: object,
): string | undefined {
  const lines = text.split('\n');
  const marks = markToml(text);
  const isOurs = (mark: TomlMark) => mark.path[0] === list && mark.path[1] === index;
  const first = marks.findIndex((mark) => mark.isHeader && isOurs(mark));
  if (first < 0) return undefined;
  const next = marks.find((mark, at) => at > first && mark.isHeader && !isOurs(mark));
  let end = next?.line ?? lines.length;
  // What stands right above the next header speaks about that one.
  while (/^\s*(?:#.*)?$/.test(lines[end - 1]!)) end -= 1;
  const start = marks[first]!.line;
  const cr = lines[start]!.endsWith('\r') ? '\r' : '';
  const block = renderEntry(list, entry).map((line) => line + cr);
  return [...lines.slice(0, start), ...block, ...lines.slice(end)].join('\n');
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function isSame(left: TomlPath, right: TomlPath): boolean {
  return left.length === right.length && left.every((step, index) => step === right[index]);
}

function withValue(line: string, value: string): string {
  const bare = blankStrings(line);
  const equals = bare.indexOf('=');
  const rest = line.slice(equals + 1);
  const comment = /^(?:"(?:\\.|[^"\\])*"|'[^']*'|[^#"'])*?(?<comment>\s*#.*)$/.exec(rest)?.groups?.[
    'comment'
  ];
  const end = comment ?? (line.endsWith('\r') ? '\r' : '');
  return `${line.slice(0, equals + 1)} ${value}${end}`;
}

function renderEntry(list: string, entry: object): string[] {
  const lines = [`[[${list}]]`];
  const tables: string[] = [];
  for (const [key, value] of Object.entries(entry) as [string, unknown][]) {
    if (value === undefined) continue;
    if (isTableList(value)) {
      for (const table of value) tables.push('', ...renderEntry(`${list}.${key}`, table));
    } else if (isTable(value)) {
      lines.push(`${key} = ${renderInline(value)}`);
    } else if (!Array.isArray(value) || value.length > 0) {
      lines.push(`${key} = ${renderValue(value as TomlValue)}`);
    }
  }
  return [...lines, ...tables];
}

function isTableList(value: unknown): value is readonly object[] {
  return Array.isArray(value) && typeof value[0] === 'object';
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A small table of plain values, or of such tables, on the line of its key. */
function renderInline(table: object): string {
  const members = Object.entries(table) as [string, TomlValue | object | undefined][];
  const shown = members.flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [`${key} = ${isTable(value) ? renderInline(value) : renderValue(value)}`];
  });
  return `{ ${shown.join(', ')} }`;
}

function renderValue(value: TomlValue): string {
  if (typeof value === 'object') return `[${value.map(renderValue).join(', ')}]`;
  if (typeof value !== 'string') return String(value);
  const isDate = isLocalDate(value) || (isInstant(value) && !value.includes('.'));
  return isDate ? value : JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}
