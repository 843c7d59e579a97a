import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { questionsAtTerminal } from '../../../compose-terminal.ts';
import { RememberedPassphrase } from '../../../exchange/keys/remembered-passphrase.ts';
import { Asking } from '../dialogue/asking.ts';
import { runDialogue } from '../dialogue/run-dialogue.ts';
import { withWorkspace } from '../shell.ts';
import type { OpenWorkspace, Shell } from '../shell.ts';

/** `start`. Throws `terminal-needed` where nobody can be asked, and with `--json`, which is for scripts. */
export async function start(shell: Shell): Promise<void> {
  const questions = shell.isJson ? undefined : questionsAtTerminal();
  if (questions === undefined) throw new WorkspaceFault('terminal-needed', { command: 'start' });
  let passphrase: RememberedPassphrase | undefined;
  const open: OpenWorkspace = async (directory, options) => {
    const { openWorkspace } = await import('../../../compose.ts');
    passphrase = new RememberedPassphrase(options.passphrases);
    // Nothing is handed over by hand here.
    return openWorkspace(directory, {
      ...options,
      passphrases: passphrase,
      callSheets: () => [],
    });
  };
  try {
    await withWorkspace(
      shell,
      (workspace) =>
        runDialogue({
          shell,
          workspace,
          asking: new Asking(questions, shell),
          forgetPassphrase: () => void passphrase?.forget(),
        }),
      open,
    );
  } finally {
    await passphrase?.forget();
  }
}
