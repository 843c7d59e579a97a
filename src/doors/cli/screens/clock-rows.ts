import type { OwedClock } from '../../../exchange/incident/incident-clocks.ts';
import type { View } from '../view.ts';
import { clockWords as en } from '../words/en/clocks.ts';
import { clockWords as ja } from '../words/ja/clocks.ts';
import { dueText, progressText } from './clock-texts.ts';
import type { LabelledRow } from './labelled-lines.ts';

const words = { en, ja };

/** The next time limit of each incident, and how many more of its clocks run or are late. */
export function clockRows(owed: readonly OwedClock[], now: Date, view: View): LabelledRow[] {
  const say = words[view.language];
  const incidents = [...new Set(owed.map(({ incident }) => incident))];
  return incidents.map((incident): LabelledRow => {
    const own = owed.filter((entry) => entry.incident === incident);
    const [next, ...rest] = own.map(({ clock }) => clock);
    const whose = own[0]!.merchant;
    const { timeZone } = next!.times;
    const due = [dueText(next!, view), progressText(next!, now, timeZone, view)];
    const late = rest.filter(({ state }) => state === 'overdue').length;
    const more = rest.length === 0 ? [] : [say.more(rest.length)];
    const text = say.statusText(
      whose === undefined ? incident : `${incident} ${whose}`,
      say.names[next!.id],
      say.states[next!.state],
      due.filter(Boolean).join(' · '),
    );
    return [
      say.statusLabel,
      [text, ...more, ...(late > 0 ? [say.overdue(late)] : []), say.confirm].join(' · '),
    ];
  });
}
