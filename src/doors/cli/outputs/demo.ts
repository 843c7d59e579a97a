import { z } from 'zod';

import type { DemoPlaces } from '../../../compose-demo.ts';
import { demoChecks } from '../../../exchange/demo/demo-story.ts';
import type { DemoStory } from '../../../exchange/demo/demo-story.ts';
import { counts, modeSchema, sha256Schema } from './common.ts';

/** `demo --json`. `received` is what the recipient found after decrypting the file with its own key. */
export const demoSchema = z.strictObject({
  mode: modeSchema,
  incident: z.string(),
  handoff: z.string(),
  sources: z.array(
    z.strictObject({
      name: z.string(),
      bytes: z.int(),
      records: z.int(),
      /** What its records were made to become: `card`, or a reason. */
      planted: counts,
    }),
  ),
  read: z.int(),
  cards: z.int(),
  excluded: counts,
  held: counts,
  warnings: counts,
  requester: z.string(),
  approver: z.string(),
  /** Code with which the requester's own approval was refused. */
  refusal: z.string().optional(),
  planSha256: sha256Schema.optional(),
  batches: z.array(
    z.strictObject({
      batch: z.string(),
      recipient: z.string(),
      file: z.string(),
      bytes: z.int(),
      sha256: sha256Schema,
      cards: z.int(),
      state: z.string(),
      received: z
        .strictObject({
          bytes: z.int(),
          sha256: z.string(),
          cards: z.int(),
          announced: z.int(),
          mode: z.string(),
          signedBy: z.string().optional(),
          code: z.string().optional(),
        })
        .optional(),
    }),
  ),
  log: z.strictObject({
    holds: z.boolean(),
    entries: z.int().optional(),
    signedTo: z.int().optional(),
    anchoredTo: z.int().optional(),
    checkpoint: z.string(),
  }),
  /** What has to hold at the end. The exit status is 1 unless all do. */
  checks: z.record(z.enum(demoChecks), z.boolean()),
  elapsedMs: z.int(),
  kept: z
    .strictObject({
      directory: z.string(),
      workspace: z.string(),
      anchor: z.string(),
      sources: z.string(),
      received: z.string(),
      people: z.string(),
    })
    .optional(),
});

export function demoDocument(ended: {
  readonly story: DemoStory;
  readonly elapsedMs: number;
  readonly kept: DemoPlaces | undefined;
}): z.infer<typeof demoSchema> {
  const { story, elapsedMs, kept } = ended;
  const { prepared, refusal, delivered, verdict } = story;
  const { handoff, incident, mode, result, plan } = prepared;
  return {
    mode,
    incident: incident.id,
    handoff,
    sources: story.sources.map(({ name, bytes, records, planted }) => ({
      name,
      bytes,
      records,
      planted: { ...planted },
    })),
    read: result.read,
    cards: result.cards,
    excluded: { ...result.excluded },
    held: { ...result.held },
    warnings: { ...result.warnings },
    requester: prepared.requester,
    approver: story.approver,
    ...(refusal === undefined ? {} : { refusal }),
    ...(plan === undefined ? {} : { planSha256: plan.planSha256 }),
    batches: result.batches.map((batch) => batchOf(story, batch)),
    log: {
      holds: verdict.holds,
      ...(verdict.holds ? spans(verdict) : {}),
      checkpoint: delivered.checkpoint.note,
    },
    checks: { ...story.checks },
    elapsedMs: Math.round(elapsedMs),
    ...(kept === undefined ? {} : { kept: { ...kept } }),
  };
}

function batchOf(
  { delivered, receipts }: DemoStory,
  made: DemoStory['prepared']['result']['batches'][number],
): z.infer<typeof demoSchema>['batches'][number] {
  const { batch, recipient, file, bytes, sha256, cards } = made;
  const state = delivered.reports.find((report) => report.batch === batch)?.state ?? 'approved';
  const receipt = receipts.find((candidate) => candidate.recipient === recipient);
  if (receipt === undefined) return { batch, recipient, file, bytes, sha256, cards, state };
  const { recipient: _recipient, file: _file, fault, ...found } = receipt;
  const received = { ...found, ...(fault === undefined ? {} : { code: fault }) };
  return { batch, recipient, file, bytes, sha256, cards, state, received };
}

function spans(verdict: {
  readonly entries: number;
  readonly signedTo: number;
  readonly anchoredTo: number;
}): { entries: number; signedTo: number; anchoredTo: number } {
  const { entries, signedTo, anchoredTo } = verdict;
  return { entries, signedTo, anchoredTo };
}
