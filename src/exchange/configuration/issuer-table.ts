import { BinsFault } from '../../domain/bins/errors.ts';
import { parseLeaf } from '../../domain/audit/leaf.ts';
import { hashedLeaves } from '../audit/hashed-leaves.ts';
import type { HashedLog } from '../audit/hashed-leaves.ts';
import type { WorkspaceFolder } from '../workspace/workspace-folder.ts';

export interface IssuerTablePorts {
  readonly folder: Pick<WorkspaceFolder, 'issuerTable'>;
  readonly log: HashedLog;
}

/**
 * The issuer table as it was last imported. It decides whose every card is and where it goes, so a file that somebody
 * edited is not believed. Undefined where none was ever imported and none is there.
 *
 * Throws BinsFault `bins-altered` when the file is not what the last leaf of an import names, also when it is gone or
 * was never imported; AuditFault `log-altered`.
 */
export async function issuerTableInForce({
  folder,
  log,
}: IssuerTablePorts): ReturnType<WorkspaceFolder['issuerTable']> {
  const stored = await folder.issuerTable();
  const recorded = await lastImported(log);
  if (stored?.sha256 !== recorded) {
    throw new BinsFault('bins-altered', {
      found: stored?.sha256.slice(0, 12) ?? 'none',
      recorded: recorded?.slice(0, 12) ?? 'none',
    });
  }
  return stored;
}

/** Digest of the table that the newest `bins-import` put in force. */
async function lastImported(log: HashedLog): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let found: string | undefined;
  for await (const bytes of hashedLeaves(log)) {
    // A member of a leaf is spelled in one way only.
    if (!decoder.decode(bytes).includes('"act":"bins-import"')) continue;
    const { data, result } = parseLeaf(bytes);
    if (result === 'done') found = data['table'] as string;
  }
  return found;
}
