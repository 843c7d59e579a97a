import { LookupFault } from '../../domain/lookup/errors.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import { askDesk } from './ask-desk.ts';
import type { AskRequest } from './ask-desk.ts';
import { cardHit, listsOfCard, wrappedKeysOf } from './card-hit.ts';
import type { CardHitPorts } from './card-hit.ts';
import type { CardNumberHasher, HashedNumber, NumberPlace } from './card-number-hasher.ts';
import type { LookUpAnswer, LookUpHit } from './look-up-answer.ts';

type Ports = CardHitPorts & { readonly cardProcess: CardNumberHasher };

export interface CardQuestion extends AskRequest {
  readonly from: NumberPlace;
  /** The question at the terminal. */
  readonly prompt: string;
  readonly signal?: AbortSignal;
}

/**
 * Whether a caller's card is on a list of an incident, and what its card company has said since. The number is asked for
 * and hashed in the CDE process; this one sees the keyed hashes. A handoff that was declined or cancelled counts as none.
 *
 * Throws what `askDesk` and `CardNumberHasher.hashNumber` throw, and what the passphrase throws.
 */
export function lookUpCard(ports: Ports, request: CardQuestion): Promise<LookUpAnswer> {
  return askDesk(ports, 'card-number', request, async (rows) => {
    const { hashes, doubt } = await hashed(ports, request, rows);
    const hits: LookUpHit[] = [];
    for (const row of rows) {
      const { incident } = row;
      const hash = hashes[incident.id];
      if (hash === undefined) continue;
      const bytes = new Uint8Array(Buffer.from(hash, 'hex'));
      const found = await listsOfCard(ports, incident.id, bytes);
      if (found.length > 0) hits.push(await cardHit(ports, row, found));
    }
    if (hits.length === 0 && doubt !== undefined) {
      throw new LookupFault('lookup-number-unreadable', { reason: doubt });
    }
    return hits;
  });
}

async function hashed(
  { facts, folder, passphrases, cardProcess }: Ports,
  { from, prompt, signal }: CardQuestion,
  rows: readonly IncidentRow[],
): Promise<HashedNumber> {
  const { workspaceKeyPath } = folder;
  const incidents = wrappedKeysOf(rows);
  const passphrase = await passphrases.read('workspace');
  try {
    return await cardProcess.hashNumber(
      { from, prompt, incidents, workspaceKeyPath, workspaceId: facts.id },
      passphrase,
      signal,
    );
  } finally {
    passphrase.fill(0);
  }
}
