import { z } from 'zod';

import type { Amended } from '../../../exchange/incident/amend-incident.ts';
import type { BatchRecall, ProposedRecall, ToRead } from '../../../exchange/incident/amendments.ts';
import { instantSchema } from './common.ts';

/** `cards` are out for sure; of `untold` only a new prepare can tell. */
export const recallSchema = z.strictObject({
  handoff: z.string(),
  batch: z.string(),
  recipient: z.string(),
  cards: z.int(),
  untold: z.int(),
});

export const toReadSchema = z.strictObject({
  incident: z.string(),
  amendedAt: instantSchema,
  records: z.int(),
});

const windowSchema = z.record(z.string(), z.unknown());

/** What `incident amend` changed, or with `--dry-run` would change. */
export const amendmentSchema = z.strictObject({
  dryRun: z.boolean(),
  changed: z.array(z.string()),
  windows: z.array(
    z.strictObject({
      name: z.string(),
      before: windowSchema.optional(),
      after: windowSchema.optional(),
    }),
  ),
  /** Added up over batches: a card that several hold counts in each. */
  handedOff: z.int(),
  proposedForRecall: z.int(),
  untold: z.int(),
  recalls: z.array(recallSchema),
  /** Left out so far, to be read again; missing where the scope takes in nothing new. */
  recordsToRead: z.int().optional(),
  voided: z.array(z.string()),
});

export function amendmentOf(amended: Amended): z.infer<typeof amendmentSchema> {
  const { changes, recalls, handedOff, records, voids, isDryRun } = amended;
  const sum = (of: 'cards' | 'untold'): number =>
    recalls.reduce((cards, recall) => cards + recall[of], 0);
  return {
    dryRun: isDryRun,
    changed: [...changes.fields],
    windows: changes.windows.map(({ name, before, after }) => ({
      name,
      ...(before === undefined ? {} : { before: { ...before } }),
      ...(after === undefined ? {} : { after: { ...after } }),
    })),
    handedOff,
    proposedForRecall: sum('cards'),
    untold: sum('untold'),
    recalls: recalls.map(recallOf),
    ...(records === undefined ? {} : { recordsToRead: records }),
    voided: [...voids],
  };
}

export function recallOf(recall: BatchRecall): z.infer<typeof recallSchema> {
  const { handoff, batch, recipient, cards, untold } = recall;
  return { handoff, batch, recipient, cards, untold };
}

export function toReadOf(entry: ToRead): z.infer<typeof toReadSchema> {
  const { incident, amendedAt, records } = entry;
  return { incident, amendedAt: amendedAt.toISOString(), records };
}

/** `incident recalled --json`. */
export const recalledSchema = recallSchema.extend({ incident: z.string() });

export function recalledDocument(recall: ProposedRecall): z.infer<typeof recalledSchema> {
  return { ...recallOf(recall), incident: recall.incident };
}
