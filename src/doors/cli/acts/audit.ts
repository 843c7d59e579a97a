import { logFilePorts } from '../../../compose-log-files.ts';
import { NOTE_BYTES_MAX } from '../../../domain/tlog/signed-note.ts';
import { vkeysOf } from '../../../exchange/audit/log-keys.ts';
import { refillAnchor } from '../../../exchange/audit/refill-anchor.ts';
import { tailAudit } from '../../../exchange/audit/tail-audit.ts';
import { verifyAudit } from '../../../exchange/audit/verify-audit.ts';
import { verifyExport } from '../../../exchange/audit/verify-export.ts';
import { readCheckpoints } from '../checkpoint-files.ts';
import { reasonOf } from '../invocation.ts';
import { anchorDocument, auditTailDocument, auditVerdictDocument } from '../outputs/audit.ts';
import { anchorScreen } from '../screens/anchor-screen.ts';
import { auditTailScreen, auditVerdictScreen } from '../screens/audit-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** As commander hands them over. */
export interface VerifyOptions {
  readonly against?: readonly string[];
  readonly vkey?: string;
}

export interface AnchorOptions {
  readonly second?: string;
  readonly secondSignature?: string;
}

const SIGNATURE_BYTES_MAX = 64 * 1024;

/** `audit verify` of a directory, which needs no workspace. */
export async function verifyLogIn(
  shell: Shell,
  directory: string,
  options: VerifyOptions,
): Promise<void> {
  const { inputs } = logFilePorts;
  const against = await readCheckpoints(inputs, options.against, NOTE_BYTES_MAX);
  const request = { directory, vkey: options.vkey, against };
  const { verdict, vkey } = await verifyExport(logFilePorts, request);
  shell.print(auditVerdictScreen({ verdict, vkey, given: against.length, directory }, shell));
  shell.document(auditVerdictDocument({ verdict, vkey }));
  if (!verdict.holds) shell.setStatus(1);
}

/** `audit verify` of a workspace. */
export async function verifyLog(shell: Shell, options: VerifyOptions): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const { inputs, facts } = workspace;
    const against = await readCheckpoints(inputs, options.against, NOTE_BYTES_MAX);
    const vkey = options.vkey ?? facts.vkey;
    const known = vkeysOf(facts);
    const verdict = await verifyAudit(workspace, options.vkey ?? known, against, known);
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
export async function fillAnchor(
  shell: Shell,
  { second, secondSignature }: AnchorOptions,
): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const made = await refillAnchor(workspace, {
      ...{ officer: shell.options.as, reason: reasonOf(shell.options), second },
      secondSignature:
        secondSignature === undefined
          ? undefined
          : await workspace.inputs.read(secondSignature, SIGNATURE_BYTES_MAX),
    });
    shell.print(anchorScreen(made, shell));
    shell.document(anchorDocument(made));
  });
}
