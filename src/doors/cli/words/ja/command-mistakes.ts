import type { Facts } from '../../../../domain/fault.ts';
import type { CommandMistake } from '../../usage-mistake.ts';
import { about, fact } from '../fault-words.ts';

type Words = (command: string, named: string, facts: Facts) => string;

const mistakes: Readonly<Record<CommandMistake, Words>> = {
  'unknown-option': (command, named) => `${command} に ${named} というオプションはありません`,
  'unknown-command': (command, named) => `${command} ${named} というコマンドはありません`,
  'argument-missing': (command, named) => `${command} には <${named}> の指定が必要です`,
  'too-many-arguments': (command) => `${command} の引数が多すぎます`,
  'value-missing': (command, named) => `${command}: ${named} に値がありません`,
  'option-missing': (command, named) => `${command} には ${named} が必要です`,
  'value-refused': (command, named, f) =>
    `${command}: ${named} の値が正しくありません${about(f, 'choices', (list) => `。指定できる値: ${list}`)}`,
  'command-missing': (command) => `${command} の後にコマンドが必要です`,
  malformed: (command) => `${command} の指定が正しくありません`,
};

/** What the parser of the command line refused; undefined for what a command refused itself. */
export function mistakeText(f: Facts): string | undefined {
  const say = mistakes[fact(f, 'mistake', '') as CommandMistake] as Words | undefined;
  const command = `mimamori ${about(f, 'command', (path) => path)}`.trimEnd();
  return say?.(command, fact(f, 'named', '(不明)'), f);
}
