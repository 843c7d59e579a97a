import type { KnownSpec } from '../../domain/intake/known-specs.ts';
import type { SourceSpec } from '../../domain/intake/source-spec.ts';

/** Source specs by their names: those of the workspace, and those that come with the program. */
export interface SourceSpecs {
  /**
   * The spec that `NAME` or `FILE.toml` stands for, and the name it goes by. A file of the workspace goes before one of
   * the program with the same name. Throws WorkspaceFault `config-*`.
   */
  named(spec: string): Promise<{ readonly name: string; readonly spec: SourceSpec }>;
  /** Those that tell their files by columns. A file that cannot be read is left out: it is not asked for. */
  known(): Promise<readonly KnownSpec[]>;
}
