import type { ExposureWindow, Incident } from '../../domain/incident/incident.ts';
import type { LetterFacts } from '../../domain/waivers/letter-template.ts';
import type { BatchRow } from '../handoff/handoff-register.ts';
import { leftAt } from '../responses/answer-time.ts';
import type { Annex } from './write-annex.ts';

/** How facts are said in one language. */
export interface LetterWords {
  /** In place of what nobody told. */
  readonly blank: string;
  /** First line of a letter of a drill. */
  readonly drill: string;
  readonly count: (n: number) => string;
  readonly day: (at: Date) => string;
  readonly window: (window: LetterWindow) => string;
  readonly brand: (brandIndex: number, cards: number) => string;
  readonly list: (list: { batch: string; recipient: string; at: Date }) => string;
  /** Between names, and for those that are left out. */
  readonly separator: string;
  readonly more: (n: number) => string;
}

/** When payments are concerned. Its name is ours, and says nothing to a card company. */
export interface LetterWindow extends Pick<ExposureWindow, 'from' | 'to'> {
  /** '' for all of them, here and below. */
  readonly channels: string;
  readonly merchants: string;
  readonly isListedOnly: boolean;
}

/** What a letter is made of, apart from words. */
export interface LetterSources {
  readonly incident: Incident;
  /** Whom it is to: the card company, or the recipient with cards of which nobody knows theirs; '' for neither. */
  readonly issuer: string;
  readonly organisation: string;
  readonly contact: string | undefined;
  readonly officer: string;
  readonly at: Date;
  readonly lists: readonly BatchRow[];
  /** What recipients are called; one without a name goes by its id. */
  readonly recipientNames: ReadonlyMap<string, string>;
  readonly annex: Annex;
  /** Cards reissued before, for which the fee was asked back. */
  readonly refundAsked: number;
  readonly requestedTerms: string | undefined;
}

/** Lists in a letter are cut off here, and it says how many more there are. */
const itemsMax = 40;

/** Nothing is made up: what is not known is not among them. */
export function letterFacts(sources: LetterSources, say: LetterWords): LetterFacts {
  const { incident, issuer, lists, annex, contact, requestedTerms } = sources;
  const merchants = incident.merchants?.map(({ name }) => name) ?? [incident.merchant ?? ''];
  const brands = [...annex.brands].map(([index, cards]) => say.brand(index, cards));
  const sent = lists.map((list) =>
    say.list({
      batch: list.id,
      recipient: sources.recipientNames.get(list.recipient) ?? list.recipient,
      at: leftAt(list),
    }),
  );
  const facts = {
    ...{ date: say.day(sources.at), organisation: sources.organisation, contact },
    ...{ officer: sources.officer, incident: incident.id, case_number: incident.case_number },
    ...{ public_name: incident.public_name, merchant: some(merchants, say, say.separator) },
    discovered: say.day(new Date(incident.discovered_at)),
    windows: some(
      incident.windows.map((each) => say.window(windowOf(each, incident, say))),
      say,
    ),
    ...{ issuer, cards: say.count(annex.rows), brands: some(brands, say), lists: some(sent, say) },
    ...{ refund_asked: say.count(sources.refundAsked), requested_terms: requestedTerms },
    ...{ annex: annex.name, annex_rows: say.count(annex.rows), annex_sha256: annex.sha256 },
  };
  return Object.fromEntries(
    Object.entries(facts).filter(([, fact]) => fact !== undefined && fact !== ''),
  );
}

function windowOf(
  { from, to, channels = [], merchants = [], listed_only: isListedOnly }: ExposureWindow,
  incident: Incident,
  say: LetterWords,
): LetterWindow {
  const names = new Map(incident.merchants?.map(({ id, name }) => [id, name]));
  const named = merchants.map((id) => names.get(id) ?? id);
  return {
    ...{ from, to, isListedOnly, channels: some(channels, say, say.separator) },
    merchants: some(named, say, say.separator),
  };
}

/** The first ones, a line each unless there is a separator. */
function some(items: readonly string[], say: LetterWords, separator = '\n'): string {
  const rest = items.length - itemsMax;
  return [...items.slice(0, itemsMax), ...(rest > 0 ? [say.more(rest)] : [])].join(separator);
}
