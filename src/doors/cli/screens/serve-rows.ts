import type {
  ServeDelivery,
  ServeFetch,
  ServeStatus,
} from '../../../exchange/serve/serve-status.ts';
import { faultPhrase } from '../fault-screen.ts';
import type { View } from '../view.ts';
import { serveWords as en } from '../words/en/serve.ts';
import { serveWords as ja } from '../words/ja/serve.ts';
import { momentText } from './clock-texts.ts';
import type { LabelledRow } from './labelled-lines.ts';
import type { NextStep } from './next-lines.ts';

const words = { en, ja };

/** Whether `serve` runs where it should, what keeps it from its work, and whose answers wait for their hours. */
export function serveRows(
  { isNeeded, isRunning, seenAt, troubles, fetches }: ServeStatus,
  timeZone: string,
  view: View,
): LabelledRow[] {
  const say = words[view.language];
  if (!isRunning) {
    if (!isNeeded) return [];
    const since = seenAt && momentText(seenAt, timeZone, view);
    return [[say.label, since === undefined ? say.runsNot : say.runsNotSince(since)]];
  }
  const waiting = fetches.filter(({ isWaiting }) => isWaiting);
  return [
    ...troubles.map(({ round, code }): LabelledRow => [
      say.label,
      say.trouble(say.round[round] ?? round, faultPhrase(code, {}, view)),
    ]),
    ...waiting.map((fetch): LabelledRow => [say.label, fetchText(fetch, timeZone, view)]),
  ];
}

function fetchText(
  { recipient, nextAt, problem }: ServeFetch,
  timeZone: string,
  view: View,
): string {
  const say = words[view.language];
  return nextAt === undefined
    ? say.fetchesNot(recipient, faultPhrase(problem!, {}, view))
    : say.fetchesAt(recipient, momentText(nextAt, timeZone, view));
}

export function serveSteps({ isNeeded, isRunning }: ServeStatus): NextStep[] {
  return isNeeded && !isRunning ? [{ command: 'mimamori serve' }] : [];
}

/** What `serve` will do about a batch, as the end of its row; empty where that is nothing. */
export function deliveryText(
  { deliveries }: ServeStatus,
  batch: string,
  zone: { readonly now: Date; readonly timeZone: string },
  view: View,
): string {
  const found = deliveries.find((each) => each.batch === batch);
  return found === undefined ? '' : ` · ${plannedText(found, zone, view)}`;
}

function plannedText(
  { dueAt, problem }: ServeDelivery,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
  view: View,
): string {
  const say = words[view.language];
  if (dueAt === undefined) {
    return problem === 'plan-expired' ? say.planEnds : say.notBy(faultPhrase(problem!, {}, view));
  }
  return dueAt <= now ? say.dueNow : say.dueAt(momentText(dueAt, timeZone, view));
}
