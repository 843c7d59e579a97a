import { brands } from '../../../domain/cards/brands.ts';
import { isPerhapsRecalled } from '../../../domain/readiness/card-watch.ts';
import type { CardWatch } from '../../../domain/readiness/card-watch.ts';
import type { WaiverState } from '../../../domain/readiness/statements.ts';
import type {
  FoundCompany,
  LookUpAnswer,
  LookUpHit,
} from '../../../exchange/lookup/look-up-answer.ts';
import { paint } from '../colour.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { lookupWords as en } from '../words/en/lookup.ts';
import { readinessWords as readinessEn } from '../words/en/readiness.ts';
import { reasonWords as reasonsEn } from '../words/en/reasons.ts';
import { recordWords as recordEn } from '../words/en/record.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { lookupWords as ja } from '../words/ja/lookup.ts';
import { readinessWords as readinessJa } from '../words/ja/readiness.ts';
import { reasonWords as reasonsJa } from '../words/ja/reasons.ts';
import { recordWords as recordJa } from '../words/ja/record.ts';
import { labelledLines } from './labelled-lines.ts';
import { issuerName } from './readiness-sources.ts';
import { brandName } from './review-screen.ts';
import { watchText } from './watch-text.ts';

const words = {
  en: { ...commonEn, ...recordEn, ...en, reasons: reasonsEn, states: readinessEn.waiver },
  ja: { ...commonJa, ...recordJa, ...ja, reasons: reasonsJa, states: readinessJa.waiver },
};

/**
 * What is known of a caller's card or order, and what may be read out to them. A caller is never told that they are not
 * affected: nobody can know that from a list.
 */
export function lookupScreen(answer: LookUpAnswer, view: View): string[] {
  const say = words[view.language];
  const { hits, incidents, purged, skipped, by, asksFor } = answer;
  const gone = [
    ...(purged.length === 0 ? [] : hang('', say.purged(purged.join(', ')))),
    ...(skipped.length === 0 ? [] : hang('', say.skipped(skipped.join(', ')))),
  ];
  if (incidents.length === 0) return [...hang('', say.noIncident), ...gone];
  if (asksFor !== undefined) {
    const several = by === 'order' ? say.severalOfOrder[asksFor] : say.severalCards;
    const question = by === 'order' ? say.say.whichOf[asksFor] : say.say.whichCard;
    return [...hang('', paint(several, 'warn', view)), ...gone, '', ...readOut([question], view)];
  }
  if (hits.length === 0) {
    return [
      ...hang('', paint(say.notFound(incidents.length), 'warn', view)),
      ...gone,
      '',
      ...readOut([say.say.notFound, say.say.other], view),
    ];
  }
  const where = new Set(hits.map(({ incident }) => incident.id)).size;
  const headline = by === 'card-number' ? say.found : say.foundRecords;
  return [
    ...hang('', paint(headline(hits.length, where), 'strong', view)),
    ...gone,
    ...(by === 'person' ? hang('', paint(say.compare, 'warn', view)) : []),
    ...hits.flatMap((hit) => ['', ...hitLines(hit, view), '', ...readOut(saidOf(hit, view), view)]),
  ];
}

function hitLines(hit: LookUpHit, view: View): string[] {
  const say = words[view.language];
  const { incident, merchant, card } = hit;
  const shop = incident.merchants?.find(({ id }) => id === merchant);
  return labelledLines(
    [
      [say.incident, `${incident.id} · ${showForeign(incident.public_name)}`],
      [say.merchant, shop === undefined ? '' : showForeign(shop.public_name ?? shop.name)],
      [say.card, cardText(hit, view)],
      ...exposures(hit).map(
        ({ name, span }) =>
          [
            say.exposed,
            span === undefined ? name : `${name}: ${say.span(span.from, span.to)}`,
          ] as const,
      ),
      ...(card === undefined
        ? [[say.issuer, hit.reason === undefined ? noCompany(hit, view) : ''] as const]
        : companyRows(hit, card, view)),
    ],
    view,
  );
}

function noCompany({ isUnlisted }: LookUpHit, view: View): string {
  const say = words[view.language];
  return isUnlisted === true ? say.unlisted : say.askNumber;
}

function cardText({ brandIndex, lastFour, reason }: LookUpHit, view: View): string {
  const say = words[view.language];
  if (reason !== undefined) return say.noCard(say.reasons[reason]);
  const brand = brandName(brands[brandIndex]?.id ?? 'unknown', view.language);
  return lastFour === '' ? say.unknownEnding(brand) : say.ending(brand, lastFour);
}

