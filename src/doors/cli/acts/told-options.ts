import { basename } from 'node:path';

import type { Party } from '../../../domain/readiness/statements.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import type { WordRequest } from '../../../exchange/delivery/record-word.ts';
import { textOf } from '../invocation.ts';
import { commonWords as commonEn } from '../words/en/common.ts';
import { readinessWords as readinessEn } from '../words/en/readiness.ts';
import { commonWords as commonJa } from '../words/ja/common.ts';
import { readinessWords as readinessJa } from '../words/ja/readiness.ts';

/** Cards that the issuer table does not know, as options and screens call their company. */
const unknownNames: readonly string[] = [
  ...['unknown', readinessEn.unknownIssuer, readinessJa.unknownIssuer],
  ...[commonEn.unknownIssuer, commonJa.unknownIssuer],
];

/** A scan or a saved mail; more would be a copy of something else. */
const evidenceBytesMax = 16 * 1024 * 1024;
/** Of a name and a number called. */
export const byCharactersMax = 200;
export const termsCharactersMax = 1_000;

/** As commander hands them over: of whom something was told, by whom, and what backs it. */
export interface ToldBy {
  readonly issuer?: string;
  readonly recipient?: string;
  readonly by?: string;
  readonly terms?: string;
}

/** Whose word it is, and the terms as told. Throws `usage` for what is blank, too long or holds a card number. */
export function textsOf({ by, terms }: ToldBy): Record<'by' | 'terms', string | undefined> {
  return {
    by: shortText('--by', by, byCharactersMax),
    terms: shortText('--terms', terms, termsCharactersMax),
  };
}

/** One card company, `unknown` for what the issuer table does not know, or all behind a recipient. Throws `usage`. */
export function partyOf({ issuer, recipient }: ToldBy): Party {
  if ((issuer === undefined) === (recipient === undefined)) {
    throw usage('--issuer', 'one of --issuer and --recipient');
  }
  if (recipient !== undefined) return { kind: 'recipient', name: recipient };
  return { kind: 'issuer', name: unknownNames.includes(issuer!.trim()) ? '' : issuer! };
}

/** The file that backs a word, and the name it had. Throws what reading it throws. */
export async function evidenceAt(
  workspace: { readEvidence(path: string, bytesMax: number): Promise<Uint8Array> },
  path: string,
): Promise<NonNullable<WordRequest['evidence']>> {
  return { name: basename(path), bytes: await workspace.readEvidence(path, evidenceBytesMax) };
}

/** The word of a closed list. Throws `usage`, which names them. */
export function oneOf<Word extends string>(
  list: readonly Word[],
  option: string,
  given: string,
): Word {
  const found = list.find((word) => word === given);
  if (found === undefined) throw usage(option, list.join(', '));
  return found;
}

export function usage(option: string, expected: string): WorkspaceFault {
  return new WorkspaceFault('usage', { option, expected });
}

/** A text that is not blank, too long or a card number; undefined where none was given. Throws `usage`. */
export function shortText(
  option: string,
  given: string | undefined,
  max: number,
): string | undefined {
  const text = textOf(option, given);
  if (given !== undefined && (text === undefined || text.length > max)) {
    throw usage(option, `a text of at most ${max} characters`);
  }
  return text;
}
