import type { z } from 'zod';

import type { OpenHours } from '../../../domain/recipients/open-hours.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { expectedPhrase } from '../../../domain/workspace/read-table.ts';

/** What `recipient add` and `update` say of hours, as commander hands it over. */
interface HoursOptions {
  /** Spans of a day with commas between them, or `none`. */
  readonly spans: string | undefined;
  readonly days: string | undefined;
  readonly timeZone: string | undefined;
}

/** Which hours, as their options begin, and what the file may say of them. */
interface HoursKind {
  readonly name: 'delivery' | 'answers';
  readonly schema: z.ZodType<OpenHours>;
}

const kinds = ['every-day', 'administrative', 'bank'] as const;

/**
 * The hours with what the options say changed; the spans `none` take them away. What the schema of the file would refuse
 * is refused here, where the option is known. Throws WorkspaceFault `usage`.
 */
export function hoursOf(
  kind: HoursKind,
  { spans, days: said, timeZone }: HoursOptions,
  known: OpenHours | undefined,
): OpenHours | undefined {
  const { name } = kind;
  if ([spans, said, timeZone].every((one) => one === undefined)) return known;
  const days = kinds.find((each) => each === said);
  if (said !== undefined && days === undefined) {
    throw new WorkspaceFault('usage', { option: `--${name}-days`, expected: kinds.join(', ') });
  }
  const isTakenAway = spans === 'none';
  const between = isTakenAway ? undefined : (spans?.split(',') ?? known?.between);
  if (between !== undefined) {
    const hours = {
      between: between.map((span) => span.trim()),
      days: days ?? known?.days ?? 'every-day',
      time_zone: timeZone ?? known?.time_zone ?? 'Asia/Tokyo',
    };
    assertHours(kind, hours);
    return hours;
  }
  if (isTakenAway && days === undefined && timeZone === undefined) return undefined;
  const expected = 'spans of a day as well, such as 09:00-12:00,13:00-15:00';
  throw new WorkspaceFault('usage', { option: `--${name}-hours`, expected });
}

function assertHours({ name, schema }: HoursKind, hours: OpenHours): void {
  const result = schema.safeParse(hours, { error: expectedPhrase });
  if (result.success) return;
  const { path, message: expected } = result.error.issues[0]!;
  const option = path[0] === 'time_zone' ? `--${name}-time-zone` : `--${name}-hours`;
  throw new WorkspaceFault('usage', { option, expected });
}
