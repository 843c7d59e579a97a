import type { Command } from 'commander';

import { tailAudit } from '../../../exchange/tail-audit.ts';
import { verifyAudit } from '../../../exchange/verify-audit.ts';
import { collect, positiveNumber } from '../option-values.ts';
import { auditTailDocument, auditVerdictDocument } from '../outputs/audit.ts';
import { auditTailScreen, auditVerdictScreen } from '../screens/audit-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

const checkpointBytesMax = 1024 * 1024;
const tailDefault = 20;

/** `audit verify`, `audit tail`. */
export function registerAudit(program: Command, shellOf: () => Shell): void {
  const group = program.command('audit').description('the log of every act');
  group
    .command('verify')
    .description('re-derive the whole log and check every checkpoint; exit 1 when something fails')
    .option('--against <file>', 'a signed checkpoint kept elsewhere; repeatable', collect)
    .option(
      '--vkey <key>',
      'the verifier key you hold (key export --log); default: the one of the workspace',
    )
    .action(async (options: { against?: readonly string[]; vkey?: string }) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const { inputs, facts } = workspace;
        const against = await Promise.all(
          (options.against ?? []).map((file) => inputs.read(file, checkpointBytesMax)),
        );
        const vkey = options.vkey ?? facts.vkey;
        const verdict = await verifyAudit(workspace, vkey, against);
        const given = against.length;
        shell.print(auditVerdictScreen({ verdict, vkey, given }, shell));
        shell.document(auditVerdictDocument({ verdict, vkey }));
        if (!verdict.holds) shell.setStatus(1);
      });
    });
  group
    .command('tail')
    .description('the last entries of the log, oldest first')
    .option('--entries <n>', 'how many', positiveNumber, tailDefault)
    .action(async (options: { entries: number }) => {
      const shell = shellOf();
      await withWorkspace(shell, async (workspace) => {
        const entries = await tailAudit(workspace, options.entries);
        const timeZone = workspace.settings.workspace.time_zone;
        shell.print(auditTailScreen({ entries, timeZone }, shell));
        shell.document(auditTailDocument(entries));
      });
    });
}
