const unknown: readonly (string | undefined)[] = ['presumed', 'conflict', 'publishing', 'sending'];

/** What `handoff resolve --outcome` is to say of a batch in this state; undefined where there is nothing to settle. */
export function outcomesFrom(state: string | undefined): string | undefined {
  if (state === 'partly-read') return 'received|withdrawn';
  return unknown.includes(state) ? 'stored|not-stored' : undefined;
}
