import { statusScreen } from '../../../src/doors/cli/screens/status-screen.ts';
import type { View } from '../../../src/doors/cli/view.ts';
import type { Escalation } from '../../../src/exchange/serve/escalations.ts';
import type { ServeStatus } from '../../../src/exchange/serve/serve-status.ts';
import type { WorkspaceStatus } from '../../../src/exchange/status/workspace-status.ts';
import type { Size } from './screen-data.ts';

const at = new Date('2020-04-10T00:00:00Z');

/** `serve` as `status` tells of it: in trouble, stopped in order, gone. */
export function serveStates(batch: string): Readonly<Record<string, ServeStatus>> {
  const service = { isNeeded: true, seenAt: at, troubles: [], deliveries: [], fetches: [] };
  return {
    troubled: {
      ...{ ...service, isRunning: true, deliveries: [{ batch, dueAt: at }] },
      troubles: [
        { round: 'deliver', code: 'recipient-untested' },
        { round: 'fetch', code: 'internal' },
      ],
    },
    toFetch: {
      ...{ ...service, isRunning: true, isNeeded: false },
      fetches: [
        { recipient: 'psp', nextAt: new Date('2020-05-01T00:00:00Z'), isWaiting: true },
        { recipient: 'open', nextAt: at, isWaiting: false },
        {
          ...{ recipient: 'amex', nextAt: undefined, isWaiting: true },
          problem: 'holiday-year-missing',
        },
      ],
    },
    waiting: {
      ...{ ...service, isRunning: true },
      deliveries: [{ batch, dueAt: new Date('2020-05-01T00:00:00Z') }],
    },
    tooLate: {
      ...{ ...service, isRunning: true },
      deliveries: [{ batch, dueAt: undefined, problem: 'plan-expired' }],
    },
    notToBeTold: {
      ...{ ...service, isRunning: true },
      deliveries: [{ batch, dueAt: undefined, problem: 'holiday-year-missing' }],
    },
    stopped: { ...service, isRunning: false, seenAt: undefined },
    gone: { ...service, isRunning: false },
  };
}

/** One of each kind. */
export function escalationsOf({ id }: Size): readonly Escalation[] {
  const of = { dueAt: at, incident: id, handoff: 'h7k2m9qa' };
  return [
    { ...of, kind: 'plan-ending' },
    { ...of, kind: 'plan-ended' },
    { ...of, kind: 'offer-ending', batch: '1a9f3c', recipient: id },
    { ...of, kind: 'pickup-overdue', batch: '1a9f3c', recipient: id },
    { ...of, kind: 'answer-overdue', batch: '1a9f3c', recipient: id },
  ];
}

/** `status` in each of these states. */
export function serveScreens(
  status: WorkspaceStatus,
  view: View,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(serveStates('1a9f3c')).map(([name, serve]) => [
      `status-${name}`,
      statusScreen({ status: { ...status, serve }, now: at, timeZone: 'Asia/Tokyo' }, view),
    ]),
  );
}
