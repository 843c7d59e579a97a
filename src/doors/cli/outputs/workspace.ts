import { z } from 'zod';

import { keyPurposes } from '../../../domain/keys/held-key.ts';
import type { Check } from '../../../exchange/status/check-workspace.ts';
import type { MadeWorkspace } from '../../../exchange/workspace/workspace-maker.ts';
import type {
  StandingBatch,
  WordOnlyBatch,
  WorkspaceStatus,
} from '../../../exchange/status/workspace-status.ts';
import { numberGapsOf, numberGapsSchema } from './number-gaps.ts';
import { recalledDocument, recalledSchema, toReadOf, toReadSchema } from './amendment.ts';
import { adviceOn } from '../screens/doctor-screen.ts';
import { configurationOf, configurationSchema } from './config.ts';
import { owedOf, owedSchema } from './clocks.ts';
import {
  emergencyOf,
  emergencySchema,
  instantSchema,
  modeSchema,
  wordOf,
  wordSchema,
} from './common.ts';
import { escalationOf, escalationSchema, serveStateOf, serveStateSchema } from './serve.ts';

/** `init --json`. */
export const initSchema = z.strictObject({
  workspace: z.string(),
  directory: z.string(),
  mode: modeSchema,
  openpgpFingerprint: z.string(),
  sftpFingerprint: z.string(),
  vkey: z.string(),
});

export function initDocument({ id, ...made }: MadeWorkspace): z.infer<typeof initSchema> {
  return { workspace: id, ...made };
}

const standingSchema = z.strictObject({
  batch: z.string(),
  handoff: z.string(),
  recipient: z.string(),
  /** What `cards` counts, where it is not cards. */
  subject: z.literal('references').optional(),
  /** No list, but a recall of cards of one; else left out. */
  recall: z.literal(true).optional(),
  cards: z.int(),
  state: z.string(),
  code: z.string().optional(),
});

/** `status --json`. */
export const statusSchema = z.strictObject({
  mode: modeSchema,
  undecided: z.array(
    z.strictObject({
      handoff: z.string(),
      incident: z.string(),
      requester: z.string(),
      since: instantSchema,
      requestSigned: z.boolean(),
    }),
  ),
  onePerson: z.array(emergencySchema.extend({ handoff: z.string() })),
  held: z.array(z.strictObject({ handoff: z.string(), incident: z.string(), records: z.int() })),
  ready: z.array(standingSchema),
  attention: z.array(standingSchema),
  unconfirmed: z.array(standingSchema),
  unfetched: z.array(standingSchema),
  arrivals: z.strictObject({
    waiting: z.int(),
    sources: z.array(z.strictObject({ box: z.string(), files: z.int() })),
    aside: z.array(
      z.strictObject({ recipient: z.string(), files: z.int(), codes: z.array(z.string()) }),
    ),
  }),
  /** What running numbers of answers, and of our files, say did not arrive. */
  numberGaps: z.array(numberGapsSchema),
  byWordOnly: z.array(
    standingSchema.omit({ state: true, code: true }).extend({ word: wordSchema }),
  ),
  uncovered: z.array(
    z.strictObject({
      incident: z.string(),
      handoff: z.string(),
      batch: z.string(),
      recipient: z.string(),
      subject: z.literal('references').optional(),
      cards: z.int(),
    }),
  ),
  recalls: z.array(recalledSchema),
  toRead: z.array(toReadSchema),
  unresolved: z.array(
    z.strictObject({
      ...{ batch: z.string(), recipient: z.string(), unanswered: z.int(), notFound: z.int() },
    }),
  ),
  certificates: z.array(
    z.strictObject({
      kind: z.string(),
      id: z.string(),
      fingerprint: z.string(),
      expiresAt: instantSchema.optional(),
      daysLeft: z.int().optional(),
      problem: z.string().optional(),
    }),
  ),
  ownKeys: z.array(
    z.strictObject({
      purpose: z.enum(keyPurposes),
      id: z.string(),
      kind: z.enum(['expiry', 'cryptoperiod']),
      at: instantSchema,
      daysLeft: z.int(),
    }),
  ),
  clocks: z.array(owedSchema),
  notReady: z.array(z.strictObject({ incident: z.string(), open: z.int() })),
  retention: z.array(
    z.strictObject({ incident: z.string(), endsAt: instantSchema, daysLeft: z.int() }),
  ),
  escalations: z.array(escalationSchema),
  serve: serveStateSchema,
  log: z.strictObject({ entries: z.int(), checkpointSize: z.int(), anchor: z.string() }),
  configuration: configurationSchema,
  /** Code of why a restored workspace may only be read. */
  readOnly: z.string().optional(),
});

