import { isFault } from '../../domain/fault.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { noticeKeyEnds } from '../../exchange/keys/key-warnings.ts';
import { credentialFor, passphrasesFor } from '../../compose-passphrases.ts';
import type { OpenOptions, Workspace } from '../../compose.ts';
import type { GlobalOptions } from './invocation.ts';
import type { ExitStatus } from './exit-status.ts';
import type { Language } from './language.ts';
import { isSigned } from './command-standings.ts';
import type { RunningCommand } from './running-command.ts';
import type { Sink } from './sink.ts';
import { passphrasePrompts } from './words/prompts.ts';

/** What a command may do to the outside: print its result, once, for people or for scripts. */
export interface Shell {
  readonly options: GlobalOptions;
  /** The command that runs; undefined before one is chosen. */
  readonly command?: RunningCommand | undefined;
  /** Of screens and refusals. Without --lang and MIMAMORI_LANG it follows the workspace once that is open. */
  readonly language: Language;
  speakAs(workspace: Language, timeZone: string): void;
  /** Zone of times on screens; UTC until a workspace says otherwise. */
  readonly timeZone?: string;
  /** Names of the sources, in order: a refusal then says which one it is about. */
  nameSources(names: readonly string[]): void;
  readonly isJson: boolean;
  readonly colour: boolean;
  /** Lines for people on standard output; nothing in JSON mode. */
  print(lines: readonly string[]): void;
  /** A key or note that is the product itself: scrubbed, not wrapped or escaped. */
  printVerbatim(text: string): void;
  /** The one document of a JSON run; nothing otherwise. */
  document(value: unknown): void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  setStatus(status: ExitStatus): void;
  /** For progress. */
  readonly sink: Sink;
}

/** Opens the workspace a command is for, runs it and closes the workspace whatever happens. */
export async function withWorkspace<T>(
  shell: Shell,
  act: (workspace: Workspace) => Promise<T>,
  open: OpenWorkspace = openForAnything,
): Promise<T> {
  const { options, language } = shell;
  const directory = options.workspace ?? '.';
  const credential = credentialOf(options, directory);
  const workspace = await open(directory, {
    door: 'cli',
    passphrases: passphrasesFor(placesOf(options), passphrasePrompts(language), credential),
    openedKey: async () => credential?.key(),
  });
  try {
    const { language: spoken, time_zone: timeZone } = workspace.settings.workspace;
    shell.speakAs(spoken, timeZone);
    const before = await workspace.log.size();
    const result = await withRefusalsNoted(shell, workspace, async () => {
      if (isSigned(shell.command)) {
        const { signCommand } = await import('./sign-command.ts');
        await signCommand(options, shell.command, workspace);
      }
      return act(workspace);
    });
    // Reading commands stay reading: only one that changed something tells in the log which keys end.
    if ((await workspace.log.size()) > before) await noticeQuietly(workspace);
    return result;
  } finally {
    credential?.forget();
    await workspace.close();
  }
}

/** An attempt that is refused is worth an entry of the log, whichever command it was. */
async function withRefusalsNoted<T>(
  { options, command }: Shell,
  workspace: Workspace,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const { noteRefusal } = await import('../../exchange/acts/note-refusal.ts');
    const attempt = { officer: options.as, command: command?.name ?? 'command' };
    await noteRefusal(workspace, attempt, error);
    throw error;
  }
}

/** What the command did is done: that keys could not be looked at now is not its failure, and the next one tries again. */
async function noticeQuietly(workspace: Workspace): Promise<void> {
  try {
    await noticeKeyEnds(workspace);
  } catch (error) {
    if (!isFault(error)) throw error;
  }
}

/** How a workspace is opened; a command that knows more of what it will need may do it in its own way. */
export type OpenWorkspace = (
  directory: string,
  options: Omit<OpenOptions, 'callSheets'> & {
    readonly passphrases: ReturnType<typeof passphrasesFor>;
  },
) => Promise<Workspace>;

const openForAnything: OpenWorkspace = async (directory, options) => {
  const { openWorkspace } = await import('../../compose.ts');
  const { callSheetsFor } = await import('./screens/call-sheet.ts');
  return openWorkspace(directory, { ...options, callSheets: callSheetsFor });
};

/** Two ways to open a workspace at once would leave unsaid which of them counts. Throws `usage`. */
function credentialOf(
  { passphraseFile, credentialFile }: GlobalOptions,
  directory: string,
): ReturnType<typeof credentialFor> | undefined {
  if (passphraseFile === undefined) return credentialFor(directory, credentialFile);
  if (credentialFile === undefined) return undefined;
  const expected = 'not together with --passphrase-file';
  throw new WorkspaceFault('usage', { option: '--credential-file', expected });
}

/**
 * Where the passphrase of a workspace comes from that is not there yet. Throws `usage` for a credential, which only
 * opens the workspace that it was made in.
 */
export function newPlacesOf(options: GlobalOptions): ReturnType<typeof placesOf> {
  if (options.credentialFile === undefined) return placesOf(options);
  const expected = 'not here: the passphrase is needed';
  throw new WorkspaceFault('usage', { option: '--credential-file', expected });
}

/** Where passphrases come from, as the options say. */
function placesOf(options: GlobalOptions): { workspace?: string; officer?: string } {
  const { passphraseFile, officerPassphraseFile } = options;
  return {
    ...(passphraseFile === undefined ? {} : { workspace: passphraseFile }),
    ...(officerPassphraseFile === undefined ? {} : { officer: officerPassphraseFile }),
  };
}
