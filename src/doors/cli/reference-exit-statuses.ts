import type { ResponsesCode } from '../../domain/responses/errors.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';

const { configuration, inputRefused, notPermitted, tryLater, usage } = exitStatus;

type ReferenceCode = ResponsesCode | 'kinds-mixed' | 'profile-subject' | 'references-by-merchant';

/** Exit statuses of the faults about references and the answers to them. */
export const referenceExitStatuses: Readonly<Record<ReferenceCode, ExitStatus>> = {
  'profile-subject': configuration,
  'kinds-mixed': inputRefused,
  'references-by-merchant': configuration,
  'response-malformed': inputRefused,
  'response-too-large': inputRefused,
  'response-holds-card': inputRefused,
  'response-digits': inputRefused,
  'response-of-other': inputRefused,
  'response-count-differs': inputRefused,
  'response-contradicts': inputRefused,
  'response-code-unknown': inputRefused,
  'response-takes-back': inputRefused,
  'response-stale': inputRefused,
  'response-nonce-differs': inputRefused,
  'response-pair-differs': inputRefused,
  'response-number-repeated': inputRefused,
  'response-known': inputRefused,
  'response-complete': usage,
  'response-of-cards': usage,
  'response-of-recall': inputRefused,
  'response-over-signed': notPermitted,
  'response-overtaken': tryLater,
  'response-unsigned': notPermitted,
};
