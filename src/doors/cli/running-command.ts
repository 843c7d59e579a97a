import type { Command } from 'commander';

import type { CommandLine } from '../../domain/audit/command-statement.ts';
import { scrub } from '../../domain/cards/scrubber.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import { standingOf } from './command-standings.ts';
import type { CommandStanding } from './command-standings.ts';

/** As much as the commands themselves read: issuer tables and lists of persons are the largest. */
const DOCUMENT_BYTES_MAX = 256 * 1024 * 1024;

/** A digest of a secret that a person chose could be tried against a list of passwords; a result is not there yet. */
const filesNotRead: ReadonlySet<string> = new Set(['--password-file', '--output']);

/** The command that was chosen, before it runs. */
export interface RunningCommand {
  /** Its words, such as `incident amend`. */
  readonly name: string;
  readonly standing: CommandStanding;
  readonly arguments: CommandLine['arguments'];
  /** Paths of the files it names, by the name of the argument or option. */
  readonly files: Readonly<Record<string, string>>;
}

/** What a parsed command says. Throws nothing. */
export function runningCommand(command: Command): RunningCommand {
  const name = nameOf(command);
  const given = [
    ...command.registeredArguments.map((argument, at) => ({
      name: argument.name(),
      isFile: argument.name() === 'file',
      value: command.processedArgs[at] as unknown,
    })),
    ...command.options.map((option) => ({
      name: option.long ?? option.flags,
      isFile: option.flags.endsWith('<file>') && !filesNotRead.has(option.long ?? ''),
      value: command.getOptionValue(option.attributeName()) as unknown,
    })),
  ];
  const told = given.flatMap(({ name: key, value }) => {
    const said = plain(value);
    return said === undefined ? [] : [[key, said] as const];
  });
  const files = given.flatMap(({ name: key, isFile, value }) =>
    isFile && typeof value === 'string' ? [[key, value] as const] : [],
  );
  const isTrial = command.getOptionValue('dryRun') === true;
  return {
    name,
    // A trial changes nothing, and there is nothing to stand behind.
    standing: isTrial ? 'reads' : standingOf(name),
    arguments: Object.fromEntries(told),
    files: Object.fromEntries(files),
  };
}

/**
 * The command as an officer signs it, with the digests of its documents: a signature made elsewhere is not good for
 * another file under the same name. Throws `usage` for an argument that looks like a card number, since what is signed
 * is stored, or that holds a control character, and what `read` throws.
 */
export async function commandLineOf(
  command: RunningCommand,
  reason: string | undefined,
  read: (path: string, bytesMax: number) => Promise<Uint8Array>,
): Promise<CommandLine> {
  const documents: Record<string, string> = {};
  if (command.standing === 'signed') {
    for (const [key, path] of Object.entries(command.files)) {
      documents[key] = digestOf(await read(path, DOCUMENT_BYTES_MAX));
    }
  }
  for (const [key, value] of Object.entries(command.arguments)) assertStorable(key, value);
  const line = { command: command.name, arguments: command.arguments, documents };
  return { ...line, reason: reason ?? '' };
}

/**
 * Each text by itself and before it is encoded: an escape puts a letter in front of the digits behind it, and a number
 * that touches a letter is taken for a part of a word.
 */
function assertStorable(option: string, value: CommandLine['arguments'][string]): void {
  for (const text of (Array.isArray(value) ? value : [value]).map(String)) {
    if (/\p{Cc}/u.test(text)) {
      throw new WorkspaceFault('usage', { option, expected: 'a text without control characters' });
    }
    if (scrub(text.normalize('NFKC')).hits > 0) {
      throw new WorkspaceFault('usage', { option, expected: 'a text without a card number' });
    }
  }
}

function nameOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null
    ? command.name()
    : `${nameOf(parent)} ${command.name()}`;
}

/** Undefined where nothing was given. Dates and lists are told as they would be typed. */
function plain(value: unknown): CommandLine['arguments'][string] | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return value.map((item) => plainText(item));
  return value === undefined || value === null ? undefined : plainText(value);
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
