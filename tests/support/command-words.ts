import type { Command } from 'commander';

/**
 * What is wrong with a command line as a page shows it: an unknown command or option. Undefined when nothing is.
 *
 * `words` follow the program's name. Option values and arguments are not looked at: in a page they are placeholders.
 */
export function wrongWord(program: Command, words: readonly string[]): string | undefined {
  let command = program;
  const known = new Set(optionsOf(program));
  let takesValue = new Map<string, boolean>(flagsOf(program));
  let isValue = false;
  for (const word of words) {
    if (isValue) {
      isValue = false;
      continue;
    }
    if (word.startsWith('--')) {
      const [flag = ''] = word.split('=');
      if (!known.has(flag)) return word;
      isValue = takesValue.get(flag) === true && !word.includes('=');
      continue;
    }
    if (command.commands.length === 0) continue;
    // In a heading or a table a group may stand for all its commands.
    if (!/^[a-z-]+$/.test(word)) continue;
    const next = command.commands.find((candidate) => candidate.name() === word);
    if (next === undefined) return word;
    command = next;
    for (const flag of optionsOf(command)) known.add(flag);
    takesValue = new Map([...takesValue, ...flagsOf(command)]);
  }
  return undefined;
}

/** Words of a shell line as a shell would cut it: quotes kept together, a pipe or redirection ends it. */
export function shellWords(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const end = words.findIndex((word) => ['|', '>', '<', '<<END', '&&', ';'].includes(word));
  return end < 0 ? words : words.slice(0, end);
}

function optionsOf(command: Command): string[] {
  return ['--help', ...command.options.map(({ long }) => long ?? '')];
}

function flagsOf(command: Command): [string, boolean][] {
  return command.options.map(({ long, required, optional }) => [long ?? '', required || optional]);
}
