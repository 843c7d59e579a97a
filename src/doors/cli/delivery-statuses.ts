import type { DeliveryCode } from '../../exchange/delivery/delivery-errors.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';

const {
  configuration,
  inputOutput,
  internal,
  interrupted,
  notPermitted,
  peerUnavailable,
  protocol,
  targetTaken,
  tryLater,
} = exitStatus;

/** The exit status of every fault of a delivery. */
export const deliveryStatuses: Readonly<Record<DeliveryCode, ExitStatus>> = {
  'host-key-missing': configuration,
  'host-key-changed': protocol,
  'algorithms-refused': protocol,
  'protocol-fault': protocol,
  'peer-unavailable': peerUnavailable,
  'authentication-refused': notPermitted,
  'credential-unusable': configuration,
  'sftp-refused': peerUnavailable,
  'remote-directory-missing': peerUnavailable,
  'remote-read-only': peerUnavailable,
  'remote-unsupported': protocol,
  'remote-full': tryLater,
  'remote-failure': peerUnavailable,
  'remote-content-differs': protocol,
  'temporary-taken': tryLater,
  'target-taken': targetTaken,
  'remote-incomplete': targetTaken,
  'sequence-waits': tryLater,
  'sequence-exhausted': configuration,
  'name-used': configuration,
  'connection-lost': peerUnavailable,
  'deadline-passed': peerUnavailable,
  'outcome-unknown': tryLater,
  'sealed-file-differs': inputOutput,
  'sealed-file-unreadable': inputOutput,
  'certificate-no-longer-good': tryLater,
  'signing-key-no-longer-good': tryLater,
  'offer-ended': tryLater,
  'batch-busy': tryLater,
  'fence-stale': tryLater,
  'delivery-interrupted': interrupted,
  'delivery-broke': internal,
  'folder-missing': inputOutput,
  'recipient-untested': notPermitted,
  'folder-unwritable': inputOutput,
};
