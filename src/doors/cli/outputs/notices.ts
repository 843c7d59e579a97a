import { z } from 'zod';

import { charsets } from '../../../domain/notices/charsets.ts';
import { noticeSteps } from '../../../domain/notices/notice-steps.ts';
import type { ExportedNotices } from '../../../exchange/notices/export-notices.ts';
import type { NoticeProgress, RecordedNotices } from '../../../exchange/notices/record-notices.ts';
import { counts, sha256Schema } from './common.ts';

/** `notices export --json`. `rows` = those with a card + all `withoutCard` + `unnamed`; `orders` for one handoff only. */
export const noticesExportSchema = z.strictObject({
  incident: z.string(),
  handoffs: z.array(z.string()),
  merchant: z.string().optional(),
  rows: z.int(),
  references: z.int(),
  orders: z.int().optional(),
  withoutCard: counts,
  unnamed: z.int(),
  /** Cards whose holders are not in the list, at most so many. */
  withoutOrder: z.int().optional(),
  charset: z.enum(charsets),
  bytes: z.int(),
  sha256: sha256Schema,
});

export function noticesExportDocument(made: ExportedNotices): z.infer<typeof noticesExportSchema> {
  const { orders, merchant, withoutOrder, ...rest } = made;
  return {
    ...rest,
    handoffs: [...made.handoffs],
    withoutCard: { ...made.withoutCard },
    ...(withoutOrder === undefined ? {} : { withoutOrder }),
    ...(orders === undefined ? {} : { orders }),
    ...(merchant === undefined ? {} : { merchant }),
  };
}

const stepsSchema = z.record(z.enum(noticeSteps), z.int());

/** `notices show --json`, in references. */
export const noticeProgressSchema = z.strictObject({
  incident: z.string(),
  references: z.int(),
  steps: stepsSchema,
  untold: z.int(),
  bounced: z.int(),
});

export function noticeProgressDocument(
  progress: NoticeProgress,
): z.infer<typeof noticeProgressSchema> {
  return { ...progress, steps: { ...progress.steps } };
}

/** `notices record --json`. `given` and `unknown` are lines of the file. */
export const noticesRecordSchema = noticeProgressSchema.extend({
  given: stepsSchema,
  added: z.int(),
  unknown: z.int(),
  unknownLines: z.array(z.int()),
});

export function noticesRecordDocument(
  recorded: RecordedNotices,
): z.infer<typeof noticesRecordSchema> {
  const { progress, given, added, unknown, unknownLines } = recorded;
  return {
    ...noticeProgressDocument(progress),
    ...{ given: { ...given }, added, unknown, unknownLines: [...unknownLines] },
  };
}
