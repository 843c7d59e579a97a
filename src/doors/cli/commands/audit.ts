import type { Command } from 'commander';

import type { AnchorOptions, VerifyOptions } from '../acts/audit.ts';
import { collect, positiveNumber } from '../option-values.ts';
import type { Shell } from '../shell.ts';
import { registerAuditFiles } from './audit-files.ts';

const tailDefault = 20;

/** `audit`. */
export function registerAudit(program: Command, shellOf: () => Shell): void {
  const group = program.command('audit');
  group
    .command('verify [dir]')
    .option('--against <file>', '', collect)
    .option('--vkey <key>')
    .action(async (directory: string | undefined, options: VerifyOptions) => {
      const { verifyLog, verifyLogIn } = await import('../acts/audit.ts');
      const shell = shellOf();
      await (directory === undefined
        ? verifyLog(shell, options)
        : verifyLogIn(shell, directory, options));
    });
  group
    .command('tail')
    .option('--entries <n>', '', positiveNumber, tailDefault)
    .action(async (options: { entries: number }) => {
      const { tailLog } = await import('../acts/audit.ts');
      await tailLog(shellOf(), options);
    });
  registerAuditFiles(group, shellOf);
  group.command('recover [digest]').action(async (digest: string | undefined) => {
    const { approveToRecover, askToRecover } = await import('../acts/recover.ts');
    const shell = shellOf();
    await (digest === undefined ? askToRecover(shell) : approveToRecover(shell, digest));
  });
  group
    .command('anchor')
    .option('--second <officer>')
    .option('--second-signature <file>')
    .action(async (options: AnchorOptions) => {
      const { fillAnchor } = await import('../acts/audit.ts');
      await fillAnchor(shellOf(), options);
    });
}
