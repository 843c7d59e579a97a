import { byUrgency, isOwed } from '../../../domain/incident/compute-clocks.ts';
import type { IncidentClocks, MerchantClocks } from '../../../exchange/incident/incident-clocks.ts';
import { hang } from '../layout.ts';
import { table } from '../table.ts';
import type { Cell } from '../table.ts';
import type { View } from '../view.ts';
import { clockWords as en } from '../words/en/clocks.ts';
import { clockWords as ja } from '../words/ja/clocks.ts';
import { clockStyles, dueText, momentText, progressText } from './clock-texts.ts';

const words = { en, ja };

/** As many as other screens show of merchants. */
const merchantsShown = 60;

/** What merchants owe for themselves, a line for each clock that started, what presses most in front; none is no line. */
export function merchantClockLines(computed: IncidentClocks, view: View): string[] {
  const { merchants = [] } = computed;
  if (merchants.length === 0) return [];
  const say = words[view.language];
  const shown = merchants
    .toSorted((one, other) => firstEnd(one) - firstEnd(other))
    .slice(0, merchantsShown);
  const more = merchants.length - shown.length;
  return [
    '',
    say.merchantsTitle,
    ...hang('  ', say.merchantsNote),
    ...table(
      [{}, {}, { min: 24 }, { overflow: 'wrap' }],
      shown.flatMap((own) => rowsOf(own, computed, view)),
      view,
      2,
    ),
    ...(more > 0 ? [`  ${say.moreMerchants(more)}`] : []),
  ];
}

function firstEnd({ clocks }: MerchantClocks): number {
  const ends = clocks.filter(isOwed).map(({ times }) => times?.dueMs ?? Infinity);
  return Math.min(...ends, Number.MAX_VALUE);
}

function rowsOf(
  { merchant, clocks, starts }: MerchantClocks,
  { at, incident }: IncidentClocks,
  view: View,
): Cell[][] {
  const say = words[view.language];
  const { time_zone: zone } = incident;
  const known = starts.map((start) => `${start.event} ${momentText(start.at, zone, view)}`);
  return byUrgency(clocks).map((clock, place): Cell[] => {
    const style = clockStyles[clock.state];
    const state = say.states[clock.state];
    const texts = [dueText(clock, view), progressText(clock, at, zone, view)];
    const from = place === 0 ? known : [];
    return [
      place === 0 ? merchant : '',
      style === undefined ? state : { text: state, style },
      say.names[clock.id],
      [...texts, ...from].filter(Boolean).join(' · '),
    ];
  });
}
