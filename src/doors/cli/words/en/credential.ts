/** Words of `credential create` and `credential revoke`. */
export const credentialWords = {
  made: (file: string) => `A credential of this workspace stands in ${file}.`,
  means:
    'Whoever has it and this workspace needs no passphrase. Give it to the service alone, and remove the file.',
  steps: {
    encrypt: 'seals it to this machine, as root',
    load: 'in the unit of the service: nothing else is needed',
    without: 'where there is no systemd',
    end: 'takes it back',
  },
  revoked: 'The credential is revoked: it opens this workspace no more.',
  revokedMeans:
    'Whoever kept it and an older copy of keys/ can still open that copy. A service that is running goes on until it stops.',
};

export type CredentialWords = typeof credentialWords;
