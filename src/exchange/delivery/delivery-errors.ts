import { Fault } from '../../domain/fault.ts';
import type { Facts, Retry } from '../../domain/fault.ts';

/** Every way a delivery goes wrong. `later` is retried by the machine only while nothing can have been published. */
export const deliveryCodes = {
  'host-key-missing': 'after-operator',
  'host-key-changed': 'after-operator',
  'algorithms-refused': 'after-operator',
  'protocol-fault': 'later',
  'peer-unavailable': 'later',
  'authentication-refused': 'after-operator',
  'credential-unusable': 'after-operator',
  'sftp-refused': 'after-operator',
  'remote-directory-missing': 'after-operator',
  'remote-read-only': 'after-operator',
  'remote-unsupported': 'after-operator',
  'remote-full': 'later',
  'remote-failure': 'later',
  'remote-content-differs': 'later',
  'temporary-taken': 'later',
  'target-taken': 'after-operator',
  'remote-incomplete': 'after-operator',
  'connection-lost': 'later',
  'deadline-passed': 'later',
  'outcome-unknown': 'later',
  'sealed-file-differs': 'never',
  'sealed-file-unreadable': 'after-operator',
  'certificate-no-longer-good': 'never',
  'signing-key-no-longer-good': 'never',
  'offer-ended': 'after-operator',
  'batch-busy': 'later',
  'fence-stale': 'later',
  'delivery-interrupted': 'later',
  'delivery-broke': 'after-operator',
  'folder-missing': 'after-operator',
  'folder-unwritable': 'after-operator',
  'recipient-untested': 'after-operator',
  'sequence-waits': 'later',
  'sequence-exhausted': 'after-operator',
  'name-used': 'after-operator',
} as const satisfies Record<string, Retry>;

export type DeliveryCode = keyof typeof deliveryCodes;

/** A batch did not reach its recipient, or nobody can say yet whether it did. Facts name host, file, step and sizes. */
export class DeliveryFault extends Fault<DeliveryCode> {
  constructor(code: DeliveryCode, facts: Facts = {}, cause?: unknown) {
    super(code, deliveryCodes[code], facts, cause);
  }
}
