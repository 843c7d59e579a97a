import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { parseRecovery } from '../../domain/audit/recovery-statement.ts';
import { isFault } from '../../domain/fault.ts';
import { statementName } from '../../exchange/audit/recovery-papers.ts';
import type { RecoveryPaper, RecoveryPapers } from '../../exchange/audit/recovery-papers.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { namesIn, readOptional } from './read-if-there.ts';

/** As many characters of a digest as name its directory: none of them can look like a card number. */
const NAME = /^[0-9a-f]{12}$/;
const NAME_CHARACTERS = 12;

/** Statements about recoveries in `data/recoveries/`, each in a directory named by its digest. */
export class RecoveryFolder implements RecoveryPapers {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async put(digest: string, name: string, bytes: Uint8Array): Promise<string> {
    const directory = this.#directoryOf(digest);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, name);
    await writeFileAtomically(path, bytes);
    return path;
  }

  read(digest: string, name: string): Promise<Uint8Array | undefined> {
    return readOptional(join(this.#directoryOf(digest), name));
  }

  async waiting(): Promise<readonly RecoveryPaper[]> {
    const found: RecoveryPaper[] = [];
    for (const name of await namesIn(this.#root)) {
      const path = join(this.#root, name, statementName);
      const bytes = NAME.test(name) ? await readOptional(path) : undefined;
      const paper = bytes && paperOf(path, bytes);
      if (paper?.digest.startsWith(name) === true) found.push(paper);
    }
    return found;
  }

  #directoryOf(digest: string): string {
    return join(this.#root, digest.slice(0, NAME_CHARACTERS));
  }
}

/** Undefined for what is no statement. */
function paperOf(path: string, bytes: Uint8Array): RecoveryPaper | undefined {
  try {
    const digest = createHash('sha256').update(bytes).digest('hex');
    return { digest, path, bytes, statement: parseRecovery(bytes) };
  } catch (error) {
    if (isFault(error)) return undefined;
    throw error;
  }
}
