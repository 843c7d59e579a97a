import type { Arrival, RefusedArrival } from '../../../exchange/arrivals/arrival-book.ts';
import type { SettledArrival } from '../../../exchange/arrivals/settle-arrival.ts';
import type { TakenIn } from '../../../exchange/arrivals/take-in-arrival.ts';
import type { ArrivalsStatus } from '../../../exchange/status/arrivals-status.ts';
import { hang } from '../layout.ts';
import { arrivalFile } from '../outputs/arrivals.ts';
import type { CollectedNow } from '../outputs/arrivals.ts';
import { zoneOf } from '../view.ts';
import type { View } from '../view.ts';
import { arrivalWords as en } from '../words/en/arrivals.ts';
import { arrivalWords as ja } from '../words/ja/arrivals.ts';
import { broughtWords as broughtEn } from '../words/en/brought.ts';
import { broughtWords as broughtJa } from '../words/ja/brought.ts';
import { momentText } from './clock-texts.ts';
import { nextLines } from './next-lines.ts';
import type { NextStep } from './next-lines.ts';

const words = { en, ja };
const broughtWords = { en: broughtEn, ja: broughtJa };

/** So many next steps are named. */
const stepsMax = 3;

/** `response collect`. */
export function collectScreen({ taken, waiting, closed }: CollectedNow, view: View): string[] {
  const say = words[view.language];
  const outside = closed.flatMap(({ recipient: { id }, opensAt }) =>
    hang(
      '',
      opensAt === undefined
        ? say.outsideUnknown(id)
        : say.outside(id, momentText(opensAt, zoneOf(view), view)),
    ),
  );
  if (taken.length + waiting.length === 0) return [...hang('', say.nothing), ...outside];
  const collected = taken.filter(({ became }) => became === 'collected');
  const batches = [...new Set(collected.flatMap(({ batch }) => batch ?? []))];
  const steps: NextStep[] = [
    ...batches.slice(0, stepsMax).map((batch) => ({ command: say.show(batch) })),
    ...(taken.some(({ became }) => became === 'quarantined')
      ? [{ command: say.list, label: say.listLabel }]
      : []),
  ];
  return [
    ...hang('', say.took(collected.length)),
    ...taken.flatMap((each) => hang(`  ${each.arrival}  `, takenText(each, view))),
    ...waiting.flatMap(({ arrival, code }) => hang(`  ${arrival}  `, say.waits(code))),
    ...outside,
    ...(steps.length === 0 ? [] : ['', ...nextLines(steps, view)]),
  ];
}

function takenText(
  { recipient, name, became, batch = '', code = '' }: TakenIn,
  view: View,
): string {
  const say = words[view.language];
  if (became === 'quarantined') return say.quarantined(recipient, name, code);
  return say[became](batch, recipient);
}

/** What of it stands in `response list`; nothing where nothing was put aside. */
export function asideBlocks(
  quarantined: readonly Arrival[],
  refused: readonly RefusedArrival[],
  view: View,
): string[][] {
  const say = words[view.language];
  const zone = zoneOf(view);
  const aside = quarantined.flatMap(({ id, arrivedAt, recipient, name, code = '' }) => [
    ...hang(`  ${id}  `, say.row(momentText(arrivedAt, zone, view), recipient, name, code)),
    ...hang(' '.repeat(12), say.file(arrivalFile(id))),
  ]);
  const notTaken = refused.flatMap(({ id, refusedAt, recipient, name, code }) =>
    hang(`  ${id}  `, say.row(momentText(refusedAt, zone, view), recipient, name, code)),
  );
  const [first] = quarantined;
  const id = first?.id ?? refused[0]?.id;
  if (id === undefined) return [];
  const steps = [
    ...(first === undefined
      ? []
      : [{ command: say.import(arrivalFile(first.id)), label: say.importLabel }]),
    { command: say.settle(id), label: say.settleLabel },
  ];
  return [
    ...(aside.length === 0 ? [] : [[say.asideTitle, ...aside]]),
    ...(notTaken.length === 0 ? [] : [[say.notTakenTitle, ...notTaken]]),
    nextLines(steps, view),
  ];
}

/** After `response settle` of a file that was put aside. */
export function arrivalSettleScreen(
  { id, recipient, wasHere }: SettledArrival,
  view: View,
): string[] {
  const say = words[view.language];
  return hang('', wasHere ? say.removed(id, recipient) : say.noted(id, recipient));
}

/** One line of `status` a recipient: what was put aside. */
export function asideTexts({ aside }: ArrivalsStatus, view: View): string[] {
  const say = words[view.language];
  return aside.map(({ recipient, files, codes }) => say.aside(recipient, files, codes.join(', ')));
}

/** One line of `status` a box: sources that lie here. */
export function broughtTexts({ sources }: ArrivalsStatus, view: View): string[] {
  const say = broughtWords[view.language];
  return sources.map(({ box, files }) => say.waiting(box, files));
}

/** What was brought and is not read yet; '' for nothing. */
export function unreadText({ waiting }: ArrivalsStatus, view: View): string {
  return waiting === 0 ? '' : words[view.language].waitingFiles(waiting);
}

/** What to do about it, for `status`. */
export function arrivalSteps({ waiting, sources, aside }: ArrivalsStatus, view: View): NextStep[] {
  const say = words[view.language];
  return [
    ...(sources.length === 0 ? [] : [{ command: broughtWords[view.language].list }]),
    ...(aside.length === 0 ? [] : [{ command: say.list }]),
    ...(waiting === 0 ? [] : [{ command: say.collect }]),
  ];
}
