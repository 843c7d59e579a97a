import { z } from 'zod';

import { brands } from '../../../domain/cards/brands.ts';
import { deliveryStates } from '../../../domain/handoff/delivery-states.ts';
import { wordChannels } from '../../../domain/handoff/persons-word.ts';
import { askedDetails } from '../../../domain/lookup/detail-to-ask.ts';
import { exceptionKinds } from '../../../domain/waivers/waiver-exceptions.ts';
import { isPerhapsRecalled, watchVerdicts } from '../../../domain/readiness/card-watch.ts';
import type { CardWatch } from '../../../domain/readiness/card-watch.ts';
import { returnReasons } from '../../../domain/responses/card-answer-states.ts';
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
      /** Whether its recipient was asked to set the card aside, says that they did, or may have been asked; else left out. */
      recall: z.enum(['asked', 'set-aside', 'perhaps']).optional(),
    }),
  ),
  /** Whether anybody watches the card. */
  watch: z.strictObject({
    state: z.enum(watchVerdicts),
    /** What shows it: an answer about this very card, or what was told of all cards. */
    by: z.enum(['answer', 'word']).optional(),
    /** Of an answer: when it was given, and whether the recipient signed it. */
    at: instantSchema.optional(),
    signed: z.boolean().optional(),
    /** Of a word: since when, or from when, they are watched. */
    since: instantSchema.optional(),
    /** Of a returned card. */
    reason: z.enum(returnReasons).optional(),
    /** Where nothing is known: something was told, before a list with the card had left. */
    early: z.boolean().optional(),
    /** Where nothing is known: a recall of the card may have arrived. */
    perhapsRecalled: z.literal(true).optional(),
  }),
  waiver: z.enum(waiverStates),
  /** Whether that was said once a list with this card had left for them. */
  waiverAboutThisCard: z.boolean(),
  terms: z.string().optional(),
  /** Why neither the waiver nor the exception holds for this card: it was recalled from every list; else left out. */
  notApplicable: z.literal('recalled').optional(),
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
  /** Several fit, and none is told before the caller has said this. */
  asksFor: z.enum(askedDetails).optional(),
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
      /** Left out for an order that does not tell which card it is, or whose card is on no list. */
      card: companySchema.optional(),
      /** Of an order whose card is on no list, but for declined or cancelled ones; else left out. */
      unlisted: z.literal(true).optional(),
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
    ...(hit.isUnlisted === true ? { unlisted: true } : {}),
  };
}

function exceptionDocument({ exception: kind, saidAt, officer, channel, by }: FoundException) {
  return {
    ...{ kind, at: saidAt.toISOString(), officer, channel },
    ...(by === undefined ? {} : { by }),
  };
}

function watchDocument(watch: CardWatch): z.infer<typeof companySchema>['watch'] {
  const { state } = watch;
  return {
    state,
    ...('by' in watch ? { by: watch.by } : {}),
    ...('atMs' in watch ? { at: new Date(watch.atMs).toISOString(), signed: watch.isSigned } : {}),
    ...('sinceMs' in watch ? { since: new Date(watch.sinceMs).toISOString() } : {}),
    ...('reason' in watch ? { reason: watch.reason } : {}),
    ...(state === 'unknown' ? { early: watch.isEarly } : {}),
    ...(isPerhapsRecalled(watch) ? { perhapsRecalled: true } : {}),
  };
}

function companyDocument({
  issuer,
  lists,
  watch,
  waiver,
  isWaiverAboutThis,
  exception,
}: FoundCompany): z.infer<typeof companySchema> {
  return {
    ...{
      issuer,
      lists: lists.map(({ isRecallProposed, recall, ...list }) => ({
        ...list,
        recallProposed: isRecallProposed,
        ...(recall === undefined ? {} : { recall }),
      })),
      ...{ watch: watchDocument(watch), waiverAboutThisCard: isWaiverAboutThis },
    },
    waiver: waiver?.told.subject === 'waiver' ? waiver.told.outcome : 'not-requested',
    ...(waiver?.terms === undefined ? {} : { terms: waiver.terms }),
    ...(watch.state === 'recalled' ? { notApplicable: watch.state } : {}),
    ...(exception === undefined ? {} : { exception: exceptionDocument(exception) }),
  };
}
