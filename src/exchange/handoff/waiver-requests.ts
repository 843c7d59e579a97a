import { FormatsFault } from '../../domain/formats/errors.ts';
import { saysOfBatch } from '../../domain/formats/says-of-batch.ts';
import type { PrepareResult, RoutedRecipient } from './card-process.ts';

/** Ids of batches that ask for a waiver; left out where none does. */
export function waiverRequests({ batches }: Pick<PrepareResult, 'batches'>): {
  readonly requestsWaiver?: string[];
} {
  const asking = batches.flatMap(({ batch, requestsWaiver }) => (requestsWaiver ? [batch] : []));
  return asking.length === 0 ? {} : { requestsWaiver: asking };
}

/** Throws `waiver-unsaid` where no file could ask for it. */
export function assertSaysWaiver(recipients: readonly Pick<RoutedRecipient, 'profile'>[]): void {
  if (recipients.some(({ profile }) => saysOfBatch(profile, 'waiver_request'))) return;
  const profiles = [...new Set(recipients.map(({ profile }) => profile.id))];
  throw new FormatsFault('waiver-unsaid', { profiles });
}
