import { parseVerifierKey } from '../../domain/tlog/verifier-key.ts';
import type { VerifierKey } from '../../domain/tlog/verifier-key.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/** What of the workspace tells of the keys of its log. */
export type LogKeyFacts = Pick<WorkspaceFacts, 'vkey' | 'earlierKeys'>;

/** Every key that the log had, the oldest first and the one that signs now last. */
export function vkeysOf({ vkey, earlierKeys = [] }: LogKeyFacts): readonly string[] {
  return [...earlierKeys.map((key) => key.vkey), vkey];
}

/** The same, to check signatures with; the one that signs now stands first. */
export function verifierKeysOf(facts: LogKeyFacts): readonly VerifierKey[] {
  return vkeysOf(facts).toReversed().map(parseVerifierKey);
}

/** Those of them that have the name which the log has now: all but what signed before a recovery. */
export function ownNameKeysOf(facts: LogKeyFacts): readonly VerifierKey[] {
  const keys = verifierKeysOf(facts);
  return keys.filter(({ name }) => name === keys[0]!.name);
}
