import { toHex } from '../../domain/audit/hex.ts';
import type { RecoveryStatement } from '../../domain/audit/recovery-statement.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { RecoveryGround } from './recovery-ground.ts';

/** A statement about a recovery as it lies on the disk. */
export interface RecoveryPaper {
  readonly digest: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly statement: RecoveryStatement;
}

export const statementName = 'recover.json';

/** Beside the statement, of each officer who signed it. */
export function signatureName(officer: string): string {
  return `${officer}.sig`;
}

/** Statements about recoveries and the signatures under them: files of the workspace, which gpg checks alone. */
export interface RecoveryPapers {
  /** Puts a file beside the others of the statement of this digest. Returns its path. */
  put(digest: string, name: string, bytes: Uint8Array): Promise<string>;
  /** Undefined when there is no such file. */
  read(digest: string, name: string): Promise<Uint8Array | undefined>;
  /** Every statement that lies there whole; whatever else does is none. */
  waiting(): Promise<readonly RecoveryPaper[]>;
}

/** Whether a statement is about this log and this state of it and its anchor, and no other. */
export function isAboutGround(
  statement: RecoveryStatement,
  facts: Pick<WorkspaceFacts, 'id' | 'mode' | 'vkey'>,
  { common, anchored }: RecoveryGround,
): boolean {
  return (
    statement.workspace === facts.id &&
    statement.mode === facts.mode &&
    statement.replaced === facts.vkey &&
    statement.size === common.size &&
    statement.root === toHex(common.root) &&
    statement.anchored === anchored.size &&
    statement.anchoredRoot === toHex(anchored.root)
  );
}
