import type { Argument, Command, Option } from 'commander';

import { hang, pad, widthOf, wrap } from '../layout.ts';
import { pathOf } from '../usage-mistake.ts';
import type { CommandHelp, HelpWords } from '../words/help-words.ts';

/** A longer term has its text below it: the texts of a list shall begin at one column, not far to the right. */
const TERM_COLUMNS = 34;
const GAP = '  ';

/**
 * The help of a program, a group or a command, drawn from what is registered and from the words of one language.
 *
 * No line is wider than `columns`, double width counted. A command, option or argument without words shows as it is
 * typed and nothing beside it: `helpGaps` finds them. Throws nothing.
 */
export function helpScreen(command: Command, words: HelpWords, columns: number): string[] {
  const help = helpOf(command, words);
  const below = command.parent === null ? [] : [...wrap(words.everywhere, columns), ''];
  const more = help?.more === undefined ? [] : [...help.more, ''];
  return [
    ...hang(`${words.usage} `, usageOf(command, words), columns),
    '',
    ...wrap(help?.what ?? '', columns),
    '',
    ...list(words.argumentsTitle, argumentRows(command, words), columns),
    ...list(words.optionsTitle, optionRows(command, words), columns),
    ...list(words.commandsTitle, commandRows(command, words), columns),
    ...more,
    ...below,
  ].slice(0, -1);
}

/** What of a command has no words: its path, alone or with the option or argument. */
export function helpGaps(command: Command, words: HelpWords): string[] {
  const path = pathOf(command);
  const gaps = [
    ...command.options.filter((option) => optionText(command, option, words) === undefined),
    ...command.registeredArguments.filter(
      (argument) => argumentText(command, argument, words) === undefined,
    ),
  ].map((part) => `${path} ${part.name()}`);
  return helpOf(command, words) === undefined ? [path, ...gaps] : gaps;
}

type Row = readonly [term: string, text: string];

function helpOf(command: Command, words: HelpWords): CommandHelp | undefined {
  return words.commands[pathOf(command)];
}

function usageOf(command: Command, words: HelpWords): string {
  const names = `mimamori ${pathOf(command)}`.trimEnd();
  const parts = command.registeredArguments.map(termOf);
  return [names, words.anyOption, ...(isGroup(command) ? [words.anyCommand] : parts)].join(' ');
}

function isGroup(command: Command): boolean {
  return command.commands.length > 0;
}

function termOf(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function argumentText(command: Command, argument: Argument, words: HelpWords): string | undefined {
  const name = argument.name();
  return helpOf(command, words)?.arguments?.[name] ?? words.arguments[name];
}

function optionText(command: Command, { long }: Option, words: HelpWords): string | undefined {
  const name = long ?? '';
  return helpOf(command, words)?.options?.[name] ?? words.options[name];
}

function argumentRows(command: Command, words: HelpWords): Row[] {
  return command.registeredArguments.map((argument) => [
    termOf(argument),
    argumentText(command, argument, words) ?? '',
  ]);
}

function optionRows(command: Command, words: HelpWords): Row[] {
  const rows = command.options.map((option): Row => {
    const text = optionText(command, option, words) ?? '';
    const facts = factsOf(option, words);
    return [option.flags, facts === '' ? text : words.withFacts(text, facts)];
  });
  return [...rows, ['-h, --help', words.helpOption]];
}

/** What the parser knows of an option: that it must be given, what it may be, what it is when it is not given. */
function factsOf(option: Option, words: HelpWords): string {
  const { defaultValue } = option as { readonly defaultValue?: unknown };
  const isPreset = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  return [
    ...(option.mandatory && defaultValue === undefined ? [words.required] : []),
    ...(option.argChoices === undefined ? [] : [words.choices(option.argChoices.join(', '))]),
    ...(isPreset ? [words.preset(String(defaultValue))] : []),
  ].join('; ');
}

function commandRows(command: Command, words: HelpWords): Row[] {
  if (!isGroup(command)) return [];
  const rows = command.commands.map((each): Row => [
    [each.name(), ...each.registeredArguments.map(termOf)].join(' '),
    helpOf(each, words)?.what ?? '',
  ]);
  return [...rows, [`help ${words.anyCommand}`, words.helpCommand]];
}

function list(title: string, rows: readonly Row[], columns: number): string[] {
  if (rows.length === 0) return [];
  const widths = rows.map(([term]) => widthOf(term)).filter((width) => width <= TERM_COLUMNS);
  const head = Math.max(0, ...widths) + 2 * GAP.length;
  return [
    title,
    ...rows.flatMap(([term, text]) => {
      if (text === '') return [GAP + term];
      if (widthOf(term) <= TERM_COLUMNS) return hang(pad(GAP + term, head), text, columns);
      return [GAP + term, ...hang(' '.repeat(head), text, columns)];
    }),
    '',
  ];
}
