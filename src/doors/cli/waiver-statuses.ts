import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';
import type { FaultCode } from './fault-codes.ts';

const { configuration, inputRefused, notPermitted } = exitStatus;

/** The rows of `exitStatuses` about waivers of the reissue fee. */
export const waiverStatuses = {
  'exceptions-malformed': inputRefused,
  'exceptions-unplaced': inputRefused,
  'letter-template': configuration,
  'letter-without-cards': notPermitted,
} as const satisfies Partial<Record<FaultCode, ExitStatus>>;
