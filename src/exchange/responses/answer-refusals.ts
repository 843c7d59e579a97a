import { isFault } from '../../domain/fault.ts';

/** Codes that say something of a file that was opened; one that is not there is a mistake of whoever typed its name. */
export const fileRefusals: ReadonlySet<string> = new Set([
  'source-not-openpgp',
  'source-not-for-us',
  'source-passphrase-only',
  'source-encryption-unsupported',
  'source-malformed',
  'source-truncated',
  'source-altered',
  'source-unsigned',
  'source-signer-unknown',
  'source-signature-wrong',
  'source-signature-early',
  'source-too-large',
]);

/** The same of what an answer says. Not `response-overtaken`: it speaks of what else was stored, and is tried again. */
const answerRefusals: ReadonlySet<string> = new Set([
  'source-empty',
  'response-malformed',
  'response-too-large',
  'response-holds-card',
  'response-digits',
  'response-of-other',
  'response-count-differs',
  'response-contradicts',
  'response-code-unknown',
  'response-takes-back',
  'response-stale',
  'response-nonce-differs',
  'response-pair-differs',
  'response-number-repeated',
  'response-known',
  'response-unsigned',
  'response-over-signed',
  'response-of-recall',
]);

/** The code under which an answer was refused; undefined where nothing was found out about it: a mistyped passphrase. */
export function refusalOf(error: unknown): string | undefined {
  if (!isFault(error)) return undefined;
  const { code } = error;
  return fileRefusals.has(code) || answerRefusals.has(code) ? code : undefined;
}
