import type { ActRecord } from '../acts/act-record.ts';
import { serveActor } from '../acts/serve-actor.ts';
import { noticeOverdue } from '../incident/notice-overdue.ts';
import { noticeKeyEnds } from '../keys/key-warnings.ts';
import { dueEscalations } from './escalations.ts';
import type { Escalation, EscalationBook } from './escalations.ts';
import type { Round } from './run-rounds.ts';
import { standingEscalations } from './standing-escalations.ts';

const EVERY_MS = 300_000;

export type NoticeRoundPorts = Parameters<typeof dueEscalations>[0] &
  Parameters<typeof standingEscalations>[0] &
  Parameters<typeof noticeOverdue>[0] &
  Parameters<typeof noticeKeyEnds>[0] & { readonly escalations: EscalationBook };

/**
 * Tells in the log, once each, what is late or about to end, and what stands open: plans, answers, deliveries nobody knows
 * the outcome of, files put aside, retention, time limits, second signatures, keys and certificates. Nobody can say later that it was not told; `status` shows it as long as it is so.
 */
export function noticeRound(ports: NoticeRoundPorts): Round {
  return {
    name: 'notice',
    everyMs: EVERY_MS,
    run: async () => {
      await noticeOverdue(ports);
      await noticeKeyEnds(ports);
      const due = [...(await dueEscalations(ports)), ...(await standingEscalations(ports))];
      await ports.escalations.record(due.map((each) => ({ ...each, act: actOf(each, ports) })));
    },
  };
}

function actOf({ kind, dueAt, ...about }: Escalation, { origin }: NoticeRoundPorts): ActRecord {
  const data = { kind, due: dueAt.toISOString(), ...about };
  const object = objectOf(about);
  return { draft: { actor: serveActor, act: 'escalation', result: 'done', origin, object, data } };
}

function objectOf(about: Omit<Escalation, 'kind' | 'dueAt'>): string {
  const { batch, handoff, incident, recipient } = about;
  if (batch !== undefined) return `batch:${batch}`;
  // As `recipient` stands the box of whoever brought something.
  if (incident === undefined) return `recipient:${String(recipient)}`;
  return handoff === undefined ? `incident:${incident}` : `handoff:${handoff}`;
}
