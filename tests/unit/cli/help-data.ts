import { helpScreen } from '../../../src/doors/cli/screens/help-screen.ts';
import { buildProgram } from '../../../src/doors/cli/program.ts';
import { everyCommand, pathOf } from '../../../src/doors/cli/usage-mistake.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import { helpWords as english } from '../../../src/doors/cli/words/en/help.ts';
import { helpWords as japanese } from '../../../src/doors/cli/words/ja/help.ts';
import { LINE_COLUMNS } from '../../../src/doors/cli/layout.ts';

const program = buildProgram('0.0.0', () => {
  throw new Error('nothing is run here');
});

/** The help of the program and of every group and command. */
export function helpScreens({ language }: View): Record<string, readonly string[]> {
  const words = language === 'ja' ? japanese : english;
  return Object.fromEntries(
    everyCommand(program).map((command) => [
      `help ${pathOf(command)}`,
      helpScreen(command, words, LINE_COLUMNS),
    ]),
  );
}
