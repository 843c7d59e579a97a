import { parseLeaf } from '../../domain/audit/leaf.ts';
import type { Leaf } from '../../domain/audit/leaf.ts';
import type { LogBook } from '../audit/log-book.ts';

/** Officers who signed one thing under the same account of an operating system. */
export interface SharedAccount {
  readonly host: string;
  readonly account: string;
  /** Two or more, in the order in which they signed. */
  readonly officers: readonly string[];
}

const signingActs: ReadonlySet<string> = new Set([
  'handoff-request',
  'handoff-approve',
  'handoff-emergency',
]);

/**
 * Accounts under which more than one officer requested, approved or sent a handoff, as the leaves tell. That forbids
 * nothing, but one person at one machine may have had both keys. A signature made elsewhere counts where it was handed in.
 *
 * Throws AuditFault `leaf-malformed`.
 */
export async function sharedAccounts(
  log: Pick<LogBook, 'leaves' | 'size'>,
  handoff: string,
): Promise<readonly SharedAccount[]> {
  const decoder = new TextDecoder();
  const signed: Leaf[] = [];
  for await (const { bytes } of log.leaves(0, await log.size())) {
    // A member of a leaf is spelled in one way only.
    if (!decoder.decode(bytes).includes(`"object":"handoff:${handoff}"`)) continue;
    const leaf = parseLeaf(bytes);
    if (leaf.result === 'done' && signingActs.has(leaf.act)) signed.push(leaf);
  }
  return accountsOf(signed);
}

/** Accounts that more than one officer used, of the leaves of those who signed one thing, in the order of the log. */
export function accountsOf(
  signed: readonly Pick<Leaf, 'actor' | 'origin'>[],
): readonly SharedAccount[] {
  const officersOf = new Map<string, Set<string>>();
  for (const { actor, origin } of signed) {
    const [, host = '', account] = origin.split(':');
    // A door that knows no account tells nothing of persons.
    if (account === undefined) continue;
    const place = `${host}:${account}`;
    officersOf.set(place, (officersOf.get(place) ?? new Set()).add(actor));
  }
  return [...officersOf]
    .filter(([, officers]) => officers.size > 1)
    .map(([place, officers]) => {
      const [host = '', account = ''] = place.split(':');
      return { host, account, officers: [...officers] };
    });
}
