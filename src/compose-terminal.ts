import { isAtTerminal, terminalQuestions } from './edge/terminal/terminal-questions.ts';
import type { Questions } from './exchange/lookup/questions.ts';

/** The person at the terminal; undefined where there is none. */
export function questionsAtTerminal(): Questions | undefined {
  return isAtTerminal() ? terminalQuestions : undefined;
}
