import { readFile, stat } from 'node:fs/promises';
import { parse, TomlDate, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { readTable } from '../../domain/workspace/read-table.ts';
import { isLocalDate } from '../../domain/workspace/time-fields.ts';
import { errnoOf } from './errno.ts';
import { blankStrings, lineOfKey, markToml } from './toml-text.ts';

/** No configuration that people write is longer. */
const TOML_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Reads a TOML file against a schema. Dates and times arrive at the schema as text: `2019-12-16`,
 * `2020-04-07T15:00:00+09:00` with the offset that was written.
 *
 * @param name how messages call the file; the path unless told
 * @throws WorkspaceFault `config-file-missing`, `config-unreadable`, `config-too-large`, `config-syntax`,
 * `config-unknown-key`, `config-missing-key`, `config-invalid`
 */
export async function readToml<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  name: string = path,
): Promise<z.output<Schema>> {
  return parseToml(await readTomlText(path, name), schema, name);
}

/** The text of a configuration file, checked for length and UTF-8; a byte order mark is dropped. */
export async function readTomlText(path: string, name: string = path): Promise<string> {
  let bytes: Uint8Array;
  try {
    const found = await stat(path);
    if (found.size > TOML_BYTES_MAX) {
      throw new WorkspaceFault('config-too-large', { file: name, limit: TOML_BYTES_MAX });
    }
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof WorkspaceFault) throw error;
    const reason = errnoOf(error);
    if (reason === 'ENOENT') throw new WorkspaceFault('config-file-missing', { file: name }, error);
    throw new WorkspaceFault('config-unreadable', { file: name, reason }, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new WorkspaceFault('config-unreadable', { file: name, reason: 'not-utf-8' }, error);
  }
}

/** As `readToml`, for a text that is already there. */
export function parseToml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  name: string,
): z.output<Schema> {
  const table = parseTable(text, name);
  return readTable(schema, table, {
    file: name,
    lineOf: (path) => lineOfKey(markToml(text), path),
  });
}

function parseTable(text: string, file: string): unknown {
  let table: unknown;
  try {
    table = parse(text, { unsafeKeyBehaviour: 'throw', maxDepth: 32 });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Its message shows lines of the file, which may hold a password: only the place is kept.
    throw new WorkspaceFault('config-syntax', { file, line: error.line, column: error.column });
  }
  assertDatesExist(text, file);
  return plainValue(table);
}

/** The parser lets 2020-02-31 roll over into March; a window must not move by a typing error. */
function assertDatesExist(text: string, file: string): void {
  blankStrings(text)
    .split('\n')
    .forEach((bare, index) => {
      for (const [date] of bare.matchAll(/(?<![\w.+-])\d{4}-\d{2}-\d{2}(?![\w-]*\s*=)/g)) {
        if (isLocalDate(date)) continue;
        const expected = 'a date of the calendar';
        const key = /^\s*([\w.-]+)\s*=/.exec(bare)?.[1] ?? '';
        throw new WorkspaceFault('config-invalid', {
          file,
          key,
          expected,
          found: 'a date that does not exist',
          line: index + 1,
        });
      }
    });
}

function plainValue(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000(?=Z|[+-]|$)/, '');
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
}
