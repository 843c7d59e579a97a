import type { Facts } from '../../domain/fault.ts';
import { HOLIDAYS_EDITION, holidayYears } from '../../domain/incident/japanese-holidays.ts';
import { owedByAll } from './incident-clocks.ts';

/** The longest time limit is 60 days; the table has to reach beyond what begins today. */
const aheadMs = 70 * 86_400_000;

interface ClockCheck {
  readonly check: 'clocks' | 'holidays';
  readonly verdict: 'ok' | 'warning' | 'failed';
  readonly facts: Facts;
}

/** What the doctor says about time limits: whether one is late, and whether they can be computed for much longer. */
export async function clockChecks(ports: Parameters<typeof owedByAll>[0]): Promise<ClockCheck[]> {
  const owed = await owedByAll(ports);
  const late = owed.filter(({ clock }) => clock.state === 'overdue');
  const year = new Date(ports.clock.now().getTime() + aheadMs).getUTCFullYear();
  const last = String(holidayYears.last);
  return [
    {
      check: 'clocks',
      verdict: late.length === 0 ? 'ok' : 'warning',
      facts:
        late.length === 0
          ? { owed: owed.length }
          : { overdue: late.length, incidents: [...new Set(late.map((each) => each.incident))] },
    },
    {
      check: 'holidays',
      verdict: year <= holidayYears.last ? 'ok' : 'warning',
      facts: { last, edition: HOLIDAYS_EDITION },
    },
  ];
}
