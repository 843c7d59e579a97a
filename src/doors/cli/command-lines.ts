import { LINE_COLUMNS, hang, widthOf } from './layout.ts';

/** Between a command and what it does. */
export const LABEL_GAP = '   ';

/**
 * A command to type, behind a head such as a label, and what it does beside it, or below when there is no room.
 *
 * A command that is too long for a line goes on below after a backslash: copied as it stands, a shell reads it right.
 */
export function commandLines(head: string, command: string, label = ''): string[] {
  const indent = ' '.repeat(widthOf(head));
  const room = LINE_COLUMNS - indent.length;
  const oneLine = label === '' ? command : command + LABEL_GAP + label;
  if (widthOf(oneLine) <= room) return [head + oneLine];
  const lines = continued(command, room).map((line, at) => (at === 0 ? head : indent) + line);
  return label === '' ? lines : [...lines, ...hang(`${indent}${LABEL_GAP}`, label)];
}

/** A space outside quotes; not between an option and its value, unless that is long. */
const breakable =
  / (?=-)|(?:(?<!(?:^| )--[a-z-]+) | (?=\S{16}))(?![^'"]*['"](?:[^'"]*['"][^'"]*['"])*[^'"]*$)/;

/** Breaks before options where possible. */
function continued(command: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of command.split(breakable)) {
    const longer = line === '' ? word : `${line} ${word}`;
    // Two columns stay free for the backslash.
    if (line !== '' && widthOf(longer) > room - 2) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = longer;
  }
  lines.push(line);
  return lines;
}
