import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { parseAnchorStatement } from '../../domain/audit/anchor-statement.ts';
import type { AnchorStatement } from '../../domain/audit/anchor-statement.ts';
import { parseRecovery } from '../../domain/audit/recovery-statement.ts';
import type { RecoveryStatement } from '../../domain/audit/recovery-statement.ts';
import { isFault } from '../../domain/fault.ts';
import type { Paper, Papers } from '../../exchange/acts/papers.ts';
import { anchorStatementName } from '../../exchange/audit/anchor-word.ts';
import { statementName } from '../../exchange/audit/recovery-papers.ts';
import { makeDirectory, writeFileAtomically } from './atomic-write.ts';
import { namesIfThere, readOptional } from './read-if-there.ts';

/** As many characters of a digest as name its directory: none of them can look like a card number. */
const NAME = /^[0-9a-f]{12}$/;
const NAME_CHARACTERS = 12;

interface StatementKind<S> {
  readonly name: string;
  /** Throws a fault for bytes that are no such statement. */
  readonly parse: (bytes: Uint8Array) => S;
}

/** Statements about recoveries in `data/recoveries/`. */
export function recoveryFolder(workspace: string): Papers<RecoveryStatement> {
  const kind = { name: statementName, parse: parseRecovery };
  return new StatementFolder(join(workspace, 'data/recoveries'), kind);
}

/** Statements about other anchors in `data/anchors/`. */
export function anchorWordFolder(workspace: string): Papers<AnchorStatement> {
  const kind = { name: anchorStatementName, parse: parseAnchorStatement };
  return new StatementFolder(join(workspace, 'data/anchors'), kind);
}

/** Statements of one kind below one directory, each in a directory named by its digest. */
class StatementFolder<S> implements Papers<S> {
  readonly #root: string;
  readonly #kind: StatementKind<S>;

  constructor(root: string, kind: StatementKind<S>) {
    this.#root = root;
    this.#kind = kind;
  }

  async put(digest: string, name: string, bytes: Uint8Array): Promise<string> {
    const directory = this.#directoryOf(digest);
    await makeDirectory(directory);
    const path = join(directory, name);
    await writeFileAtomically(path, bytes);
    return path;
  }

  read(digest: string, name: string): Promise<Uint8Array | undefined> {
    return readOptional(join(this.#directoryOf(digest), name));
  }

  async waiting(): Promise<readonly Paper<S>[]> {
    const found: Paper<S>[] = [];
    for (const name of await namesIfThere(this.#root)) {
      const path = join(this.#root, name, this.#kind.name);
      const bytes = NAME.test(name) ? await readOptional(path) : undefined;
      const paper = bytes && paperOf(path, bytes, this.#kind);
      if (paper?.digest.startsWith(name) === true) found.push(paper);
    }
    return found;
  }

  #directoryOf(digest: string): string {
    return join(this.#root, digest.slice(0, NAME_CHARACTERS));
  }
}

/** Undefined for what is no statement. */
function paperOf<S>(
  path: string,
  bytes: Uint8Array,
  { parse }: StatementKind<S>,
): Paper<S> | undefined {
  try {
    const digest = createHash('sha256').update(bytes).digest('hex');
    return { digest, path, bytes, statement: parse(bytes) };
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}
