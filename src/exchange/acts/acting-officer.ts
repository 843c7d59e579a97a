import { DecisionFault } from '../../domain/handoff/decision-errors.ts';
import type { Officer } from '../../domain/workspace/officer.ts';
import type { Role } from '../../domain/workspace/roles.ts';

/**
 * The officer on whose behalf a command acts, if they may.
 *
 * Throws `officer-required` without an id, `officer-unknown`, `officer-disabled` (also past `valid_until`) and
 * `role-missing`. An id alone proves nobody: acts that matter carry the officer's signature besides.
 */
export function actingOfficer(
  officers: readonly Officer[],
  id: string | undefined,
  role: Role,
  now: Date,
): Officer {
  const officer = enabledOfficer(officers, id, role, now);
  if (!officer.roles.includes(role)) {
    throw new DecisionFault('role-missing', { officer: officer.id, role });
  }
  return officer;
}

/** As `actingOfficer`, whatever their roles; `role` is what is asked for where nobody is named. */
export function enabledOfficer(
  officers: readonly Officer[],
  id: string | undefined,
  role: Role,
  now: Date,
): Officer {
  if (id === undefined) throw new DecisionFault('officer-required', { role });
  const officer = officers.find((candidate) => candidate.id === id);
  if (!officer) throw new DecisionFault('officer-unknown', { officer: id, role });
  const end = validityEnd(officer);
  if (officer.state !== 'enabled' || (end !== undefined && end < now)) {
    throw new DecisionFault('officer-disabled', { officer: id });
  }
  return officer;
}

/**
 * Until when an officer may act; undefined without an end. A date means the end of that day, UTC; a day of grace across
 * zones does no harm to a date years ahead.
 */
export function validityEnd({
  valid_until: until,
}: Pick<Officer, 'valid_until'>): Date | undefined {
  if (until === undefined) return undefined;
  return new Date(until.length === 10 ? `${until}T23:59:59Z` : until);
}
