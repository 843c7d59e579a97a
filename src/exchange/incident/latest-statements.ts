import type { Standing } from '../../domain/readiness/readiness.ts';
import type { Party, Subject } from '../../domain/readiness/statements.ts';
import type { Statement } from './told-register.ts';

/** The statement that counts, by whom it was told of and about what. */
export type Latest = (party: Party, subject: Subject) => Statement | undefined;

/** Statements of one key replace each other. */
export function statementKey({ party, told }: Pick<Statement, 'party' | 'told'>): string {
  return JSON.stringify([party.kind, party.name, told.subject]);
}

/** Of statements of one incident, given as `ToldRegister.ofIncident` has them. */
export function latestOf(statements: readonly Statement[]): Latest {
  const latest = new Map(statements.map((statement) => [statementKey(statement), statement]));
  return ({ kind, name }, subject) => latest.get(JSON.stringify([kind, name, subject]));
}

interface IssuerBehind {
  readonly issuer: string;
  readonly recipient: string;
}

/**
 * What counts of an issuer behind a recipient: what was told of it alone, before what was told of all behind its recipient.
 * What an issuer took back counts no more than if it had said nothing.
 */
export function statementAbout(
  latest: Latest,
  { issuer, recipient }: IssuerBehind,
  subject: Subject,
): Statement | undefined {
  const own = latest({ kind: 'issuer', name: issuer }, subject);
  const isStanding = own !== undefined && own.told.outcome !== 'withdrawn';
  return isStanding ? own : latest({ kind: 'recipient', name: recipient }, subject);
}

/** When the last word about watching was withdrawn, in milliseconds since 1970; undefined where one stands. */
export function withdrawnAtMs(latest: Latest, of: IssuerBehind): number | undefined {
  if (statementAbout(latest, of, 'monitoring')?.told.outcome === 'on') return undefined;
  const parties = [
    { kind: 'issuer', name: of.issuer },
    { kind: 'recipient', name: of.recipient },
  ] as const;
  const times = parties.flatMap((party) => {
    const statement = latest(party, 'monitoring');
    return statement?.told.outcome === 'withdrawn' ? [statement.saidAt.getTime()] : [];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}

export function standingOf({ told, party, saidAt, recordedAt }: Statement): Standing {
  return {
    ...{ told, from: party.kind },
    ...{ saidAtMs: saidAt.getTime(), recordedAtMs: recordedAt.getTime() },
  };
}
