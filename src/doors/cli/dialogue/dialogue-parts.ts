import type { Workspace } from '../../../compose.ts';
import { paint } from '../colour.ts';
import { commandLines } from '../command-lines.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Shell } from '../shell.ts';
import type { Asking } from './asking.ts';

/** What every step of the dialogue works with. */
export interface DialogueParts {
  readonly shell: Shell;
  readonly workspace: Workspace;
  readonly asking: Asking;
  /** After a wrong one, so that it is asked for again. */
  readonly forgetPassphrase: () => void;
}

/** Shows the command that does what the dialogue did or is about to do. */
export function showCommand(
  { shell, asking }: DialogueParts,
  words: readonly string[],
  officer?: string,
): void {
  shell.print([
    '',
    paint(asking.say.sameAs, 'faint', shell),
    ...commandLines('  ', commandText(shell.options, words, officer)),
  ]);
}

/** A command as a person types it: places as they were given to this one, secrets by the files that hold them. */
export function commandText(
  options: GlobalOptions,
  words: readonly string[],
  officer?: string,
): string {
  const { workspace, passphraseFile, credentialFile } = options;
  return [
    'mimamori',
    ...(workspace === undefined ? [] : ['--workspace', workspace]),
    ...words,
    ...(officer === undefined ? [] : ['--as', officer]),
    ...(passphraseFile === undefined ? [] : ['--passphrase-file', passphraseFile]),
    ...(credentialFile === undefined ? [] : ['--credential-file', credentialFile]),
  ]
    .map(quoted)
    .join(' ');
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\p{L}\p{N}@%+=:,./_-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
