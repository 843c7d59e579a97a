import type { Recipient } from '../domain/recipients/recipient.ts';
import { combinationDigest } from '../domain/recipients/recipient-test.ts';
import type { Profiles } from './profiles.ts';
import type { RecipientTestRow, RecipientTests } from './recipient-tests.ts';
import { testedOf } from './send-recipient-test.ts';

/** Whether live files may go to a recipient as it is configured now, and the test that says so, or the newest. */
export interface RecipientStanding {
  readonly isTested: boolean;
  readonly test: RecipientTestRow | undefined;
}

/** Throws `profile-unknown`. */
export async function recipientStanding(
  ports: { readonly profiles: Profiles; readonly recipientTests: RecipientTests },
  recipient: Recipient,
): Promise<RecipientStanding> {
  const profile = await ports.profiles.get(recipient.profile);
  const combination = combinationDigest(testedOf(recipient, profile));
  const passed = await ports.recipientTests.passed(recipient.id, combination);
  if (passed !== undefined) return { isTested: true, test: passed };
  return { isTested: false, test: await ports.recipientTests.latest(recipient.id) };
}
