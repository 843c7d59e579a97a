import { combinationDigest } from '../../domain/recipients/recipient-test.ts';
import type { Tested } from '../../domain/recipients/recipient-test.ts';
import type { Recipient } from '../../domain/recipients/recipient.ts';
import type { RoutedRecipient } from '../handoff/card-process.ts';
import { plannedEndpoint, profileDigest } from '../handoff/compose-plan.ts';
import { ourOpenpgpKeys } from '../keys/own-keys.ts';

type Ports = Parameters<typeof ourOpenpgpKeys>[0];

/** What a test of this recipient tests, as a batch that this key of ours signs would have it. */
export function testedOf(
  { facts }: Pick<Ports, 'facts'>,
  signer: string,
  recipient: Recipient,
  profile: RoutedRecipient['profile'],
): Tested {
  return {
    certificate: recipient.fingerprint,
    encryptionSubkey: recipient.encryption_subkey,
    profile: profile.id,
    profileSha256: profileDigest(profile),
    endpoint: plannedEndpoint(recipient),
    ...followingSigner(facts, signer),
  };
}

/**
 * Our signing key, where it is not the one of `init`: a recipient who read a test of the old key has not shown that they
 * know the new one. Absent for the first, so that tests from before are worth what they were.
 */
export function followingSigner(facts: Ports['facts'], signer: string): Pick<Tested, 'signer'> {
  return signer === facts.signer ? {} : { signer };
}

/** The digest of what a recipient has to have read back before the next batch, with the key that signs now. */
export async function combinationNow(
  ports: Ports,
  recipient: Recipient,
  profile: RoutedRecipient['profile'],
): Promise<string> {
  const [inUse] = await ourOpenpgpKeys(ports);
  return combinationDigest(testedOf(ports, inUse!.fingerprint, recipient, profile));
}
