import type { Command, CommanderError } from 'commander';

import { scrub } from '../../domain/cards/scrubber.ts';
import type { Facts } from '../../domain/fault.ts';
import { WorkspaceFault } from '../../domain/workspace/errors.ts';

/** What can be wrong with a command line before any command runs, by the parser's own codes. */
const mistakes = {
  'commander.unknownOption': 'unknown-option',
  'commander.unknownCommand': 'unknown-command',
  'commander.missingArgument': 'argument-missing',
  'commander.excessArguments': 'too-many-arguments',
  'commander.optionMissingArgument': 'value-missing',
  'commander.missingMandatoryOptionValue': 'option-missing',
  'commander.invalidArgument': 'value-refused',
  'commander.help': 'command-missing',
} as const;

/** `malformed`: whatever else a parser may find. */
export type CommandMistake = (typeof mistakes)[keyof typeof mistakes] | 'malformed';

/**
 * Lets every command of a program throw its mistakes as faults: the parser's own sentences are English and for people.
 * Where help is shown, asked for or because a command is missing, `onHelp` is told of which command; nothing is written.
 * What ends well is thrown as it is, and a missing command too, except for scripts.
 */
export function reportMistakes(
  program: Command,
  isJson: boolean,
  onHelp: (command: Command) => void = () => undefined,
): void {
  for (const command of everyCommand(program)) {
    command.configureOutput({ outputError: () => undefined });
    command.configureHelp({
      formatHelp: () => {
        onHelp(command);
        return '';
      },
    });
    command.exitOverride((error) => {
      const isHelp = error.exitCode === 0 || (error.code === 'commander.help' && !isJson);
      throw isHelp ? error : usageMistake(error, command);
    });
  }
}

/** A program, its groups and their commands. */
export function everyCommand(program: Command): Command[] {
  return [program, ...program.commands.flatMap((group) => [group, ...group.commands])];
}

/**
 * What the parser refused, as a fault with code `usage` like any other: which mistake, the option or command it is about,
 * what was probably meant, and the command whose help says more. The parser's sentence is English and may repeat
 * arguments; of it only what is quoted is taken, and of too many arguments nothing.
 */
function usageMistake(error: CommanderError, command: Command): WorkspaceFault {
  const mistake: CommandMistake = isKnown(error.code) ? mistakes[error.code] : 'malformed';
  const [, named = ''] = /'([^']*)'/.exec(error.message) ?? [];
  const [, meant = ''] = /\(Did you mean (?:one of )?(.+)\?\)/.exec(error.message) ?? [];
  const [, choices = ''] =
    /is invalid\. (?:Allowed choices are |expected )?(.+?)\.?$/.exec(error.message) ?? [];
  const facts: Facts = {
    ...{ mistake, command: pathOf(command) },
    ...(mistake === 'command-missing' ? {} : { named: scrub(named).text }),
    ...(meant === '' ? {} : { meant }),
    ...(choices === '' ? {} : { choices }),
  };
  return new WorkspaceFault('usage', facts, error);
}

function isKnown(code: string): code is keyof typeof mistakes {
  return Object.hasOwn(mistakes, code);
}

/** `handoff record`; empty for the program itself. */
export function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at = command; at.parent !== null; at = at.parent) names.unshift(at.name());
  return names.join(' ');
}
