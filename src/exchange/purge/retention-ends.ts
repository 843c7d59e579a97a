import type { Configuration } from '../configuration/configuration.ts';
import type { Clock } from '../workspace/clock.ts';
import type { IncidentPurges } from './incident-purges.ts';
import type { IncidentRegister } from '../incident/incident-register.ts';

/** An incident whose retention ends within 30 days, or has ended. */
export interface EndingRetention {
  readonly incident: string;
  readonly endsAt: Date;
  /** Whole days, negative when past. */
  readonly daysLeft: number;
}

const dayMs = 86_400_000;
const warnDays = 30;

/** When the retention that the settings set is over; undefined where they set none. */
export function retainedUntil(lastUsedAt: Date, days: number | undefined): Date | undefined {
  return days === undefined ? undefined : new Date(lastUsedAt.getTime() + days * dayMs);
}

/**
 * Incidents that are to be purged soon, or should have been, the longest overdue first. None where the settings set no
 * retention. Throws as the configuration.
 */
export async function endingRetentions(ports: {
  readonly configuration: Pick<Configuration, 'load'>;
  readonly incidents: Pick<IncidentRegister, 'list'>;
  readonly purges: Pick<IncidentPurges, 'standing'>;
  readonly clock: Clock;
}): Promise<readonly EndingRetention[]> {
  const { settings } = await ports.configuration.load();
  const days = settings.retention?.incident_days;
  if (days === undefined) return [];
  const now = ports.clock.now().getTime();
  const ending: EndingRetention[] = [];
  for (const { incident, purge } of await ports.incidents.list()) {
    // One that was begun is not over: it is to be run again.
    if (purge?.at !== undefined) continue;
    const { lastUsedAt } = await ports.purges.standing(incident.id);
    const endsAt = retainedUntil(lastUsedAt, days)!;
    const daysLeft = Math.floor((endsAt.getTime() - now) / dayMs);
    if (daysLeft <= warnDays) ending.push({ incident: incident.id, endsAt, daysLeft });
  }
  return ending.toSorted((a, b) => a.endsAt.getTime() - b.endsAt.getTime());
}
