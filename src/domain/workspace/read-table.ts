import type { z } from 'zod';
import type { Facts } from '../fault.ts';
import { WorkspaceFault } from './errors.ts';
import { nearestKey } from './nearest-key.ts';

/** Where a table came from, for messages. */
export interface TableOrigin {
  readonly file: string;
  /** 1-based line of a key, or of the nearest table around it; undefined where nobody knows. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/**
 * Checks a parsed table against its schema and returns the schema's output. The first problem is thrown, unknown
 * keys before all others: a mistyped key is also a missing one, and the typing is what a person can mend.
 *
 * @throws WorkspaceFault `config-unknown-key`, `config-missing-key`, `config-invalid`; none repeats a value
 */
export function readTable<Schema extends z.ZodType>(
  schema: Schema,
  table: unknown,
  origin: TableOrigin,
): z.output<Schema> {
  const result = schema.safeParse(table, { error: expectedPhrase });
  if (result.success) return result.data;
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  throw faultOf(issue, schema, table, origin);
}

function faultOf(
  issue: Issue,
  schema: z.ZodType,
  table: unknown,
  origin: TableOrigin,
): WorkspaceFault {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const path = [...issue.path, key];
    const suggestion = nearestKey(schema, issue.path, key);
    return new WorkspaceFault('config-unknown-key', {
      ...place(path, table, origin),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }
  const found = valueAt(table, issue.path);
  const facts = { ...place(issue.path, table, origin), expected: issue.message };
  if (found === undefined) return new WorkspaceFault('config-missing-key', facts);
  return new WorkspaceFault('config-invalid', { ...facts, found: kindOf(found) });
}

function place(path: readonly PropertyKey[], table: unknown, origin: TableOrigin): Facts {
  const line = origin.lineOf(path);
  return { file: origin.file, key: keyName(path, table), ...(line === undefined ? {} : { line }) };
}

/** Sentence endings for "expected …". Schemas that say their own come first; zod's defaults are never shown. */
export function expectedPhrase(issue: RawIssue): string {
  if (issue.code === 'invalid_type') return kindNames[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return choice(issue.values);
  // A union reports the values of the key that tells its members apart.
  if (issue.code === 'invalid_union') return choice((issue['options'] ?? []) as unknown[]);
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  return 'another value';
}

function choice(values: readonly unknown[]): string {
  return values.map((value) => `"${String(value)}"`).join(' or ') || 'another form';
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a table',
  record: 'a table',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a number';
  return typeof value === 'boolean' ? 'true or false' : 'a table';
}

function valueAt(table: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    table,
  );
}

/** `recipients[psp].endpoints[1].host_keys`: entries that have an id or a name are called by it. */
function keyName(path: readonly PropertyKey[], table: unknown): string {
  let name = '';
  path.forEach((step, index) => {
    if (typeof step !== 'number') {
      name += `${name === '' ? '' : '.'}${printable(String(step))}`;
      return;
    }
    const entry = valueAt(table, path.slice(0, index + 1));
    const ids = [valueAt(entry, ['id']), valueAt(entry, ['name'])];
    const id = ids.find(
      (text) => typeof text === 'string' && /^[a-z0-9][a-z0-9-]{1,40}$/.test(text),
    );
    name += `[${typeof id === 'string' ? id : step + 1}]`;
  });
  return name;
}

/** A key is text from the file: what goes to a terminal holds no escape sequence and has an end. */
function printable(key: string): string {
  return key.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 80);
}
