import type { Facts } from '../../../../domain/fault.ts';
import type { CommandMistake } from '../../usage-mistake.ts';
import { about, fact } from '../fault-words.ts';

type Words = (command: string, named: string, facts: Facts) => string;

const mistakes: Readonly<Record<CommandMistake, Words>> = {
  'unknown-option': (command, named) => `${named} is no option of ${command}`,
  'unknown-command': (command, named) => `${command} ${named} is no command`,
  'argument-missing': (command, named) => `<${named}> is missing behind ${command}`,
  'too-many-arguments': (command) => `too many arguments for ${command}`,
  'value-missing': (_command, named) => `${named} has no value`,
  'option-missing': (command, named) => `${named} is missing: ${command} needs it`,
  'value-refused': (command, named, f) =>
    `${named} takes another value${about(f, 'choices', (list) => `: ${list}`)}`,
  'command-missing': (command) => `a command is missing behind ${command}`,
  malformed: (command) => `${command} cannot be used like this`,
};

/** What the parser of the command line refused; undefined for what a command refused itself. */
export function mistakeText(f: Facts): string | undefined {
  const say = mistakes[fact(f, 'mistake', '') as CommandMistake] as Words | undefined;
  const command = `mimamori ${about(f, 'command', (path) => path)}`.trimEnd();
  return say?.(command, fact(f, 'named', 'one of them'), f);
}
