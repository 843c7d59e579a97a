import { basename } from 'node:path';

import type { KnownSpec } from '../../domain/intake/known-specs.ts';
import { personPurposes } from '../../domain/intake/purposes.ts';
import { sourceSpecSchema } from '../../domain/intake/source-spec.ts';
import type { SourceSpec, SourceSpecEntry } from '../../domain/intake/source-spec.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { expectedPhrase } from '../../domain/workspace/read-table.ts';
import type { NamedSource } from '../../exchange/handoff/prepare-handoff.ts';
import type { SourceSpecs } from '../../exchange/sources/source-specs.ts';
import { splitArgument } from './source-paths.ts';

/** Options that describe a source without a spec file. */
export interface SourceOptions {
  readonly source: readonly string[];
  readonly kind?: string;
  readonly referenceKind?: string;
  readonly format?: string;
  readonly encoding?: string;
  readonly columns?: Readonly<Record<string, string>>;
  readonly ignoreColumn?: readonly string[];
  readonly notSensitive?: readonly string[];
  readonly channel?: string;
  readonly merchant?: string;
  readonly received?: string;
}

/**
 * Turns `--source FILE` and `--source FILE=SPEC` into sources. SPEC is a TOML file, or the name of one under
 * `config/sources` of the workspace or of the program. The other options describe the sources without a spec; where
 * every source names one, they go before what it says. Ignored columns are added to every spec, because that is what a
 * refusal tells people to type.
 *
 * Throws `usage` for an option value that means nothing, `config-*` for a spec file that is wrong.
 */
export async function readSources(
  options: SourceOptions,
  specs: SourceSpecs,
): Promise<readonly NamedSource[]> {
  const named = options.source.map(splitArgument);
  const haveAll = named.every(({ spec }) => spec !== undefined);
  const known = haveAll ? [] : await specs.known();
  return Promise.all(
    named.map(async ({ path, spec }) => {
      const read = spec === undefined ? undefined : await specs.named(spec);
      const base = read === undefined || haveAll ? withOptions(read?.spec, options) : read.spec;
      return {
        path,
        name: path === '-' ? 'standard input' : basename(path),
        ...(asksForPersons(options) ? { asksForPersons: true } : {}),
        ...(read === undefined ? { known } : { specName: read.name, known: [knownOf(read)] }),
        spec: {
          ...base,
          ignore_columns: [...base.ignore_columns, ...(options.ignoreColumn ?? [])],
          not_sensitive: [...base.not_sensitive, ...(options.notSensitive ?? [])],
        },
      };
    }),
  );
}

function asksForPersons({ columns }: SourceOptions): boolean {
  return personPurposes.some((purpose) => columns?.[purpose] !== undefined);
}

function knownOf({ name, spec }: { name: string; spec: SourceSpec }): KnownSpec {
  return { name, recognisedBy: spec.recognised_by };
}

/** The spec, or one that says nothing, with what the options say in its place. */
function withOptions(spec: SourceSpec | undefined, options: SourceOptions): SourceSpec {
  const { kind, referenceKind, format, encoding, columns, channel, merchant, received } = options;
  const described = { kind, reference_kind: referenceKind, format, encoding, channel };
  const texts = { ...described, merchant, received };
  const given = Object.fromEntries(
    Object.entries(texts).filter(([, value]) => value !== undefined),
  );
  const base = spec === undefined ? {} : entryOf(spec);
  const parsed = sourceSpecSchema.safeParse(
    { ...base, ...given, columns: { ...base.columns, ...columns } },
    { error: expectedPhrase },
  );
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const option = `--${issue.path.map(String).join('.').replaceAll('_', '-')}`;
  throw issue.code === 'unrecognized_keys'
    ? new WorkspaceFault('usage', {
        option: `${option} ${issue.keys.join(', ')}=…`,
        expected: 'pan, expiry, ordered_at and the like, as --help has them',
      })
    : new WorkspaceFault('usage', { option, expected: issue.message });
}

/** A spec that was read, as somebody would write it. */
function entryOf(spec: SourceSpec): SourceSpecEntry {
  const { expiry_month: [month] = [], expiry_year: [year] = [], ...columns } = spec.columns;
  return {
    ...spec,
    columns: {
      ...columns,
      ...(month === undefined ? {} : { expiry_month: month }),
      ...(year === undefined ? {} : { expiry_year: year }),
    },
  };
}
