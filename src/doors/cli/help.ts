import type { Command } from 'commander';

import type { Language } from './language.ts';
import { helpScreen } from './screens/help-screen.ts';
import type { HelpWords } from './words/help-words.ts';

/** The help of a command, as lines. Its words are loaded now: other commands start without them. */
export async function helpLines(
  command: Command,
  language: Language,
  columns: number,
): Promise<string[]> {
  return helpScreen(command, await helpWordsOf(language), columns);
}

/** All words of the help in one language. */
async function helpWordsOf(language: Language): Promise<HelpWords> {
  const { helpWords } = await (language === 'ja'
    ? import('./words/ja/help.ts')
    : import('./words/en/help.ts'));
  return helpWords;
}
