import { z } from 'zod';

import { deliveryStates } from '../../../domain/handoff/delivery-states.ts';
import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import type { OpenItem } from '../../../domain/readiness/readiness.ts';
import { subjects, waiverStates } from '../../../domain/readiness/statements.ts';
import type { IncidentReadiness } from '../../../exchange/incident/incident-readiness.ts';
import type { IssuerReadiness } from '../../../exchange/incident/issuer-readiness.ts';
import type { Statement } from '../../../exchange/incident/told-register.ts';
import { instantSchema, sha256Schema, wordOf, wordSchema } from './common.ts';

const daySchema = z.iso.date();

/** What a person told us, or the file of a `batch` asked its recipient. `by`, `terms` and `reason` are missing once they were purged; `from` says of whom it was told. */
const statementSchema = z.strictObject({
  kind: z.enum(['persons-word', 'list']),
  batch: z.string().optional(),
  subject: z.enum(subjects),
  outcome: z.enum(['on', 'not-before', 'briefed', 'withdrawn', ...waiverStates]),
  from: z.enum(['issuer', 'recipient', 'desk']),
  since: instantSchema.optional(),
  notBefore: daySchema.optional(),
  terms: z.string().optional(),
  by: z.string().optional(),
  channel: z.enum(wordChannels).optional(),
  at: instantSchema,
  recordedAt: instantSchema,
  officer: z.string(),
  reason: z.string().optional(),
  /** From 1; more than 1: earlier statements were replaced. 0: of a list. */
  revision: z.int(),
  evidence: z.strictObject({ sha256: sha256Schema, bytes: z.int(), file: z.string() }).optional(),
});

const issuerRowSchema = z.strictObject({
  recipient: z.string(),
  /** '' when the issuer table does not know it. */
  issuer: z.string(),
  /** Added up over its lists: a card on two of them counts twice. */
  cards: z.int(),
  /** `state` is what the machine saw; `received` what an answer shows, or a person said. */
  lists: z.array(
    z.strictObject({
      batch: z.string(),
      handoff: z.string(),
      state: z.enum(deliveryStates),
      received: z.boolean(),
      /** What shows it. */
      receipt: z.enum(['answer', 'word']).optional(),
      /** Cards of the issuer on it, and how many of them answers say are watched, or came back. */
      ...{ cards: z.int(), monitoring: z.int(), returned: z.int() },
      /** When it was there; missing while it has not left. */
      leftAt: instantSchema.optional(),
    }),
  ),
  words: z.array(wordSchema),
  monitoring: statementSchema.optional(),
  waiver: statementSchema.optional(),
  publication: statementSchema.optional(),
});

const openSchema = z.strictObject({
  item: z.enum([
    'no-list',
    'handoff-undecided',
    'records-held',
    'cards-uncovered',
    'to-read',
    'recall-proposed',
    'references-unresolved',
    'list-unsent',
    'list-unconfirmed',
    'cards-returned',
    'answer-disputed',
    'monitoring-untold',
    'monitoring-ahead',
    'monitoring-stale',
    'waiver-unrequested',
    'waiver-unanswered',
    'waiver-disputed',
    'publication-untold',
    'desk-unbriefed',
    'desk-stale',
    'too-early',
  ]),
  recipient: z.string().optional(),
  issuers: z.array(z.string()).optional(),
  batch: z.string().optional(),
  handoff: z.string().optional(),
  records: z.int().optional(),
  /** Of so many cards (`of`), where an item about issuers is not about all of theirs. */
  cards: z.int().optional(),
  of: z.int().optional(),
  unanswered: z.int().optional(),
  notFound: z.int().optional(),
  day: daySchema.optional(),
});

/** `incident readiness --json` and `incident told --json`. `ready` means that `open` is empty. */
export const readinessSchema = z.strictObject({
  incident: z.string(),
  at: instantSchema,
  timeZone: z.string(),
  ready: z.boolean(),
  /** The latest day anybody named; `earliestSettled`: everybody named one. */
  earliest: daySchema.optional(),
  earliestSettled: z.boolean(),
  issuers: z.array(issuerRowSchema),
  desk: statementSchema.optional(),
  steps: z.array(
    z.strictObject({
      step: z.enum(['list', 'monitoring', 'waiver', 'publication', 'desk']),
      done: z.int(),
      of: z.int(),
    }),
  ),
  open: z.array(openSchema),
  replaced: z.int(),
});

export function readinessDocument(found: IncidentReadiness): z.infer<typeof readinessSchema> {
  const { incident, at, isReady, earliest, isEarliestSettled, issuers, desk } = found;
  return {
    ...{ incident: incident.id, at: at.toISOString(), timeZone: incident.time_zone },
    ...{ ready: isReady, earliestSettled: isEarliestSettled },
    ...(earliest === undefined ? {} : { earliest }),
    issuers: issuers.map(issuerRowOf),
    ...(desk === undefined ? {} : { desk: statementOf(desk) }),
    steps: found.steps.map((step) => ({ ...step })),
    open: found.open.map(openOf),
    replaced: found.replaced,
  };
}

function issuerRowOf({
  recipient,
  issuer,
  cards,
  lists,
  words,
  statements,
}: IssuerReadiness): z.infer<typeof issuerRowSchema> {
  const { monitoring, waiver, publication } = statements;
  return {
    ...{ recipient, issuer, cards, words: words.map(wordOf) },
    lists: lists.map(({ receipt, leftAtMs, said, ...list }) => ({
      ...{ ...list, received: receipt !== undefined },
      ...(receipt === undefined ? {} : { receipt }),
      ...{ monitoring: said?.monitoring ?? 0, returned: said?.returned ?? 0 },
      ...(leftAtMs === undefined ? {} : { leftAt: new Date(leftAtMs).toISOString() }),
    })),
    ...(monitoring === undefined ? {} : { monitoring: statementOf(monitoring) }),
    ...(waiver === undefined ? {} : { waiver: statementOf(waiver) }),
    ...(publication === undefined ? {} : { publication: statementOf(publication) }),
  };
}

function statementOf(statement: Statement): z.infer<typeof statementSchema> {
  const { told, party, by, terms, reason, channel, officer, revision, evidence, batch } = statement;
  return {
    kind: batch === undefined ? 'persons-word' : 'list',
    ...(batch === undefined ? {} : { batch }),
    ...{ subject: told.subject, outcome: told.outcome, from: party.kind },
    ...(told.outcome === 'on' ? { since: new Date(told.sinceMs).toISOString() } : {}),
    ...(told.outcome === 'not-before' ? { notBefore: told.day } : {}),
    ...(terms === undefined ? {} : { terms }),
    ...(by === undefined ? {} : { by }),
    ...(channel === undefined ? {} : { channel }),
    ...{ at: statement.saidAt.toISOString(), recordedAt: statement.recordedAt.toISOString() },
    ...{ officer, revision },
    ...(reason === undefined ? {} : { reason }),
    ...(evidence === undefined ? {} : { evidence: { ...evidence } }),
  };
}

function openOf(item: OpenItem): z.infer<typeof openSchema> {
  const { item: name } = item;
  if ('issuers' in item) {
    return { item: name, recipient: item.recipient, issuers: [...item.issuers], ...item.partly };
  }
  if ('recipient' in item && 'handoff' in item) {
    return { item: name, recipient: item.recipient, batch: item.batch, handoff: item.handoff };
  }
  return { ...item };
}
