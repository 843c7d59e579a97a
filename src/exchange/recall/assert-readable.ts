import { RecallFault } from '../../domain/recalls/errors.ts';
import type { PlannedBatch } from '../../domain/handoff/plan.ts';
import { namingOf } from '../../domain/recipients/file-naming.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { RoutedRecipient } from '../handoff/card-process.ts';
import { profileDigest } from '../handoff/compose-plan.ts';
import type { ChosenRecall } from './choose-recalled.ts';

/**
 * Checks that a recipient can tell a recall from a list, and which cards it names. A name that was agreed for lists would
 * make it look like one. Cards are named by the record references of the recalled file: where that had none, only the whole
 * file can be recalled.
 *
 * Throws RecallFault `recall-unmarked`, `recall-unreadable`.
 */
export function assertReadable(
  { batch, cards }: ChosenRecall,
  sent: PlannedBatch | undefined,
  recipient: Recipient,
  { profile }: RoutedRecipient,
): void {
  const [endpoint] = recipient.endpoints;
  if (endpoint !== undefined && namingOf(endpoint) !== undefined) {
    throw new RecallFault('recall-unmarked', { recipient: recipient.id });
  }
  if (cards === batch.cards) return;
  // Another profile of now says nothing of a file of then.
  const isSame = sent?.profileSha256 === profileDigest(profile);
  if (isSame && profile.columns.some(({ field }) => field === 'record_reference')) return;
  throw new RecallFault('recall-unreadable', {
    ...{ batch: batch.id, recipient: recipient.id, profile: sent?.profile ?? profile.id },
  });
}
