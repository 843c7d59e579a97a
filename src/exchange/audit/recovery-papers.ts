import { toHex } from '../../domain/audit/hex.ts';
import type { RecoveryStatement } from '../../domain/audit/recovery-statement.ts';
import type { Paper, Papers } from '../acts/papers.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';
import type { RecoveryGround } from './recovery-ground.ts';

export type RecoveryPaper = Paper<RecoveryStatement>;
export type RecoveryPapers = Papers<RecoveryStatement>;

export const statementName = 'recover.json';

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
