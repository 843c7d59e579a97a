import type { Emergencies, Emergency } from '../delivery/emergencies.ts';

/**
 * Emergencies without their second signature. The first look at one that has become overdue leaves a leaf: nobody can
 * say later that it was not seen.
 */
export async function noticeOverdue(ports: {
  readonly origin: string;
  readonly emergencies: Emergencies;
}): Promise<readonly Emergency[]> {
  const open = await ports.emergencies.open();
  for (const { handoff, officer, dueAt } of open.filter(
    (each) => each.isOverdue && !each.isNoticed,
  )) {
    await ports.emergencies.notice(handoff, {
      draft: {
        actor: 'system',
        act: 'handoff-overdue',
        result: 'done',
        origin: ports.origin,
        object: `handoff:${handoff}`,
        data: { handoff, officer, due: dueAt.toISOString() },
      },
    });
  }
  return open;
}
