import type { DeliveryState } from '../../domain/handoff/delivery-states.ts';
import { exitStatus, worstStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';
import { exitStatuses, isFaultCode } from './exit-statuses.ts';

/** What decides the exit status of a delivery: how each batch stands and, unless it is there, why. */
export interface DeliveredBatch {
  readonly state: DeliveryState;
  readonly fault?: { readonly code: string } | undefined;
}

/** The status `handoff deliver` leaves with: that of its worst batch. Batches that were given up count as done. */
export function deliveryExitStatus(batches: readonly DeliveredBatch[]): ExitStatus {
  return worstStatus(batches.map(statusOf));
}

function statusOf({ state, fault }: DeliveredBatch): ExitStatus {
  switch (state) {
    case 'stored':
    case 'written':
    case 'offered':
    case 'partly-read':
    case 'read':
    case 'taken':
    case 'cancelled':
    case 'sent-elsewhere':
      return exitStatus.done;
    case 'presumed':
    case 'expired':
      return exitStatus.tryLater;
    case 'conflict':
      return exitStatus.targetTaken;
    case 'built':
    case 'claimed':
      return exitStatus.notPermitted;
    case 'failed': {
      // What failed because it was interrupted was so in an earlier run, not in this one.
      const status = faultedStatus(fault?.code, exitStatus.peerUnavailable);
      return status === exitStatus.interrupted ? exitStatus.peerUnavailable : status;
    }
    case 'approved':
    case 'sending':
      return faultedStatus(fault?.code, exitStatus.tryLater);
    case 'publishing': {
      // Its outcome is pending whatever kept us from looking, unless that needs a person.
      const status = faultedStatus(fault?.code, exitStatus.tryLater);
      return status === exitStatus.peerUnavailable ? exitStatus.tryLater : status;
    }
  }
}

function faultedStatus(code: string | undefined, otherwise: ExitStatus): ExitStatus {
  if (code === undefined) return otherwise;
  return isFaultCode(code) ? exitStatuses[code] : exitStatus.internal;
}
