import { encodeCanonicalJson } from '../canonical-json.ts';
import type { Json } from '../canonical-json.ts';
import { digestOf } from '../handoff/plan.ts';
import type { PlannedBatch } from '../handoff/plan.ts';

/**
 * How a test of a recipient stands: `unsent` (not known to have arrived), `awaiting-answer` (it arrived, and nobody has
 * read it back yet), `read-back` (answered rightly: files may go there), `misread` (answered wrongly too often),
 * `superseded` (a later test took its place).
 */
export type RecipientTestState =
  'unsent' | 'awaiting-answer' | 'read-back' | 'misread' | 'superseded';

/** Wrong answers after which a new test has to be sent: a line may be bad, guessing is not meant. */
export const ANSWER_TRIES_MAX = 3;
/** Wrong answers in 24 hours, over all files, after which no further one is made. */
export const DAY_TRIES_MAX = 6;

/** Days in which a test file may be answered by file. */
export const FILE_ANSWER_DAYS_MAX = 30;

/** What is tested together: the file can be opened, read and fetched. */
export type Tested = Pick<
  PlannedBatch,
  'certificate' | 'encryptionSubkey' | 'profile' | 'profileSha256' | 'endpoint'
> & {
  /** Fingerprint of our key that signs, where another followed the one of `init`. */
  readonly signer?: string;
};

/** SHA-256 that changes with every change of certificate, profile, endpoint or signing key; what a passed test is worth. */
export function combinationDigest(tested: Tested): string {
  const { certificate, encryptionSubkey, profile, profileSha256, endpoint, signer } = tested;
  const whole = {
    ...{ type: 'mimamori/tested-combination/v1', certificate, encryptionSubkey },
    ...{ profile, profileSha256, endpoint, signer },
  };
  // Traits that an endpoint does not have are absent, and not null; so is the signer that `init` made.
  return digestOf(encodeCanonicalJson(JSON.parse(JSON.stringify(whole)) as Json));
}
