import { refillAnchor } from '../../../exchange/refill-anchor.ts';
import { tailAudit } from '../../../exchange/tail-audit.ts';
import { verifyAudit } from '../../../exchange/verify-audit.ts';
import { readCheckpoints } from '../checkpoint-files.ts';
import { reasonOf } from '../invocation.ts';
import { anchorDocument, auditTailDocument, auditVerdictDocument } from '../outputs/audit.ts';
import { anchorScreen } from '../screens/anchor-screen.ts';
import { auditTailScreen, auditVerdictScreen } from '../screens/audit-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

const checkpointBytesMax = 1024 * 1024;

/** `audit verify`. */
export async function verifyLog(
  shell: Shell,
  options: { against?: readonly string[]; vkey?: string },
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { inputs, facts } = workspace;
    const against = await readCheckpoints(inputs, options.against, checkpointBytesMax);
    const vkey = options.vkey ?? facts.vkey;
    const verdict = await verifyAudit(workspace, vkey, against);
    const given = against.length;
    shell.print(auditVerdictScreen({ verdict, vkey, given }, shell));
    shell.document(auditVerdictDocument({ verdict, vkey }));
    if (!verdict.holds) shell.setStatus(1);
  });
}

/** `audit tail`. */
export async function tailLog(shell: Shell, options: { entries: number }): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const entries = await tailAudit(workspace, options.entries);
    const timeZone = workspace.settings.workspace.time_zone;
    shell.print(auditTailScreen({ entries, timeZone }, shell));
    shell.document(auditTailDocument(entries));
  });
}

/** `audit anchor`. */
export async function fillAnchor(shell: Shell): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const request = { officer: shell.options.as, reason: reasonOf(shell.options) };
    const made = await refillAnchor(workspace, request);
    shell.print(anchorScreen(made, shell));
    shell.document(anchorDocument(made));
  });
}
