import { isFault } from '../../domain/fault.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { LogBook } from '../audit/log-book.ts';
import { isRefusalRecorded, recordRefusal } from './record-refusal.ts';
import type { WorkspaceFacts } from '../workspace/workspace-facts.ts';

/**
 * What says that somebody tried what they may not: an unknown or disabled officer, a role they do not have, a key or
 * signature that is not theirs, a passphrase or credential that opens nothing. A mistyped file or date is none of it, nor is the first
 * step of signing elsewhere: `command-unsigned`, with which a statement was written for the officer to sign.
 */
const invalidAttempts: ReadonlySet<string> = new Set([
  ...['officer-unknown', 'officer-disabled', 'role-missing'],
  ...['officer-key-required', 'officer-key-mismatch', 'passphrase-wrong'],
  'credential-wrong',
  ...['signature-malformed', 'signature-not-theirs', 'signature-wrong', 'signature-key-unusable'],
  ...['command-not-waiting', 'statement-used', 'statement-invalid'],
  ...['approver-is-requester', 'approver-is-proposer', 'recovery-own-request'],
  'anchor-second-same',
]);

/**
 * Records that a command was refused, where the command has not done so itself (PCI DSS v4.0.1 req. 10.2.1.4).
 * Throws nothing: whatever keeps the log from being written now does not hide why the command was refused.
 */
export async function noteRefusal(
  ports: {
    readonly log: Pick<LogBook, 'append'>;
    readonly origin: string;
    readonly configuration: Pick<Configuration, 'load'>;
    readonly facts: Pick<WorkspaceFacts, 'id'>;
  },
  attempt: {
    /** As it stood after --as; may be anything. */
    readonly officer: string | undefined;
    /** The words of the command. */
    readonly command: string;
  },
  error: unknown,
): Promise<void> {
  if (!isFault(error) || !invalidAttempts.has(error.code) || isRefusalRecorded(error)) return;
  try {
    const { officers } = await ports.configuration.load();
    const { officer, command } = attempt;
    const asked = command.replaceAll(' ', '-');
    const object = `workspace:${ports.facts.id}`;
    await recordRefusal(ports, { officer, officers, asked, object }, error);
  } catch {
    // The refusal is on its way out, and tells more than a disk that is full.
  }
}
