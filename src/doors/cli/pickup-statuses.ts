import type { ArrivalsCode } from '../../domain/arrivals/errors.ts';
import type { PickupCode } from '../../exchange/pickup/errors.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';

const { configuration, inputRefused, notPermitted, sourceMissing, tryLater, usage } = exitStatus;

/** Exit statuses of `serve`, of what recipients fetch files with, and of sources that were brought. */
export const pickupStatuses = {
  'brought-source-absent': sourceMissing,
  'brought-source-changed': inputRefused,
  'brought-source-of-other': notPermitted,
  'pickup-key-malformed': usage,
  'pickup-not-configured': configuration,
  'pickup-not-listening': configuration,
  'pickup-server-died': tryLater,
  'pickup-host-key-missing': configuration,
  'serve-running': tryLater,
} as const satisfies Readonly<
  Record<ArrivalsCode | PickupCode | 'pickup-key-malformed', ExitStatus>
>;
