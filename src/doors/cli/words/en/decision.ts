import { figure } from '../../figures.ts';
import { counted } from './counted.ts';

export const decisionWords = {
  sentences: (all: readonly string[]) => all.join(' '),
  requested: (handoff: string, plan: string) =>
    `The plan ${plan} of handoff ${handoff} is signed by its requester.`,
  requestedMeans: 'It can be approved now, by someone else. Nothing leaves this machine before.',
  approve: (handoff: string, by: string) => `Handoff ${handoff} is approved by ${by}.`,
  decline: (handoff: string, by: string) => `Handoff ${handoff} is declined by ${by}.`,
  waiting: (handoff: string, by: string) =>
    `The approval of handoff ${handoff} by ${by} is recorded.`,
  counted: (approvals: number, required: number) =>
    `${figure(approvals)} of ${counted(required, 'approval')}.`,
  declineMeans: 'Its files will not be sent. A new handoff of the same sources can be prepared.',
  declineRecallMeans:
    'Its files will not be sent: the cards stay watched. They can be recalled again.',
  declineSentMeans:
    'What one person had sent already is out and stays so here; what had not left will not be sent. Ask its recipients to set it aside.',
  show: (handoff: string) => `mimamori handoff show ${handoff}`,
  statement: (handoff: string) =>
    `Nothing is decided yet: the statement about handoff ${handoff} waits for your signature.`,
  statementPath: 'Statement',
  signaturePath: 'Signature',
  sign: (path: string) => `gpg --detach-sign ${path}`,
  signLabel: 'or with a smart card, on any machine',
  handIn: (decision: string, handoff: string, by: string, path: string) =>
    `mimamori handoff ${decision} ${handoff} --as ${by} --signature ${path}`,
  cancelled: (handoff: string) => `Handoff ${handoff} is cancelled.`,
  cancelledMeans: 'Nothing of it was sent. A new handoff of the same sources can be prepared.',
  restCancelled: (handoff: string) => `What had not left of handoff ${handoff} is cancelled.`,
  restCancelledMeans:
    'What has left, or may have, stays with its recipients: recall it where it was wrong.',
  cancelledRecallMeans:
    'Nothing of it was sent: the cards stay watched. They can be recalled again.',
  review: (handoff: string) => `mimamori handoff review ${handoff}`,
  approveNext: (handoff: string) =>
    `mimamori handoff approve ${handoff} --as ID --officer-key FILE`,
  anotherApprover: 'another approver',
  notRequester: 'someone other than the requester',
  deliver: (handoff: string) => `mimamori handoff deliver ${handoff} --as ID`,
  prepare: (incident: string) =>
    `mimamori handoff prepare --incident ${incident} --source FILE --as ID`,
  recall: (incident: string, options: string) =>
    `mimamori handoff recall --incident ${incident}${options} --as ID --reason "…"`,
};

export type DecisionWords = typeof decisionWords;