function companyRows(
  { incident }: LookUpHit,
  { issuer, lists, watch, isWaiverAboutThis, waiver, exception }: FoundCompany,
  view: View,
): (readonly [string, string])[] {
  const say = words[view.language];
  const state = waiverOf({ waiver });
  return [
    [say.issuer, issuerName(issuer, view)],
    ...lists.map(
      ({ batch, recipient, state: sent, isRecallProposed, recall }) =>
        [
          say.lists,
          [
            ...[batch, recipient, say.batchState[sent]],
            ...(isRecallProposed ? [say.recall] : []),
            ...(recall === undefined ? [] : [say.recalls[recall]]),
          ].join(' · '),
        ] as const,
    ),
    [say.monitoring, watchText(watch, incident.time_zone, view)],
    [say.waiver, say.states[state ?? 'not-requested']],
    [say.waiver, waiver?.terms === undefined ? '' : say.terms(showForeign(waiver.terms))],
    [say.waiver, exception === undefined ? '' : say.exception[exception.exception]],
    ['', holdsNot(watch, isWaiverAboutThis || waiver === undefined, view)],
  ];
}

/** Why what was said of the fee does not hold for this card, or may not; '' where it does. */
function holdsNot({ state }: CardWatch, isAboutThis: boolean, view: View): string {
  const { beforeList, notApplicable } = words[view.language];
  if (state === 'recalled') return notApplicable;
  return isAboutThis ? '' : beforeList;
}

function waiverOf({ waiver }: Pick<FoundCompany, 'waiver'>): WaiverState | undefined {
  return waiver?.told.subject === 'waiver' ? waiver.told.outcome : undefined;
}

interface Exposure {
  readonly name: string;
  readonly span: { readonly from: string; readonly to: string } | undefined;
}

/**
 * The windows by name, with their times where those are sure: not after an amendment, and not where merchants have times of
 * their own under one name and nobody knows which one it was.
 */
function exposures({ incident, windows, merchant, isUnamended }: LookUpHit): readonly Exposure[] {
  return windows.map((name) => {
    const tables = incident.windows.filter(
      (window) =>
        window.name === name && (merchant === '' || (window.merchants?.includes(merchant) ?? true)),
    );
    const [span, ...others] = tables;
    return { name, span: isUnamended && others.length === 0 ? span : undefined };
  });
}

function saidOf(hit: LookUpHit, view: View): string[] {
  const { say } = words[view.language];
  const { incident, card, reason } = hit;
  const name = showForeign(incident.public_name);
  if (reason !== undefined) {
    return [say.orderFound(name), say.unusable, say.check, say.toCompany(name)];
  }
  const state = card?.watch.state ?? 'unknown';
  if (state === 'recalled') return [say.recalled(name), say.unwatched, say.check, say.waiver.none];
  const [first, ...others] = exposures(hit);
  const span = others.length === 0 ? first?.span : undefined;
  const exception = card?.exception?.exception;
  return [
    span === undefined ? say.affectedAt(name) : say.affected(name, span.from, span.to),
    state === 'unknown' ? say.unwatched : say[state],
    say.check,
    exception === undefined ? say.waiver[saidOfWaiver(card)] : say.exception[exception],
    // Whose card was replaced already needs no other one.
    ...(exception === undefined || exception === 'not-waived' ? [say.toCompany(name)] : []),
  ];
}

/** Free is only what the card company has said is free; of a card that came back, or may be recalled, it has said nothing. */
function saidOfWaiver(
  card: FoundCompany | undefined,
): 'granted' | 'granted-with-terms' | 'declined' | 'disputed' | 'open' | 'none' {
  const isOff = card?.watch.state === 'returned' || (card && isPerhapsRecalled(card.watch));
  const isSaid = card?.isWaiverAboutThis === true && isOff !== true;
  const state = isSaid ? waiverOf(card) : undefined;
  switch (state) {
    case 'granted':
    case 'granted-with-terms':
    case 'declined':
    case 'disputed':
      return state;
    case undefined:
    case 'not-requested':
    case 'closed':
      return 'none';
    case 'requested':
    case 'no-answer':
      return 'open';
  }
}

function readOut(sentences: readonly string[], view: View): string[] {
  return [words[view.language].sayTitle, ...sentences.flatMap((text) => hang('  ', text))];
}