export function statusDocument(status: WorkspaceStatus): z.infer<typeof statusSchema> {
  return {
    mode: status.mode,
    undecided: status.undecided.map(({ since, isRequestSigned, ...rest }) => ({
      ...rest,
      since: since.toISOString(),
      requestSigned: isRequestSigned,
    })),
    onePerson: status.onePerson.map((each) => ({ handoff: each.handoff, ...emergencyOf(each) })),
    held: status.held.map((entry) => ({ ...entry })),
    ...{ ready: status.ready.map(standing), attention: status.attention.map(standing) },
    unconfirmed: status.unconfirmed.map(standing),
    unfetched: status.unfetched.map(standing),
    arrivals: {
      waiting: status.arrivals.waiting,
      sources: status.arrivals.sources.map((entry) => ({ ...entry })),
      aside: status.arrivals.aside.map(({ codes, ...rest }) => ({ ...rest, codes: [...codes] })),
    },
    numberGaps: status.numberGaps.map(numberGapsOf),
    byWordOnly: status.byWordOnly.map(byWord),
    uncovered: status.uncovered.map((entry) => ({ ...entry })),
    recalls: status.recalls.map(recalledDocument),
    toRead: status.toRead.map(toReadOf),
    unresolved: status.unresolved.map((each) => ({ ...each })),
    certificates: status.certificates.map(
      ({ kind, id, fingerprint, expiresAt, daysLeft, problem }) => ({
        kind,
        id,
        fingerprint,
        ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
        ...(daysLeft === undefined ? {} : { daysLeft }),
        ...(problem === undefined ? {} : { problem }),
      }),
    ),
    ownKeys: status.ownKeys.map(({ key, end }) => ({
      ...{ purpose: key.purpose, id: key.id, kind: end.kind },
      ...{ at: end.at.toISOString(), daysLeft: end.daysLeft },
    })),
    clocks: status.clocks.map(owedOf),
    notReady: status.notReady.map((entry) => ({ ...entry })),
    retention: status.retention.map(({ incident, endsAt, daysLeft }) => ({
      ...{ incident, endsAt: endsAt.toISOString(), daysLeft },
    })),
    escalations: status.escalations.map(escalationOf),
    serve: serveStateOf(status.serve),
    log: { ...status.log },
    configuration: configurationOf(status.configuration),
    ...(status.readOnly === undefined ? {} : { readOnly: status.readOnly.code }),
  };
}

function standing({ code, ...rest }: StandingBatch): z.infer<typeof standingSchema> {
  return { ...marked(rest), ...(code === undefined ? {} : { code }) };
}

function byWord({
  word,
  ...rest
}: WordOnlyBatch): z.infer<typeof statusSchema>['byWordOnly'][number] {
  return { ...marked(rest), word: wordOf(word) };
}

function marked<T extends { readonly isRecall?: true }>({ isRecall, ...rest }: T) {
  return { ...rest, ...(isRecall === undefined ? {} : { recall: isRecall }) };
}

/** `doctor --json`. */
export const doctorSchema = z.strictObject({
  checks: z.array(
    z.strictObject({
      check: z.string(),
      verdict: z.enum(['ok', 'warning', 'failed']),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
      /** What to do, in English; a command where there is one. */
      next: z.string().optional(),
    }),
  ),
  /** With `--ready`: whether a handoff could be made tonight. */
  ready: z.boolean().optional(),
  failed: z.int(),
  warnings: z.int(),
});

export function doctorDocument(
  checks: readonly Check[],
  asked: 'health' | 'tonight' = 'health',
): z.infer<typeof doctorSchema> {
  const failed = checks.filter(({ verdict }) => verdict === 'failed').length;
  return {
    checks: checks.map(({ check, verdict, facts }) => ({
      check,
      verdict,
      ...nextOf({ check, verdict, facts }),
      facts: Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [
          name,
          typeof value === 'object' ? [...value] : value,
        ]),
      ),
    })),
    ...(asked === 'tonight' ? { ready: failed === 0 } : {}),
    failed,
    warnings: checks.filter(({ verdict }) => verdict === 'warning').length,
  };
}

function nextOf(check: Check): { next?: string } {
  if (check.verdict === 'ok') return {};
  const next = adviceOn(check, { language: 'en', colour: false });
  return next === '' ? {} : { next };
}
