import {
  TERM_DAYS_MAX,
  TERM_HOURS_MAX,
  termCalendars,
  termsSchema,
} from '../../../domain/recipients/agreed-terms.ts';
import type { AgreedTerms } from '../../../domain/recipients/agreed-terms.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';

const said = /^([1-9]\d{0,3})(?:-(administrative|bank)-days(?:-(\d\d:\d\d))?)?$/;

/**
 * Terms as an option says them: `72`, `3-bank-days`, `1-bank-days-15:00`, `none`. What the schema of the file would refuse
 * is refused here, where the option is known. Throws WorkspaceFault `usage`.
 */
export function termsOf(option: '--answer-within' | '--pickup-within', text: string): AgreedTerms {
  const terms = text === 'none' ? {} : readTerms(text);
  if (terms !== undefined && termsSchema.safeParse(terms).success) return terms;
  const expected = `hours, such as 72, to ${TERM_HOURS_MAX}; working days, such as 3-bank-days or 1-bank-days-15:00, to ${TERM_DAYS_MAX}; or none`;
  throw new WorkspaceFault('usage', { option, expected });
}

function readTerms(text: string): AgreedTerms | undefined {
  const found = said.exec(text);
  if (found === null) return undefined;
  const [, number, calendar, cutOff] = found;
  const count = Number(number);
  const of = termCalendars.find((each) => each === calendar);
  if (of === undefined) return { within_hours: count };
  return { within_days: { count, of, ...(cutOff === undefined ? {} : { cut_off: cutOff }) } };
}
