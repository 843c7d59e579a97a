import { Fault, type Facts, type Retry } from '../fault.ts';

/**
 * What can be wrong with the files of a workspace. Facts name the file, the key and the line, never a value: a
 * value may be a secret pasted into the wrong line.
 */
export const workspaceCodes = {
  /** `id`: a live workspace was given a key whose private half everybody has */
  'example-key': 'after-operator',
  /** `file`: a file named on the command line */
  'input-missing': 'after-operator',
  /** `file`, `reason` (an errno name) */
  'input-unreadable': 'after-operator',
  /** `file`, `bytesMax` */
  'input-too-large': 'after-operator',
  /** `option`, `expected`: an option that could not be understood; or `mistake`, `command`, `named`?, `meant`?, `choices`? */
  usage: 'never',
  /** the workspace directory holds no workspace */
  'workspace-missing': 'after-operator',
  /** `recorded`, `found` (modes): the settings claim another workspace than the one `init` made */
  'mode-changed': 'after-operator',
  /** `file` */
  'config-file-missing': 'after-operator',
  /** `file`, `reason` (an errno name such as EACCES) */
  'config-unreadable': 'after-operator',
  /** `file`, `limit` (bytes) */
  'config-too-large': 'after-operator',
  /** `file`, `line`, `column` */
  'config-syntax': 'after-operator',
  /** `file`, `key`, `line`?, `suggestion`? */
  'config-unknown-key': 'after-operator',
  /** `file`, `key`, `expected`, `found` (a kind of value), `line`? */
  'config-invalid': 'after-operator',
  /** `file`, `key`, `expected`, `line`? (of the table that lacks it) */
  'config-missing-key': 'after-operator',
  /** `file`, `id` */
  'config-id-repeated': 'after-operator',
  /** `file`, `id`: a sender's box would have the name of a recipient's */
  'config-box-taken': 'after-operator',
  /** `file`, `id`, `part` (recipients, officers, senders): somebody is to be added under an id that is taken */
  'config-id-taken': 'never',
  /** `file`, `first`, `second` (ids), `fingerprint` */
  'config-fingerprint-shared': 'after-operator',
  /** `file`, `id` */
  'config-id-unknown': 'after-operator',
  /** `file`: the file was edited by someone else between reading and writing */
  'config-changed-meanwhile': 'after-operator',
  /** `file`, `id`: the text we would write does not read back as what was meant */
  'config-write-refused': 'after-operator',
  /** `file`, `anchor` */
  'anchor-inside-workspace': 'after-operator',
  /** `file`, `mode` (octal) */
  'secret-readable-by-others': 'after-operator',
  /** `file`, `owner` (uid): neither ours nor root's */
  'secret-not-ours': 'after-operator',
  /** `file` */
  'secret-missing': 'after-operator',
  /** `file`, `reason` (an errno name, or `not-a-file`) */
  'secret-unreadable': 'after-operator',
  /** `file` */
  'secret-empty': 'after-operator',
  /** `file`, `limit` (bytes) */
  'secret-too-large': 'after-operator',
  /** a live workspace, on a machine where a crash may leave memory in a core file and no limit can be set */
  'core-dumps-possible': 'after-operator',
  /** `by`: a live workspace lies in a folder that a program copies elsewhere */
  'workspace-synced': 'after-operator',
  /** `command`: it asks questions, and nobody is there to answer */
  'terminal-needed': 'never',
  /** the person stopped while they were asked */
  'dialogue-interrupted': 'after-operator',
  /** `fingerprint`: of a certificate that signed something, and that no configuration has any more */
  'signer-certificate-lost': 'after-operator',
  /** `file`: its place in an auditor kit; the log names what was signed, and it is not here as it was signed */
  'signed-document-lost': 'after-operator',
  /** nobody is there to send to */
  'recipients-missing': 'after-operator',
  /** `file` */
  'disk-full': 'later',
  /** `file`, `reason` (an errno name) */
  'file-write-failed': 'after-operator',
  /** `file` */
  'file-exists': 'after-operator',
} as const satisfies Record<string, Retry>;

export type WorkspaceCode = keyof typeof workspaceCodes;

/** A workspace file is missing, unreadable, wrong or could not be written. */
export class WorkspaceFault extends Fault<WorkspaceCode> {
  constructor(code: WorkspaceCode, facts: Facts = {}, cause?: unknown) {
    super(code, workspaceCodes[code], facts, cause);
  }
}
