import type { CommandLine } from './command-statement.ts';

const names = ['incident', 'handoff', 'batch'].flatMap((name) => [name, `--${name}`]);
/** What precedes the id of a file that was brought, where a command takes a path as well. */
const brought = /^inbox:/;

/**
 * The incidents, handoffs, batches and brought files that a command names, by their ids, as they were typed. What else is
 * called the same, such as a recipient, a merchant or a file, is none of them. Throws nothing.
 */
export function namedByCommand(
  command: string,
  typed: CommandLine['arguments'],
): readonly string[] {
  const ids = isIdOfTheirs(command) ? [...names, 'id'] : names;
  const files = [typed['file'], typed['--source']].flat().map(String);
  return [
    ...ids.flatMap((name) => typed[name] ?? []).map(String),
    ...files.filter((file) => brought.test(file)).map((file) => file.replace(brought, '')),
  ];
}

/** Whether the argument `id` of a command is an incident, a batch or a brought file. */
function isIdOfTheirs(command: string): boolean {
  return (
    command.startsWith('incident ') || command === 'purge incident' || command === 'response settle'
  );
}
