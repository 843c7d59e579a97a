import { incidentClocks } from '../../../exchange/incident/incident-clocks.ts';
import { recordStartEvent } from '../../../exchange/incident/record-start-event.ts';
import { settleClock } from '../../../exchange/incident/settle-clock.ts';
import { WorkspaceFault } from '../../../domain/workspace/errors.ts';
import { reasonOf } from '../invocation.ts';
import { clocksDocument } from '../outputs/clocks.ts';
import { clockRecordedScreen, clocksScreen } from '../screens/clocks-screen.ts';
import { withWorkspace } from '../shell.ts';
import type { Shell } from '../shell.ts';

/** `incident clocks`. */
export async function clocks(shell: Shell, id: string): Promise<void> {
  await withWorkspace(shell, async (workspace) => {
    const computed = await incidentClocks(workspace, id);
    shell.print(clocksScreen(computed, shell));
    shell.document(clocksDocument(computed));
  });
}

export interface RecordOptions {
  readonly at?: string;
  readonly withdraw?: boolean;
  readonly merchant?: string;
}

/** `incident record`. */
export async function record(
  shell: Shell,
  id: string,
  event: string,
  { at, withdraw = false, merchant }: RecordOptions,
): Promise<void> {
  if ((at === undefined) !== withdraw) {
    throw new WorkspaceFault('usage', { option: '--at', expected: 'either --at or --withdraw' });
  }
  const reason = reasonOf(shell.options);
  await withWorkspace(shell, async (workspace) => {
    const officer = shell.options.as;
    const subject = await recordStartEvent(workspace, {
      ...{ incident: id, event, merchant, at, officer, reason },
    });
    await showRecorded(shell, workspace, id, subject, merchant);
  });
}

export interface SettleOptions {
  readonly met?: string | true;
  readonly setAside?: boolean;
  readonly reopen?: boolean;
  readonly merchant?: string;
}

/** `incident clock`. */
export async function settle(
  shell: Shell,
  id: string,
  clock: string,
  { met, setAside = false, reopen = false, merchant }: SettleOptions,
): Promise<void> {
  const given = [met !== undefined, setAside, reopen].filter(Boolean).length;
  if (given !== 1) {
    const expected = 'one of --met, --set-aside and --reopen';
    throw new WorkspaceFault('usage', { option: '--met', expected });
  }
  const reason = reasonOf(shell.options);
  const outcome = met !== undefined ? 'met' : setAside ? 'set-aside' : 'reopened';
  await withWorkspace(shell, async (workspace) => {
    const at = typeof met === 'string' ? met : undefined;
    const officer = shell.options.as;
    const request = { incident: id, clock, merchant, outcome, at, officer, reason } as const;
    await showRecorded(shell, workspace, id, await settleClock(workspace, request), merchant);
  });
}

async function showRecorded(
  shell: Shell,
  workspace: Parameters<Parameters<typeof withWorkspace>[1]>[0],
  id: string,
  subject: Parameters<typeof clockRecordedScreen>[1],
  merchant: string | undefined,
): Promise<void> {
  const computed = await incidentClocks(workspace, id);
  shell.print(clockRecordedScreen(computed, subject, shell, merchant));
  shell.document(clocksDocument(computed));
}
