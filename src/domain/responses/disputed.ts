/** Codes of answers that say something else than what stands, and were refused for it. */
const takesBack: readonly string[] = ['response-takes-back', 'response-over-signed'];

/** Codes of answers whose sender is known, and which were refused before they were compared with what stands. */
const uncompared: readonly string[] = [
  'response-nonce-differs',
  'response-pair-differs',
  'response-number-repeated',
];

/**
 * Whether a refusal means that what stands of a list is in dispute until it is settled. An answer that nobody compared may
 * say anything of the cards of which an earlier one, if any, spoke.
 */
export function contradictsStanding(code: string | undefined, isAnswered: boolean): boolean {
  if (code === undefined) return false;
  return takesBack.includes(code) || (isAnswered && uncompared.includes(code));
}

/**
 * Whether one of these open refusals is about something that nobody took in since: an officer who accepts a contradiction
 * takes in one answer, and closes one refusal by it.
 */
export function isUnaccepted(
  refusals: readonly { readonly code: string; readonly refusedAt: Date }[],
  answers: readonly { readonly contradicted: number; readonly importedAt: Date }[],
): boolean {
  const open = refusals.filter(({ code }) => contradictsStanding(code, answers.length > 0));
  const [first] = open;
  if (first === undefined) return false;
  const accepted = answers.filter(
    ({ contradicted, importedAt }) => contradicted > 0 && importedAt >= first.refusedAt,
  );
  return open.length > accepted.length;
}
