import type { Officer } from '../../domain/workspace/officer.ts';
import { recordRefusal } from '../acts/record-refusal.ts';
import type { LogBook } from '../audit/log-book.ts';
import { assertConfigurationApproved } from '../configuration/assert-configuration-approved.ts';
import type { ConfigurationProofPorts } from '../configuration/assert-configuration-signed.ts';
import type { Configuration, LoadedConfiguration } from '../configuration/configuration.ts';
import type { Profiles } from '../configuration/profiles.ts';
import { DeliveryFault } from '../delivery/delivery-errors.ts';
import type { RoutedRecipient } from '../handoff/card-process.ts';
import { routedRecipient } from '../handoff/job-recipients.ts';
import type { Certificates } from '../keys/certificates.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { RecipientTests } from '../recipients/recipient-tests.ts';
import { enabledRecipient } from '../recipients/send-recipient-test.ts';
import { combinationNow } from '../recipients/tested-combination.ts';

export interface LetterRecipientPorts extends ConfigurationProofPorts {
  readonly origin: string;
  readonly configuration: Configuration;
  readonly certificates: Certificates;
  readonly profiles: Profiles;
  readonly recipientTests: Pick<RecipientTests, 'passed'>;
  readonly ownKeys: Pick<OwnKeys, 'list'>;
  readonly log: ConfigurationProofPorts['log'] & Pick<LogBook, 'append'>;
}

/**
 * A recipient for whom a letter may be sealed: what holds for cards holds for it. In a live workspace two officers approved
 * them, and they read back a test file; where they did not, the refusal is recorded.
 *
 * Throws `configuration-unapproved`, `config-id-unknown`, `usage` for a disabled one, `certificate-*`, `recipient-untested`.
 */
export async function letterRecipient(
  ports: LetterRecipientPorts,
  loaded: LoadedConfiguration,
  id: string,
  officer: Officer,
): Promise<RoutedRecipient> {
  await assertConfigurationApproved(ports, loaded);
  const recipient = enabledRecipient(loaded, id);
  const routed = await routedRecipient(ports, recipient);
  if (ports.facts.mode === 'drill') return routed;
  const combination = await combinationNow(ports, recipient, routed.profile);
  if ((await ports.recipientTests.passed(id, combination)) !== undefined) return routed;
  const fault = new DeliveryFault('recipient-untested', { recipient: id });
  const attempt = { actor: officer.id, asked: 'waiver-letter', object: `recipient:${id}` };
  await recordRefusal(ports, attempt, fault);
  throw fault;
}
