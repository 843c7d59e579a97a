import { z } from 'zod';

import { brands } from '../../../domain/cards/brands.ts';
import { deliveryStates } from '../../../domain/handoff/delivery-states.ts';
import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import { exceptionKinds } from '../../../domain/waivers/waiver-exceptions.ts';
import { waiverStates } from '../../../domain/readiness/statements.ts';
import type {
  FoundCompany,
  LookUpAnswer,
  LookUpHit,
} from '../../../exchange/lookup/look-up-answer.ts';
import type { FoundException } from '../../../exchange/waivers/waiver-exceptions.ts';
import { instantSchema } from './common.ts';

const companySchema = z.strictObject({
  /** '' when the issuer table did not know it. */
  issuer: z.string(),
  /** Oldest first. */
  lists: z.array(
    z.strictObject({
      ...{ batch: z.string(), recipient: z.string(), state: z.enum(deliveryStates) },
      recallProposed: z.boolean(),
      /** Whether its recipient was asked to set the card aside, or says that they did; else left out. */
      recall: z.enum(['asked', 'set-aside']).optional(),
    }),
  ),
  monitoringSince: instantSchema.optional(),
  waiver: z.enum(waiverStates),
  /** Whether both were said once a list with this card had left for them. */
  aboutThisCard: z.boolean(),
  terms: z.string().optional(),
  /** What holds for this card in place of the waiver. */
  exception: z
    .strictObject({
      ...{ kind: z.enum(exceptionKinds), at: instantSchema, officer: z.string() },
      ...{ by: z.string().optional(), channel: z.enum(wordChannels) },
    })
    .optional(),
});

/** `lookup card --json`, `lookup order --json` and `lookup person --json`. No hit never means that somebody is not affected. */
export const lookupSchema = z.strictObject({
  by: z.enum(['card-number', 'order', 'person']),
  at: instantSchema,
  found: z.boolean(),
  /** Several cards fit, and none is told before the caller has said this. */
  asksFor: z.literal('last-four').optional(),
  incidents: z.array(z.string()),
  purged: z.array(z.string()),
  /** Incidents that keep no index of persons, and were not looked through by name. */
  skipped: z.array(z.string()),
  hits: z.array(
    z.strictObject({
      incident: z.string(),
      /** '' where the incident lists none, and for a card number. */
      merchant: z.string(),
      windows: z.array(z.string()),
      /** False after an amendment: a window of the same name may have other times now. */
      unamended: z.boolean(),
      brand: z.string(),
      /** '' where there is no card, or nobody gave them. */
      lastFour: z.string(),
      /** Of an order without a usable number. */
      reason: z.string().optional(),
      /** Left out for an order, which does not tell the card company. */
      card: companySchema.optional(),
    }),
  ),
});

export function lookupDocument(answer: LookUpAnswer): z.infer<typeof lookupSchema> {
  const { by, at, incidents, purged, skipped, hits, asksFor } = answer;
  return {
    ...{ by, at: at.toISOString(), found: hits.length > 0, purged: [...purged] },
    skipped: [...skipped],
    ...(asksFor === undefined ? {} : { asksFor }),
    incidents: incidents.map(({ id }) => id),
    hits: hits.map(hitDocument),
  };
}

function hitDocument(hit: LookUpHit): z.infer<typeof lookupSchema>['hits'][number] {
  const { incident, merchant, windows, isUnamended, brandIndex, lastFour, reason, card } = hit;
  return {
    ...{ incident: incident.id, merchant, windows: [...windows], lastFour },
    unamended: isUnamended,
    brand: brands[brandIndex]?.id ?? 'unknown',
    ...(reason === undefined ? {} : { reason }),
    ...(card === undefined ? {} : { card: companyDocument(card) }),
  };
}

function exceptionDocument({ exception: kind, saidAt, officer, channel, by }: FoundException) {
  return {
    ...{ kind, at: saidAt.toISOString(), officer, channel },
    ...(by === undefined ? {} : { by }),
  };
}

function companyDocument({
  issuer,
  lists,
  isAboutThis,
  monitoring,
  waiver,
  exception,
}: FoundCompany): z.infer<typeof companySchema> {
  const { told } = monitoring ?? {};
  return {
    ...{
      issuer,
      lists: lists.map(({ isRecallProposed, recall, ...list }) => ({
        ...list,
        recallProposed: isRecallProposed,
        ...(recall === undefined ? {} : { recall }),
      })),
      aboutThisCard: isAboutThis,
    },
    ...(told?.outcome === 'on' ? { monitoringSince: new Date(told.sinceMs).toISOString() } : {}),
    waiver: waiver?.told.subject === 'waiver' ? waiver.told.outcome : 'not-requested',
    ...(waiver?.terms === undefined ? {} : { terms: waiver.terms }),
    ...(exception === undefined ? {} : { exception: exceptionDocument(exception) }),
  };
}
