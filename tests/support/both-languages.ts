import { LINE_COLUMNS, widthOf } from '../../src/doors/cli/layout.ts';
import type { Kit } from './workspace-kit.ts';

export type Words = Readonly<Record<'ja' | 'en', readonly string[]>>;

/**
 * What is wrong with the screens of a command that may run twice, once in each language: an exit status, words it lacks
 * however they are broken over lines, lines that do not fit. Empty when a person reads all of it in both.
 */
export async function lackingInBoth(
  kit: Kit,
  command: readonly string[],
  words: Words,
): Promise<string[]> {
  const found: string[] = [];
  for (const language of ['ja', 'en'] as const) {
    found.push(...(await lackingIn(language, kit, command, words[language])));
  }
  return found;
}

/** The same for an act that can be done once only, in one language. */
export async function lackingIn(
  language: 'ja' | 'en',
  kit: Kit,
  command: readonly string[],
  words: readonly string[],
): Promise<string[]> {
  const { status, stdout, stderr } = await kit.run(['--lang', language, ...command]);
  if (status !== 0) return [`${language}: exit ${status}: ${stderr}`];
  const lines = stdout.split('\n');
  const wide = lines.filter((line) => widthOf(line) > LINE_COLUMNS);
  const joined = [' ', ''].map((gap) => stdout.replaceAll(/\n */gu, gap));
  const missing = words.filter((word) => ![stdout, ...joined].some((text) => text.includes(word)));
  return [
    ...missing.map((word) => `${language}: lacks ${word}`),
    ...wide.map((line) => `${language}: too wide: ${line}`),
  ];
}
