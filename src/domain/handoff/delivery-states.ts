import { DeliveryStateFault } from './delivery-state-errors.ts';

/** Where a batch stands on its way to the recipient. Each word means this and nothing else in the whole project. */
export const deliveryStates = [
  'built',
  'approved',
  'sending',
  'publishing',
  'stored',
  'presumed',
  'conflict',
  'written',
  'offered',
  'partly-read',
  'read',
  'taken',
  'failed',
  'expired',
  'cancelled',
  'claimed',
  'sent-elsewhere',
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** States in which a batch is with its recipient for sure, by the machine or by a confirmed word. */
const left: readonly DeliveryState[] = ['stored', 'written', 'read', 'taken', 'sent-elsewhere'];

/** Whether the recipient has the batch for sure; not so while it is partly read, or presumed. */
export function hasLeft(state: DeliveryState): boolean {
  return left.includes(state);
}

/** What a person found out about a delivery whose outcome the machine could not know. */
export const resolvedOutcomes = ['stored', 'not-stored', 'received', 'withdrawn'] as const;
export type ResolvedOutcome = (typeof resolvedOutcomes)[number];

/** Something that happened to a batch. Only `resolve` says more than its name. */
export type DeliveryEvent =
  | { readonly event: Exclude<DeliveryEventName, `resolve ${ResolvedOutcome}`> }
  | { readonly event: 'resolve'; readonly outcome: ResolvedOutcome };

/** One row of the table: in which states the event may happen, where it leads, who may cause it and on what evidence. */
export interface DeliveryTransition {
  readonly from: readonly DeliveryState[];
  readonly to: DeliveryState;
  readonly by: 'machine' | 'approver' | 'requester' | 'officer';
  readonly evidence: string;
}

/**
 * Every change a batch can go through; docs/states.md is this table in prose and a test keeps them equal.
 *
 * Nothing leads from `publishing` back to `sending`: once a rename may have been sent, only a look at the recipient's
 * directory, or a person, decides what happened. That is how a batch is published at most once by the machine.
 */
export const deliveryTransitions = {
  approve: {
    from: ['built'],
    to: 'approved',
    by: 'approver',
    evidence: 'signed approvals of this plan, as many as the policy asks for',
  },
  decline: {
    from: ['built', 'approved', 'offered', 'failed', 'claimed'],
    to: 'cancelled',
    by: 'approver',
    evidence: 'a signed decline with its reason',
  },
  cancel: {
    from: ['built', 'approved', 'offered', 'failed', 'claimed', 'sent-elsewhere'],
    to: 'cancelled',
    by: 'requester',
    evidence: 'the command with its reason',
  },
  confirm: {
    from: ['claimed'],
    to: 'sent-elsewhere',
    by: 'approver',
    evidence:
      'signed approvals of a word of a person that the list was sent before, with its evidence',
  },
  send: {
    from: ['approved', 'sending'],
    to: 'sending',
    by: 'machine',
    evidence: 'the lease of the batch and an intent: attempt, fence and temporary name',
  },
  publish: {
    from: ['sending'],
    to: 'publishing',
    by: 'machine',
    evidence:
      'the temporary file holds exactly the sealed bytes, or could not be read and is so recorded',
  },
  announce: {
    from: ['sending', 'publishing', 'presumed'],
    to: 'publishing',
    by: 'machine',
    evidence: 'the data file is under its final name; its control file is still to be put',
  },
  store: {
    from: ['sending', 'publishing', 'presumed'],
    to: 'stored',
    by: 'machine',
    evidence: 'an answered rename, or the final name seen with our content on a new connection',
  },
  presume: {
    from: ['sending', 'publishing'],
    to: 'presumed',
    by: 'machine',
    evidence: 'neither name is there any more, or the directory cannot be looked at',
  },
  doubt: {
    from: ['approved', 'sending', 'publishing', 'offered', 'failed'],
    to: 'presumed',
    by: 'officer',
    evidence: 'the log was recovered: the batch may have left in the entries that are lost',
  },
  clash: {
    from: ['sending', 'publishing', 'presumed'],
    to: 'conflict',
    by: 'machine',
    evidence: 'the final name holds something else; nothing was overwritten',
  },
  write: {
    from: ['approved', 'sending'],
    to: 'written',
    by: 'machine',
    evidence: 'the file in the folder read back equal, with its call sheet',
  },
  offer: {
    from: ['approved', 'expired'],
    to: 'offered',
    by: 'machine',
    evidence:
      'the sealed file is whole here, and in the box of the recipient from now on; after an offer that ended, by an officer',
  },
  'read-part': {
    from: ['offered', 'partly-read'],
    to: 'partly-read',
    by: 'machine',
    evidence: 'the holder of a pinned key opened the file; recorded before its first byte leaves',
  },
  'read-whole': {
    from: ['offered', 'partly-read'],
    to: 'read',
    by: 'machine',
    evidence:
      'every byte was sent to holders of pinned keys, or they showed that they have it; they closed the file after the last',
  },
  prove: {
    from: ['presumed'],
    to: 'stored',
    by: 'machine',
    evidence: 'an answer that says something of its content, signed by the pinned certificate',
  },
  'prove-read': {
    from: ['offered', 'partly-read', 'expired'],
    to: 'read',
    by: 'machine',
    evidence: 'the same, of what its recipient had opened',
  },
  take: {
    from: ['read'],
    to: 'taken',
    by: 'machine',
    evidence: 'the holder of a pinned key moved the file out of the box',
  },
  fail: {
    from: ['sending', 'publishing'],
    to: 'failed',
    by: 'machine',
    evidence:
      'a fault before anything was published, or a refused rename with the temporary file still there',
  },
  expire: {
    from: ['approved', 'sending', 'offered', 'partly-read'],
    to: 'expired',
    by: 'machine',
    evidence:
      'the recipient certificate or our signing key is no longer good before it was opened, or the offer ended',
  },
  'resolve stored': {
    from: ['presumed', 'conflict'],
    to: 'stored',
    by: 'officer',
    evidence: 'what the recipient said, recorded as a word of a person',
  },
  'resolve not-stored': {
    from: ['presumed', 'conflict'],
    to: 'failed',
    by: 'officer',
    evidence: 'what the recipient said, recorded as a word of a person',
  },
  'resolve received': {
    from: ['partly-read'],
    to: 'read',
    by: 'officer',
    evidence: 'what the recipient said, recorded as a word of a person',
  },
  'resolve withdrawn': {
    from: ['presumed', 'conflict', 'partly-read', 'offered'],
    to: 'cancelled',
    by: 'officer',
    evidence: 'the decision not to send, with its reason',
  },
  retry: {
    from: ['failed'],
    to: 'approved',
    by: 'officer',
    evidence: 'the command; same batch, same bytes, same name',
  },
  repeat: {
    from: ['failed'],
    to: 'approved',
    by: 'machine',
    evidence:
      'a fault that may pass by itself, at most five times, where the policy allows it and no later list was made',
  },
} as const satisfies Record<string, DeliveryTransition>;

export type DeliveryEventName = keyof typeof deliveryTransitions;

/**
 * The state after an event.
 *
 * Throws DeliveryStateFault `state-forbids` with the state and the event when the table has no such row.
 */
export function advance(state: DeliveryState, event: DeliveryEvent): DeliveryState {
  const name: DeliveryEventName =
    event.event === 'resolve' ? `resolve ${event.outcome}` : event.event;
  const transition: DeliveryTransition = deliveryTransitions[name];
  if (!transition.from.includes(state)) {
    throw new DeliveryStateFault('state-forbids', { state, event: name });
  }
  return transition.to;
}

/** Whether the event may happen in this state: what `advance` would not refuse. */
export function mayAdvance(state: DeliveryState, name: DeliveryEventName): boolean {
  const transition: DeliveryTransition = deliveryTransitions[name];
  return transition.from.includes(state);
}
