import type { Facts } from '../../domain/fault.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Emergencies } from './emergencies.ts';

/** What the doctor says about handoffs that one person sent; nothing where the policy allows none and there is none. */
export async function emergencyChecks(ports: {
  readonly configuration: Configuration;
  readonly emergencies: Emergencies;
}): Promise<
  {
    readonly check: 'one-person';
    readonly verdict: 'ok' | 'warning' | 'failed';
    readonly facts: Facts;
  }[]
> {
  const { settings } = await ports.configuration.load();
  const [open] = await ports.emergencies.open();
  if (open === undefined) {
    return settings.approvals.emergency ? [{ check: 'one-person', verdict: 'ok', facts: {} }] : [];
  }
  const verdict = open.isOverdue ? 'failed' : 'warning';
  const facts = { handoff: open.handoff, officer: open.officer, due: open.dueAt.toISOString() };
  return [{ check: 'one-person', verdict, facts }];
}
