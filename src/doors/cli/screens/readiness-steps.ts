import type { OpenItem } from '../../../domain/readiness/readiness.ts';
import type { View } from '../view.ts';
import { issuerWord, showForeign } from '../foreign-text.ts';
import { dayText } from './clock-texts.ts';
import { openText as unresolvedText } from './responses-screen.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { readinessWords as en } from '../words/en/readiness.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { readinessWords as ja } from '../words/ja/readiness.ts';

const words = { en: { ...commonEn, ...en }, ja: { ...commonJa, ...ja } };

/** What is open, in words. */
export function openText(item: OpenItem, view: View): string {
  const say = words[view.language];
  const { items } = say;
  switch (item.item) {
    case 'handoff-undecided':
      return items[item.item](item.handoff);
    case 'records-held':
      return items[item.item](item.handoff, item.records);
    case 'cards-uncovered':
      return items[item.item](item.handoff, item.cards);
    case 'recall-proposed':
      return items[item.item](item.batch);
    case 'references-unresolved':
      return items[item.item](item.recipient, item.batch, unresolvedText(item, view));
    case 'list-unsent':
      return items[item.item](item.recipient, item.batch, say.batchState[item.state]);
    case 'list-unconfirmed':
      return items[item.item](item.recipient, item.batch);
    case 'cards-returned':
      return items[item.item](item.recipient, item.batch, item.cards);
    case 'answer-disputed':
      return items[item.item](item.recipient, item.batch);
    case 'too-early':
      return items[item.item](dayText(item.day, view));
    case 'no-list':
    case 'to-read':
    case 'desk-unbriefed':
    case 'desk-stale':
      return items[item.item];
    case 'monitoring-untold':
    case 'monitoring-ahead':
    case 'monitoring-stale':
    case 'waiver-unrequested':
    case 'waiver-unanswered':
    case 'waiver-disputed':
    case 'publication-untold':
      return `${whose(item, view)}: ${items[item.item]}${partlyText(item, view)}`;
  }
}

function partlyText({ partly }: Extract<OpenItem, { issuers: unknown }>, view: View): string {
  return partly === undefined ? '' : words[view.language].partly(partly.cards, partly.of);
}

function whose(
  { recipient, issuers, isWhole }: Extract<OpenItem, { issuers: unknown }>,
  view: View,
): string {
  const say = words[view.language];
  if (isWhole && issuers.length > 1) return `${recipient} · ${say.all(issuers.length)}`;
  const named = issuers.map((issuer) => (issuer === '' ? say.unknownIssuer : showForeign(issuer)));
  return `${recipient} · ${say.enumerated(named)}`;
}

/** What to type about an open item; undefined where only waiting helps. */
export function openStep(item: OpenItem, incident: string, view: View): string | undefined {
  const { name, time, why } = words[view.language].placeholders;
  switch (item.item) {
    case 'no-list':
    case 'to-read':
    case 'cards-uncovered':
      return `mimamori handoff prepare --incident ${incident} --source FILE --as ID`;
    case 'handoff-undecided':
    case 'list-unsent':
      return `mimamori handoff show ${item.handoff}`;
    case 'records-held':
      return `mimamori handoff held ${item.handoff}`;
    case 'recall-proposed':
      return `mimamori handoff recall --incident ${incident} --batch ${item.batch} --as ID --reason "${why}"`;
    case 'references-unresolved':
    case 'cards-returned':
      return `mimamori response show ${item.batch}`;
    case 'answer-disputed':
      return 'mimamori response list';
    case 'list-unconfirmed':
      return `mimamori handoff record ${item.batch} --rung received --channel phone --by "${name}" --at "${time}" --as ID`;
    case 'desk-unbriefed':
    case 'desk-stale':
      return `mimamori incident told ${incident} desk --as DESK`;
    case 'monitoring-ahead':
    case 'too-early':
      return undefined;
    case 'monitoring-untold':
    case 'monitoring-stale':
    case 'waiver-unrequested':
    case 'waiver-unanswered':
    case 'waiver-disputed':
    case 'publication-untold':
      return toldStep(item, incident, view);
  }
}

function toldStep(
  item: Extract<OpenItem, { issuers: unknown }>,
  incident: string,
  view: View,
): string {
  const { name, time, day } = words[view.language].placeholders;
  const what = {
    'monitoring-untold': `monitoring --since "${time}"`,
    'monitoring-ahead': `monitoring --since "${time}"`,
    'monitoring-stale': `monitoring --since "${time}"`,
    'waiver-unrequested': 'waiver --state requested',
    'waiver-unanswered': 'waiver --state granted',
    'waiver-disputed': 'waiver --state granted',
    'publication-untold': `publication --not-before ${day}`,
  }[item.item];
  const [first = ''] = item.issuers;
  const party = item.isWhole ? `--recipient ${item.recipient}` : `--issuer ${issuerWord(first)}`;
  const isReplacing = item.item === 'waiver-disputed' || item.item === 'monitoring-stale';
  const reason = isReplacing ? ` --reason "${words[view.language].placeholders.why}"` : '';
  return `mimamori incident told ${incident} ${what} ${party} --by "${name}" --channel phone --as ID${reason}`;
}
