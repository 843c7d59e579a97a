import { isFault } from '../../../domain/fault.ts';
import type { RunningCommand } from '../running-command.ts';
import { endSigned, needsSignature, signCommand } from '../sign-command.ts';
import type { DialogueParts } from './dialogue-parts.ts';

/**
 * Does something that is a command of its own, signed by the officer where the workspace demands it as they would sign the
 * command; what the dialogue does afterwards is not under that signature. Without a key it writes the statement that has
 * to be signed and throws `command-unsigned`.
 */
export async function signedHere<T>(
  parts: DialogueParts,
  officer: string,
  command: RunningCommand,
  act: () => Promise<T>,
): Promise<T> {
  try {
    await signHere(parts, officer, command);
    return await act();
  } finally {
    endSigned(parts.workspace);
  }
}

async function signHere(
  { shell, asking, workspace }: DialogueParts,
  officer: string,
  command: RunningCommand,
): Promise<void> {
  if (!(await needsSignature(workspace))) return;
  const given = shell.options.officerKey;
  for (;;) {
    const key =
      given ??
      (await asking.optional({
        text: asking.say.officerKeyFor(officer, command.name),
        files: true,
        read: (answer) => ({ value: answer }),
      }));
    const acting = { ...shell.options, as: officer };
    try {
      await signCommand(
        key === undefined ? acting : { ...acting, officerKey: key },
        command,
        workspace,
      );
      return;
    } catch (error) {
      if (given !== undefined || key === undefined || !isFault(error)) throw error;
      asking.showFault(error);
    }
  }
}
