import { brands } from '../../domain/cards/brands.ts';
import { CARD_ROW_BYTES, readCardRow } from '../../domain/handoff/card-page.ts';
import type { CardSaying } from '../../domain/responses/card-answer-states.ts';
import type { CardRow, StandingCards } from '../../domain/responses/standing-cards.ts';
import type { Clock } from '../workspace/clock.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { BatchRow, HandoffRegister } from '../handoff/handoff-register.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';
import { answeredCards } from './answered-cards.ts';
import type { AnsweredCards } from './answered-cards.ts';
import type { CardAnswerRow, CardAnswers, RefusedAnswer } from './card-answers.ts';

/** Cards that came back as not theirs, of one brand and issuer, and who could be asked instead. */
export interface OtherRoute {
  readonly brand: string;
  /** '' when the issuer table did not know it. */
  readonly issuer: string;
  readonly cards: number;
  /** Recipients in use that the incident names for something else; none where it names no other. */
  readonly recipients: readonly string[];
}

/** What is known of the answers about one batch of cards. */
export interface ShownCardAnswer {
  readonly batch: BatchRow;
  readonly answers: readonly CardAnswerRow[];
  readonly refused: readonly RefusedAnswer[];
  readonly answered: AnsweredCards;
  /** Cards of which something else was said than of most, the first: returned ones, then others, each by reference. */
  readonly named: readonly { readonly record: number; readonly saying: CardSaying }[];
  readonly routes: readonly OtherRoute[];
}

const namedShown = 1_000;

/** Throws `batch-unknown`. */
export async function showCardAnswer(
  ports: {
    readonly configuration: Configuration;
    readonly handoffs: Pick<HandoffRegister, 'batch' | 'cardPages'>;
    readonly incidents: Pick<IncidentRegister, 'get'>;
    readonly cardAnswers: CardAnswers;
    readonly clock: Clock;
  },
  id: string,
): Promise<ShownCardAnswer> {
  const { configuration, handoffs, cardAnswers, clock } = ports;
  const batch = await handoffs.batch(id);
  const { recipients } = await configuration.load();
  const { cards } = await cardAnswers.standing(id, batch.cards);
  const [answered] = await answeredCards(cardAnswers, [batch], recipients, clock.now());
  const enabled = recipients.filter(({ state }) => state === 'enabled').map((each) => each.id);
  return {
    ...{ batch, answered: answered! },
    answers: await cardAnswers.list(id),
    refused: await cardAnswers.refused(id),
    named: namedFirst(cards.own),
    routes: answered!.isPurged ? [] : await otherRoutes(ports, batch, cards.own, enabled),
  };
}

/** An answer may name every card: what came back has to be dealt with, and is shown before what is well. */
function namedFirst(own: StandingCards['own']): ShownCardAnswer['named'] {
  const [back, others]: [CardRow[], CardRow[]] = [[], []];
  for (const row of own.rows()) {
    const some = row.saying.state === 'returned' ? back : others;
    if (some.length < namedShown) some.push(row);
    else if (some === back) break;
  }
  return [...back, ...others].slice(0, namedShown);
}

function isStray(saying: CardSaying | undefined): boolean {
  return saying?.state === 'returned' && saying.reason === 'not-our-card';
}

/** Where cards that are not theirs could go: to whom the incident hands its other cards. */
async function otherRoutes(
  { incidents, handoffs }: Parameters<typeof showCardAnswer>[0],
  batch: BatchRow,
  own: StandingCards['own'],
  enabled: readonly string[],
): Promise<readonly OtherRoute[]> {
  if (![...own.counts()].some(({ saying }) => isStray(saying))) return [];
  const { incident } = await incidents.get(batch.incident);
  const { default_recipient: standard, routes } = incident;
  const named = [...routes.map(({ recipient }) => recipient), ...(standard ? [standard] : [])];
  const recipients = [...new Set(named)].filter(
    (id) => id !== batch.recipient && enabled.includes(id),
  );
  const counts = new Map<string, OtherRoute>();
  for await (const { first, rows } of handoffs.cardPages(batch.id)) {
    for (let at = 0; at < rows.length / CARD_ROW_BYTES; at += 1) {
      if (!isStray(own.get(batch.firstReference + first + at))) continue;
      const { brandIndex, issuerIndex } = readCardRow(rows, at);
      const brand = brands[brandIndex]?.id ?? 'unknown';
      const issuer = batch.issuers[issuerIndex]?.issuer ?? '';
      const key = JSON.stringify([brand, issuer]);
      const cards = (counts.get(key)?.cards ?? 0) + 1;
      counts.set(key, { brand, issuer, cards, recipients });
    }
  }
  return [...counts.values()].sort((one, other) => other.cards - one.cards);
}
