import type { AnswerFormat } from '../../src/domain/responses/answer-format.ts';
import { builtinAnswerFormats } from '../../src/domain/responses/builtin-answer-formats.ts';

/** A format that comes with the program. */
export function answerFormat(id: string): AnswerFormat {
  const found = builtinAnswerFormats.find((format) => format.id === id);
  if (found === undefined) throw new Error(`no format ${id}`);
  return found;
}

/** A batch of some cards as an answer is held against it. */
export const someList = {
  ...{ firstReference: 101, cards: 5, names: ['list.csv.pgp'] },
  sha256: 'a'.repeat(64),
};
