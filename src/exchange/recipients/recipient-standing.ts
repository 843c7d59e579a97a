import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { Profiles } from '../configuration/profiles.ts';
import type { RecipientTestRow, RecipientTests } from './recipient-tests.ts';
import { combinationNow } from './tested-combination.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** Whether live files may go to a recipient as it is configured now, and the test that says so, or the newest. */
export interface RecipientStanding {
  readonly isTested: boolean;
  readonly test: RecipientTestRow | undefined;
}

/** Throws `profile-unknown`. */
export async function recipientStanding(
  ports: {
    readonly profiles: Profiles;
    readonly recipientTests: RecipientTests;
    readonly facts: WorkspaceFacts;
    readonly ownKeys: Pick<OwnKeys, 'list'>;
  },
  recipient: Recipient,
): Promise<RecipientStanding> {
  const profile = await ports.profiles.get(recipient.profile);
  const combination = await combinationNow(ports, recipient, profile);
  const passed = await ports.recipientTests.passed(recipient.id, combination);
  if (passed !== undefined) return { isTested: true, test: passed };
  return { isTested: false, test: await ports.recipientTests.latest(recipient.id) };
}
