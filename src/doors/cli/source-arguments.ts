import { basename, join } from 'node:path';

import { sourceSpecSchema } from '../../domain/intake/source-spec.ts';
import type { SourceSpec } from '../../domain/intake/source-spec.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { TableReader } from '../../exchange/configuration.ts';
import type { NamedSource } from '../../exchange/prepare-handoff.ts';
import { splitArgument } from './source-paths.ts';

/** Options that describe a source without a spec file. */
export interface SourceOptions {
  readonly source: readonly string[];
  readonly kind?: string;
  readonly format?: string;
  readonly encoding?: string;
  readonly columns?: Readonly<Record<string, string>>;
  readonly ignoreColumn?: readonly string[];
  readonly notSensitive?: readonly string[];
  readonly channel?: string;
}

/**
 * Turns `--source FILE` and `--source FILE=SPEC` into sources. SPEC is a TOML file, or the name of one under
 * `config/sources`. The other options describe the sources without a spec; with a spec, ignored columns are added to it,
 * because that is what a refusal tells people to type.
 *
 * Throws `usage` for an option value that means nothing, `config-*` for a spec file that is wrong.
 */
export async function readSources(
  options: SourceOptions,
  tables: TableReader,
  workspaceRoot: string,
): Promise<readonly NamedSource[]> {
  const extra = {
    ignore_columns: options.ignoreColumn ?? [],
    not_sensitive: options.notSensitive ?? [],
  };
  return Promise.all(
    options.source.map(async (argument) => {
      const { path, spec } = splitArgument(argument);
      const read =
        spec === undefined
          ? specFromOptions(options)
          : await tables.read(specPath(spec, workspaceRoot), sourceSpecSchema);
      return {
        path,
        name: path === '-' ? 'standard input' : basename(path),
        spec: {
          ...read,
          ignore_columns: [...read.ignore_columns, ...extra.ignore_columns],
          not_sensitive: [...read.not_sensitive, ...extra.not_sensitive],
        },
      };
    }),
  );
}

function specPath(spec: string, workspaceRoot: string): string {
  return spec.endsWith('.toml') ? spec : join(workspaceRoot, 'config/sources', `${spec}.toml`);
}

function specFromOptions(options: SourceOptions): SourceSpec {
  const { kind, format, encoding, columns, channel } = options;
  const entry = { kind, format, encoding, columns, channel };
  const parsed = sourceSpecSchema.safeParse(
    Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)),
  );
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new WorkspaceFault('usage', {
    option: `--${issue?.path.map(String).join('.') ?? 'source'}`,
    expected: issue?.message ?? '',
  });
}
