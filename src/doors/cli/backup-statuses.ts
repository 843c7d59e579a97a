import { exitStatus } from './exit-status.ts';
import type { ExitStatus } from './exit-status.ts';
import type { FaultCode } from './fault-codes.ts';

const {
  checkFailed,
  configuration,
  inputOutput,
  inputRefused,
  internal,
  notPermitted,
  tryLater,
  usage,
} = exitStatus;

/** The rows of `exitStatuses` about the log and its anchor, removed sources, backups and what is restored from them. */
export const backupStatuses = {
  // The log
  'tree-range': internal,
  'log-unsigned': notPermitted,
  'entry-unproven': notPermitted,
  'log-altered': checkFailed,
  'log-entry-missing': checkFailed,
  'checkpoint-unusable': checkFailed,
  'tree-node-missing': inputOutput,
  'tree-hash-size': internal,
  'checkpoint-malformed': inputRefused,
  'proof-malformed': inputRefused,
  'note-malformed': inputRefused,
  'note-signature-bad': checkFailed,
  'note-signer-unknown': checkFailed,
  'verifier-key-malformed': inputRefused,
  'leaf-too-large': internal,
  'leaf-card-number': internal,
  'leaf-field-refused': internal,
  'leaf-malformed': inputOutput,
  'anchor-malformed': configuration,
  'anchor-other-log': configuration,
  'anchor-ahead': configuration,
  'anchor-missing': configuration,
  'anchor-recovered': configuration,
  'anchor-second-required': notPermitted,
  'anchor-second-same': notPermitted,
  'anchor-statement-old': notPermitted,
  'recovery-not-needed': notPermitted,
  'recovery-unknown-successor': notPermitted,
  'recovery-statement': notPermitted,
  'recovery-own-request': notPermitted,
  'anchor-forked': configuration,
  'json-not-encodable': internal,
  'json-not-canonical': inputOutput,

  // Removing sources
  'incident-unfinished': notPermitted,
  'incident-retained': notPermitted,
  'purge-second-required': notPermitted,
  'purge-statement-old': notPermitted,
  'incident-purged': notPermitted,
  'purge-source-unknown': notPermitted,
  'purge-undelivered': notPermitted,
  'source-linked': inputRefused,
  'source-changed': tryLater,

  // Backups
  'backup-not-one': inputRefused,
  'backup-altered': inputRefused,
  'backup-version': configuration,
  'backup-changed': tryLater,
  'backup-odd-file': configuration,
  'backup-inside-workspace': usage,
  'restored-behind': notPermitted,
  'restored-forked': notPermitted,
  'restored-unchecked': notPermitted,
} as const satisfies Partial<Record<FaultCode, ExitStatus>>;
