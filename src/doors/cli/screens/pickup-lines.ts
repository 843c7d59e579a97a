import type { AwaitedPickup } from '../../../exchange/pickup/awaited-pickups.ts';
import { hang } from '../layout.ts';
import type { View } from '../view.ts';
import { handoffWords as en } from '../words/en/handoff.ts';
import { handoffWords as ja } from '../words/ja/handoff.ts';
import { momentText } from './clock-texts.ts';

const words = { en, ja };

/** By when each batch that waits in a box is to be fetched, and what to do about one that was not. */
export function pickupLines(pickups: readonly AwaitedPickup[], view: View, zone: string): string[] {
  const say = words[view.language];
  return pickups.flatMap(({ batch: { id, recipient }, dueAt, isOverdue }) => {
    const at = momentText(dueAt, zone, view);
    return hang(
      `${id}  `,
      isOverdue ? say.pickupOverdue(recipient, at) : say.pickupDue(recipient, at),
    );
  });
}
