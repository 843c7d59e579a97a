import type { PickupCode } from '../../exchange/pickup/errors.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';

const { configuration, tryLater, usage } = exitStatus;

/** Exit statuses of `serve`, and of what recipients fetch files with. */
export const pickupStatuses = {
  'pickup-key-malformed': usage,
  'pickup-not-configured': configuration,
  'pickup-not-listening': configuration,
  'pickup-server-died': tryLater,
  'pickup-host-key-missing': configuration,
  'serve-running': tryLater,
} as const satisfies Readonly<Record<PickupCode | 'pickup-key-malformed', ExitStatus>>;
