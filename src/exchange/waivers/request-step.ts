import { needsReason } from '../../domain/readiness/statements.ts';
import { mayFollow } from '../../domain/waivers/waiver-steps.ts';
import type { IncidentReadiness } from '../incident/incident-readiness.ts';
import { latestOf } from '../incident/latest-statements.ts';
import { standingFor, waiverStateIn } from '../incident/record-told.ts';
import type { Statement } from '../incident/told-register.ts';

/** Whether a waiver may be said to be requested: as it is, with a reason alone, or not at all, since it was answered. */
export const requestSteps = ['free', 'with-reason', 'none'] as const;
export type RequestStep = (typeof requestSteps)[number];

/** What `recordTold` would say to a request of this card company. `issuer` as the issuer table has it. Throws nothing. */
export function requestStep(
  { issuers }: Pick<IncidentReadiness, 'issuers'>,
  statements: readonly Statement[],
  issuer: string,
): RequestStep {
  const party = { kind: 'issuer', name: issuer } as const;
  const before = latestOf(statements)(party, 'waiver');
  const standing = standingFor(issuers, party, before, { subject: 'waiver' });
  const after = { subject: 'waiver', outcome: 'requested' } as const;
  if (!standing.every((each) => mayFollow(waiverStateIn(each?.told), 'requested'))) return 'none';
  return standing.some((each) => needsReason(each?.told, after)) ? 'with-reason' : 'free';
}
