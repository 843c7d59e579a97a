import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { scratchFolder } from '../../support/scratch-folder.ts';
import { terminalProgram } from '../../support/terminal.ts';

const edge = pathToFileURL('src/edge/terminal/terminal-questions.ts').href;

/** Is busy until a file appears, and asks then. */
const asker = (go: string, isDropping: boolean): string => `
const { existsSync } = await import('node:fs');
const { terminalQuestions } = await import(${JSON.stringify(edge)});
console.log('BUSY');
while (!existsSync(${JSON.stringify(go)})) await new Promise((done) => setTimeout(done, 20));
${isDropping ? 'await terminalQuestions.dropTyped();' : ''}
const answer = await terminalQuestions.ask('SURE? ', { signal: new AbortController().signal });
console.log('ANSWER ' + answer + '.');
`;

/** Types "yes" while the program is busy, and "no" once it asks; returns what it took for the answer. */
async function answerOf(isDropping: boolean): Promise<string> {
  const go = join(await scratchFolder(), 'go');
  const program = [process.execPath, '--input-type=module', '-e', asker(go, isDropping)];
  const child = spawn('python3', ['-c', terminalProgram, ...program]);
  let shown = '';
  const sees = async (text: string): Promise<void> => {
    while (!shown.includes(text)) shown += String((await once(child.stdout, 'data'))[0]);
  };
  await sees('BUSY');
  child.stdin.write('yes\r');
  // The terminal's echo: the line has reached the program's side.
  await sees('yes');
  writeFileSync(go, '');
  await sees('SURE? ');
  child.stdin.write('no\r');
  await sees('.\r\n');
  child.stdin.end();
  await once(child, 'close');
  return /ANSWER (.*)\./.exec(shown)?.[1] ?? '';
}

describe('terminalQuestions.dropTyped()', () => {
  it('lets no line answer that was typed before the question', async () => {
    expect(await answerOf(true)).toBe('no');
  });

  it('is what makes the difference', async () => {
    expect(await answerOf(false)).toBe('yes');
  });
});
