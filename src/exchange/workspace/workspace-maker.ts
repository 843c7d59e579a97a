/** What `init` asks for. */
export interface NewWorkspaceRequest {
  readonly directory: string;
  readonly mode: 'drill' | 'live';
  readonly organisation: string;
  readonly openpgp: 'rsa4096' | 'ed25519';
  readonly sftp: 'ed25519' | 'rsa-3072';
  readonly anchor: string | undefined;
  readonly language: 'ja' | 'en';
  readonly timeZone: string;
  readonly contact: string | undefined;
}

/** What `init` made: the public halves that partners will ask for. */
export interface MadeWorkspace {
  readonly id: string;
  readonly directory: string;
  readonly mode: 'drill' | 'live';
  readonly openpgpFingerprint: string;
  readonly sftpFingerprint: string;
  readonly vkey: string;
}
