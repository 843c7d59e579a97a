import type { PersonTarget } from '../../domain/handoff/person-page.ts';
import { reasons } from '../../domain/intake/reasons.ts';
import type { HandoffRow } from '../handoff/handoff-register.ts';
import type { IncidentRow } from '../incident/incident-register.ts';
import { notifiedHandoffs } from '../notices/listed-notices.ts';
import { mustAskDigits } from '../../domain/lookup/digits-to-ask.ts';
import { askDesk, isOfDocument } from './ask-desk.ts';
import type { AskRequest } from './ask-desk.ts';
import { cardHit, listsOfCard, wrappedKeysOf } from './card-hit.ts';
import type { CardHitPorts } from './card-hit.ts';
import type { NumberPlace } from './card-number-hasher.ts';
import type { LookUpAnswer, LookUpHit } from './look-up-answer.ts';
import type { HashedPerson, PersonPrompts, PersonTagger } from './person-hasher.ts';

type Ports = CardHitPorts & { readonly cardProcess: PersonTagger };

export interface PersonQuestion extends AskRequest {
  readonly from: NumberPlace;
  readonly prompts: PersonPrompts;
  readonly signal?: AbortSignal;
}

/**
 * Whether a caller's card is on a list of an incident, by their name with postcode or phone. What they say is asked for in
 * the CDE process; this one sees tags. Where cards with different last digits fit, nothing of any is said until the caller
 * has said those of theirs. A handoff that was declined or cancelled counts as none.
 *
 * Throws what `askDesk` and `PersonTagger.hashPerson` throw, and what the passphrase throws.
 */
export async function lookUpPerson(ports: Ports, request: PersonQuestion): Promise<LookUpAnswer> {
  let lastFour: string | undefined;
  const answer = await askDesk(
    ports,
    'person',
    request,
    async (rows) => {
      const hashed = await hashPerson(ports, request, rows);
      ({ lastFour } = hashed);
      const hits: LookUpHit[] = [];
      for (const row of rows) {
        const tag = hashed.tags[row.incident.id];
        if (tag === undefined) continue;
        hits.push(...(await hitsIn(ports, row, new Uint8Array(Buffer.from(tag, 'hex')))));
      }
      return hits.filter((hit) => mayBe(hit, lastFour));
    },
    isIndexed,
  );
  if (!mustAskDigits(answer.hits.filter(hasCard), lastFour)) return answer;
  return { ...answer, hits: [], asksFor: 'last-four' };
}

/** Elsewhere a name can be found by nothing, and looking would not be a search. */
const isIndexed = ({ incident }: IncidentRow): boolean => incident.look_up_by_name === true;

const hasCard = ({ reason }: LookUpHit): boolean => reason === undefined;

/** Where nobody knows the digits, they rule nothing out. */
function mayBe({ lastFour }: LookUpHit, said: string | undefined): boolean {
  return said === undefined || lastFour === '' || lastFour === said;
}

async function hashPerson(
  { facts, folder, passphrases, cardProcess }: Ports,
  { from, prompts, signal }: PersonQuestion,
  rows: readonly IncidentRow[],
): Promise<HashedPerson> {
  const { workspaceKeyPath } = folder;
  const incidents = wrappedKeysOf(rows);
  const passphrase = await passphrases.read('workspace');
  try {
    return await cardProcess.hashPerson(
      { from, prompts, incidents, workspaceKeyPath, workspaceId: facts.id },
      passphrase,
      signal,
    );
  } finally {
    passphrase.fill(0);
  }
}

/** Each card once; of records without one, the newest handoff that knows the reason. */
async function hitsIn(ports: Ports, row: IncidentRow, tag: Uint8Array): Promise<LookUpHit[]> {
  const hits = new Map<string, LookUpHit>();
  for (const handoff of await notifiedHandoffs(ports.handoffs, row.incident.id)) {
    for (const target of await ports.handoffs.findPerson(handoff.id, tag)) {
      const key = 'hash' in target ? Buffer.from(target.hash).toString('hex') : `${target.reason}`;
      const known = hits.get(key);
      if ('hash' in target && known !== undefined) continue;
      const hit = await hitOf(ports, row, handoff, target);
      if (hit !== undefined) hits.set(key, known === undefined ? hit : joined(known, hit));
    }
  }
  return [...hits.values()];
}

async function hitOf(
  ports: Ports,
  row: IncidentRow,
  handoff: HandoffRow,
  target: PersonTarget,
): Promise<LookUpHit | undefined> {
  const { incident } = row;
  if ('hash' in target) {
    const found = await listsOfCard(ports, incident.id, target.hash);
    return found.length === 0 ? undefined : cardHit(ports, row, found);
  }
  const { reason, windows } = target;
  return {
    ...{ incident, merchant: '', brandIndex: 0, lastFour: '', reason: reasons[reason]?.id },
    windows: (handoff.report?.windows ?? []).filter((_, place) => ((windows >>> place) & 1) === 1),
    isUnamended: isOfDocument(handoff, row.documentSha256),
    card: undefined,
  };
}

/** Records of one reason in several windows. */
function joined(known: LookUpHit, hit: LookUpHit): LookUpHit {
  return {
    ...known,
    windows: [...new Set([...known.windows, ...hit.windows])],
    isUnamended: known.isUnamended && hit.isUnamended,
  };
}
