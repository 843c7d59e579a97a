import type { Recipient } from '../../../domain/recipients/recipient.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { RecipientRequest } from '../../../exchange/recipients/add-recipient.ts';

/** How and by when a recipient answers, as commander hands it over. */
export interface AnswerOptions {
  readonly answerFormat?: string;
  readonly answersFrom?: string;
  readonly answersCountedFrom?: string;
  readonly answerWithin?: string;
  readonly answersInClear?: string;
}

/** Terms that are not named stay as they were. Throws `usage`. */
export function answersOf(
  options: AnswerOptions,
  known: Recipient['answers'],
  [endpoint]: RecipientRequest['endpoints'],
): Pick<RecipientRequest, 'answers'> {
  const { answerFormat, answerWithin, answersFrom, answersCountedFrom, answersInClear } = options;
  const named = [answerFormat, answerWithin, answersFrom, answersCountedFrom, answersInClear];
  if (named.every((option) => option === undefined)) {
    return known === undefined ? {} : { answers: known };
  }
  const format = answerFormat ?? known?.format ?? 'card-answer';
  if (answerWithin !== undefined && !/^[1-9]\d{0,3}$/.test(answerWithin)) {
    throw new WorkspaceFault('usage', { option: '--answer-within', expected: 'hours, such as 72' });
  }
  if (answersInClear !== undefined && answersInClear !== 'yes' && answersInClear !== 'no') {
    throw new WorkspaceFault('usage', { option: '--answers-in-clear', expected: 'yes or no' });
  }
  const inClear = answersInClear === undefined ? known?.in_clear : answersInClear === 'yes';
  if (answersInClear === 'yes' && endpoint?.kind !== 'pickup') {
    throw new WorkspaceFault('usage', {
      option: '--answers-in-clear',
      expected: 'no: only who fetches their files is known by a key',
    });
  }
  const hours = answerWithin === undefined ? known?.within_hours : Number(answerWithin);
  // `none` is no directory that anybody would name.
  const directory = answersFrom === 'none' ? undefined : (answersFrom ?? known?.directory);
  const first =
    answersCountedFrom === undefined ? known?.counted_from : firstNumber(answersCountedFrom);
  return {
    answers: {
      format,
      ...(directory === undefined ? {} : { directory }),
      ...(hours === undefined ? {} : { within_hours: hours }),
      ...(first === undefined ? {} : { counted_from: first }),
      ...(inClear === true ? { in_clear: true } : {}),
    },
  };
}

function firstNumber(said: string): number | undefined {
  if (said === 'none') return undefined;
  if (/^\d{1,6}$/.test(said)) return Number(said);
  throw new WorkspaceFault('usage', {
    option: '--answers-counted-from',
    expected: 'the running number of an answer, or none',
  });
}
