import { parseEmergency } from '../../../domain/handoff/emergency.ts';
import type { Emergency } from '../../../exchange/delivery/emergencies.ts';
import { paint } from '../colour.ts';
import { durationIn } from '../figures.ts';
import { showForeign } from '../foreign-text.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { emergencyWords as en } from '../words/en/emergency.ts';
import { emergencyWords as ja } from '../words/ja/emergency.ts';
import type { LabelledRow } from './labelled-lines.ts';
import type { NextStep } from './next-lines.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };

/** That one person sent a handoff, until when the second signature is due, or when the emergency ended. */
export function emergencyLines(
  emergency: Emergency | undefined,
  view: View,
  zone: string,
): string[] {
  if (emergency === undefined) return [];
  const say = words[view.language];
  const { officer, declaredAt, dueAt, closedAt, isOverdue } = emergency;
  const at = momentText(declaredAt, zone, view);
  if (closedAt !== undefined) {
    const ended = isOverdue ? say.closedLate : say.closed;
    return [
      ...hang('', ended(officer, at, momentText(closedAt, zone, view))),
      ...reasonLines(emergency, view),
    ];
  }
  const text = (isOverdue ? say.overdue : say.open)(officer, at, momentText(dueAt, zone, view));
  return [
    ...hang(`${paint(say.onePerson, 'warn', view)}  `, text),
    ...reasonLines(emergency, view),
  ];
}

function reasonLines({ statement }: Emergency, view: View): string[] {
  return hang(`${words[view.language].reason}  `, showForeign(parseEmergency(statement).reason));
}

/** Rows of `status`, with what is left of the 24 hours. */
export function emergencyRows(
  emergencies: readonly Emergency[],
  now: Date,
  view: View,
): LabelledRow[] {
  const say = words[view.language];
  return emergencies.map(({ handoff, officer, dueAt, isOverdue }) => {
    const span = durationIn(Math.abs(dueAt.getTime() - now.getTime()), view.language);
    return [say.onePerson, (isOverdue ? say.late : say.left)(handoff, officer, span)];
  });
}

/** Who has to do what about an open emergency. */
export function emergencySteps(emergency: Emergency | undefined, view: View): NextStep[] {
  if (emergency === undefined || emergency.closedAt !== undefined) return [];
  const say = words[view.language];
  return [{ command: say.approve(emergency.handoff), label: say.approveLabel }];
}
