import type { RecallCode } from '../../domain/recalls/errors.ts';
import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';

const { configuration, inputRefused, notPermitted, usage } = exitStatus;

/** Exit statuses of recalls. */
export const recallStatuses: Readonly<Record<RecallCode, ExitStatus>> = {
  'recall-nothing': usage,
  'recall-untold': notPermitted,
  'recall-not-delivered': notPermitted,
  'recall-twice': notPermitted,
  'recall-other-incident': usage,
  'recall-not-possible': notPermitted,
  'recall-unreadable': configuration,
  'recall-unmarked': configuration,
  'recall-records-malformed': inputRefused,
  'recall-record-unknown': inputRefused,
  'recall-alone': notPermitted,
};
