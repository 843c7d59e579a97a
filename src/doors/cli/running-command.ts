import type { Command } from 'commander';

import type { CommandLine } from '../../domain/audit/command-statement.ts';
import { scrub } from '../../domain/cards/scrubber.ts';
import { digestOf } from '../../domain/handoff/plan.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';
import type { InputFiles } from '../../exchange/input-files.ts';
import { standingOf } from './command-standings.ts';
import type { CommandStanding } from './command-standings.ts';

/** An issuer table is the largest document that a command names. */
const DOCUMENT_BYTES_MAX = 64 * 1024 * 1024;

/** Files with a secret: a digest of one that a person chose could be tried against a list of passwords. */
const secretFiles: ReadonlySet<string> = new Set(['--password-file']);

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
      isFile: option.flags.endsWith('<file>') && !secretFiles.has(option.long ?? ''),
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
 * is stored, and what `InputFiles.read` throws.
 */
export async function commandLineOf(
  command: RunningCommand,
  reason: string | undefined,
  inputs: InputFiles,
): Promise<CommandLine> {
  const documents: Record<string, string> = {};
  if (command.standing === 'signed') {
    for (const [key, path] of Object.entries(command.files)) {
      documents[key] = digestOf(await inputs.read(path, DOCUMENT_BYTES_MAX));
    }
  }
  const line = { command: command.name, arguments: command.arguments, documents };
  const { hits } = scrub(JSON.stringify(command.arguments).normalize('NFKC'));
  if (hits > 0) {
    throw new WorkspaceFault('usage', {
      option: command.name,
      expected: 'arguments without a card number',
    });
  }
  return { ...line, reason: reason ?? '' };
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
