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

interface Refusal {
  readonly code: string;
  readonly refusedAt: Date;
  readonly sha256: string | undefined;
  readonly isSettled: boolean;
}

interface Taken {
  readonly contradicted: number;
  readonly importedAt: Date;
  readonly sha256: string;
}

/**
 * Whether one of these refusals that are open is about something that nobody took in since: an officer who accepts a
 * contradiction takes in one answer, and closes one refusal by it, that of the same file where there is one.
 */
export function isUnaccepted(refusals: readonly Refusal[], answers: readonly Taken[]): boolean {
  const open = refusals.filter(
    ({ code, isSettled }) => !isSettled && contradictsStanding(code, answers.length > 0),
  );
  const [first] = open;
  if (first === undefined) return false;
  const closed = refusals.filter(
    ({ code, isSettled }) => isSettled && contradictsStanding(code, true),
  );
  const ownRefused = new Set(closed.map(({ sha256 }) => sha256));
  const accepted = answers.filter(
    ({ contradicted, importedAt, sha256 }) =>
      contradicted > 0 && importedAt >= first.refusedAt && !ownRefused.has(sha256),
  );
  return open.length > accepted.length;
}
