import { z } from 'zod';
import { sequenceSchema } from './sequence.ts';
import type { Sequence } from './sequence.ts';

/** What a pattern may hold besides plain characters. Nothing here tells whose cards they are. */
const namePlaceholders = ['mode', 'batch', 'sequence', 'date', 'short-date', 'time'] as const;

type Placeholder = (typeof namePlaceholders)[number];

/** A leaf of the log names the file, its control file and its temporary name in at most 128 characters. */
const NAME_CHARACTERS_MAX = 80;
const DEFAULT_LENGTH_MAX = 64;
const braces = /\{([a-z-]+)\}/g;

/** Keys of an endpoint, over SFTP or a folder, that say what its files are called. */
export const namingFields = {
  name_pattern: z
    .string()
    .max(120, 'at most 120 characters')
    .optional()
    .describe(
      `What files are called there: plain characters and ${namePlaceholders.map((name) => `{${name}}`).join(' ')}.`,
    ),
  name_case: z
    .enum(['upper', 'lower'])
    .optional()
    .describe('Letters that placeholders put in; the others have to agree.'),
  name_length_max: z
    .int('a whole number')
    .min(8, 'a length from 8 to 80')
    .max(NAME_CHARACTERS_MAX, 'a length from 8 to 80')
    .optional()
    .describe(`Longest name they take; default ${DEFAULT_LENGTH_MAX}.`),
  sequence: sequenceSchema.optional().describe('Running numbers; goes with {sequence}.'),
} as const;

/** How the files of an endpoint are named, when not by our own batch ids. */
export interface FileNaming {
  readonly pattern: string;
  readonly case?: 'upper' | 'lower';
  readonly sequence?: Sequence;
}

/** What one name is made from. `moment`: local date and time, `YYYY-MM-DD` and `HH:MM:SS`. */
export interface NameFacts {
  readonly mode: 'drill' | 'live';
  readonly batch: string;
  readonly date: string;
  readonly time: string;
  /** 0 in a test file. */
  readonly sequence?: number;
}

interface NamingKeys {
  readonly name_pattern?: string | undefined;
  readonly name_case?: 'upper' | 'lower' | undefined;
  readonly name_length_max?: number | undefined;
  readonly sequence?: Sequence | undefined;
}

/**
 * The final name of a file. A name without `{mode}` says TEST at its beginning when it is one: nothing that leaves a
 * drill looks like a live file.
 */
export function renderName(naming: FileNaming, facts: NameFacts): string {
  const isTest = facts.mode === 'drill';
  const date = facts.date.replaceAll('-', '');
  const { width = 0 } = naming.sequence ?? {};
  const values: Record<Placeholder, string> = {
    mode: isTest ? 'TEST' : 'LIVE',
    batch: facts.batch,
    sequence: String(facts.sequence ?? 0).padStart(width, '0'),
    date,
    'short-date': date.slice(2),
    time: facts.time.replaceAll(':', ''),
  };
  const marked = isTest && !naming.pattern.includes('{mode}');
  const cased = (text: string): string => inCase(text, naming.case);
  const name = naming.pattern.replace(braces, (_, key: string) =>
    cased(values[key as Placeholder]),
  );
  return marked ? `${cased('TEST-')}${name}` : name;
}

function inCase(text: string, wanted: FileNaming['case']): string {
  if (wanted === undefined) return text;
  return wanted === 'upper' ? text.toUpperCase() : text.toLowerCase();
}

/** What the keys of an endpoint come to; nothing when its files keep our own names. */
export function namingOf(keys: NamingKeys): FileNaming | undefined {
  const { name_pattern: pattern, name_case: wanted, sequence } = keys;
  if (pattern === undefined) return undefined;
  return {
    pattern,
    ...(wanted === undefined ? {} : { case: wanted }),
    ...(sequence === undefined ? {} : { sequence }),
  };
}

/** What is wrong with the naming of an endpoint, each with its key. */
export function* namingProblems(
  keys: NamingKeys,
): Generator<{ readonly key: keyof NamingKeys; readonly message: string }> {
  const naming = namingOf(keys);
  if (naming === undefined) {
    for (const key of ['name_case', 'name_length_max', 'sequence'] as const) {
      if (keys[key] !== undefined) yield { key, message: 'only with name_pattern' };
    }
    return;
  }
  const wrong = patternProblem(naming);
  if (wrong !== undefined) {
    yield { key: 'name_pattern', message: wrong };
    return;
  }
  const most = keys.name_length_max ?? DEFAULT_LENGTH_MAX;
  const longest = renderName(naming, longestFacts);
  if (longest.length > most) {
    yield {
      key: 'name_pattern',
      message: `names of at most ${most} characters; these have ${longest.length}`,
    };
  }
}

const longestFacts = {
  mode: 'drill',
  batch: '0'.repeat(12),
  date: '2026-12-31',
  time: '23:59:59',
} as const;

function patternProblem({ pattern, case: wanted, sequence }: FileNaming): string | undefined {
  const used = [...pattern.matchAll(braces)].map(([, key]) => key!);
  const has = (key: Placeholder): boolean => used.includes(key);
  const unknown = used.find((key) => !namePlaceholders.some((known) => known === key));
  if (unknown !== undefined) return `{${unknown}} is not known: ${namePlaceholders.join(', ')}`;
  if (new Set(used).size !== used.length) return 'each placeholder only once';
  const literal = pattern.replace(braces, '');
  if (!/^(?=[{A-Za-z0-9])(?:\{[a-z-]+\}|[A-Za-z0-9._-])*\.[A-Za-z0-9]{1,8}$/.test(pattern)) {
    return 'letters, digits, ".", "_" and "-", with an extension, such as "MM_{date}_{sequence}.pgp"';
  }
  if (wanted !== undefined && inCase(literal, wanted) !== literal) {
    return `letters of ${wanted} case, because name_case says so`;
  }
  if (has('sequence') !== (sequence !== undefined)) {
    return 'sequence and {sequence} only together';
  }
  if (!has('sequence') && !has('batch')) {
    return '{sequence} or {batch}: without one two files get one name';
  }
  const isRepeating = sequence !== undefined && sequence.reset !== 'never' && !has('batch');
  if (isRepeating && !has('date') && !has('short-date')) {
    return '{date} or {short-date}, because the numbers start again';
  }
  return undefined;
}
