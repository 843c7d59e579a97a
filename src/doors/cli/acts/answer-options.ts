import { remoteDirectoryField } from '../../../domain/recipients/endpoint.ts';
import { answerHoursSchema } from '../../../domain/recipients/open-hours.ts';
import type { OpenHours } from '../../../domain/recipients/open-hours.ts';
import type { Recipient } from '../../../domain/recipients/recipient.ts';
import type { AgreedTerms } from '../../../domain/recipients/agreed-terms.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { RecipientRequest } from '../../../exchange/recipients/add-recipient.ts';
import { hoursOf } from './hours-options.ts';
import { termsOf } from './term-options.ts';

/** How and by when a recipient answers, as commander hands it over. */
export interface AnswerOptions {
  readonly answerFormat?: string;
  readonly answersFrom?: string;
  readonly answersCountedFrom?: string;
  readonly answerWithin?: string;
  readonly answersHours?: string;
  readonly answersDays?: string;
  readonly answersTimeZone?: string;
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
  const { answersHours, answersDays, answersTimeZone } = options;
  if (
    [...named, answersHours, answersDays, answersTimeZone].every((option) => option === undefined)
  ) {
    return known === undefined ? {} : { answers: known };
  }
  const format = answerFormat ?? known?.format ?? 'card-answer';
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
  if (answersFrom !== undefined && answersFrom !== 'none') assertFetched(answersFrom, endpoint);
  // `none` is no directory that anybody would name.
  const directory = answersFrom === 'none' ? undefined : (answersFrom ?? known?.directory);
  const hours = answerHoursOf(options, known?.hours, directory);
  const first =
    answersCountedFrom === undefined ? known?.counted_from : firstNumber(answersCountedFrom);
  return {
    answers: {
      format,
      ...(directory === undefined ? {} : { directory }),
      ...(hours === undefined ? {} : { hours }),
      ...(answerWithin === undefined
        ? knownTerms(known)
        : termsOf('--answer-within', answerWithin)),
      ...(first === undefined ? {} : { counted_from: first }),
      ...(inClear === true ? { in_clear: true } : {}),
    },
  };
}

/** Hours of no directory would be of nothing. Throws `usage`. */
function answerHoursOf(
  { answersHours: spans, answersDays: days, answersTimeZone: timeZone }: AnswerOptions,
  known: OpenHours | undefined,
  directory: string | undefined,
): OpenHours | undefined {
  const kind = { name: 'answers', schema: answerHoursSchema } as const;
  const hours = hoursOf(kind, { spans, days, timeZone }, known);
  if (hours === undefined || directory !== undefined) return hours;
  const expected = 'none: only with --answers-from';
  throw new WorkspaceFault('usage', { option: '--answers-hours', expected });
}

function knownTerms({ within_hours: hours, within_days: days }: AgreedTerms = {}): AgreedTerms {
  return {
    ...(hours === undefined ? {} : { within_hours: hours }),
    ...(days === undefined ? {} : { within_days: days }),
  };
}

/** The schema would refuse it as well, and lay it to the file, in which nothing is wrong. Throws `usage`. */
function assertFetched(
  directory: string,
  endpoint: RecipientRequest['endpoints'][number] | undefined,
): void {
  const option = '--answers-from';
  const result = remoteDirectoryField.safeParse(directory);
  if (!result.success) {
    throw new WorkspaceFault('usage', { option, expected: result.error.issues[0]!.message });
  }
  if (endpoint?.kind === 'sftp' && endpoint.directory !== directory) return;
  const expected =
    'a directory on the SFTP server of the endpoint, and not the one that files are put into';
  throw new WorkspaceFault('usage', { option, expected });
}

function firstNumber(said: string): number | undefined {
  if (said === 'none') return undefined;
  if (/^\d{1,6}$/.test(said)) return Number(said);
  throw new WorkspaceFault('usage', {
    option: '--answers-counted-from',
    expected: 'the running number of an answer, or none',
  });
}
